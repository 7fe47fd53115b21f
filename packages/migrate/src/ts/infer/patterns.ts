import { plain, type Type } from '../types/type.ts';

/** The URL arguments of a pattern, with their types. */
export function urlArguments(pattern: string): Map<string, Type> {
  const found = new Map<string, Type>();
  for (const segment of pattern.split('/')) {
    const inner = /<(.+)>/.exec(segment)?.[1];
    if (inner === undefined) continue;
    const colon = inner.lastIndexOf(':');
    found.set(inner.slice(colon + 1), plain(inner.startsWith('int:') ? 'int' : 'str'));
  }
  return found;
}
