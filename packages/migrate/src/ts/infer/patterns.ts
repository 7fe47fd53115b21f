import { plain, type Type } from '../types/type.ts';

/** `<int:id>`, `<re:[^/]+:name>`: the type with its colon, and the name. */
export const URL_ARGUMENT: RegExp = /<([^<>]*?:)?(\w+)>/g;

/** The URL arguments of a pattern, with their types. */
export function urlArguments(pattern: string): Map<string, Type> {
  const found = new Map<string, Type>();
  for (const [, type, name = ''] of pattern.matchAll(URL_ARGUMENT)) {
    found.set(name, plain(type === 'int:' ? 'int' : 'str'));
  }
  return found;
}
