import { entries, isPlain } from './items.ts';
import type { Untyped } from './untyped.ts';

/** What Python's `json.dumps()` writes, to the letter: for what is read as text, signed or measured. */
export function dumps(
  value: Untyped,
  {
    indent,
    sortKeys = false,
    ensureAscii = true,
    separators,
  }: { indent?: number; sortKeys?: boolean; ensureAscii?: boolean; separators?: readonly string[] } = {},
): string {
  const [comma = ', ', colon = ': '] = separators ?? [indent === undefined ? ', ' : ',', ': '];
  const quoted = (text: string) =>
    ensureAscii
      ? JSON.stringify(text).replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
      : JSON.stringify(text);
  const around = (open: string, items: string[], close: string, depth: number): string => {
    if (indent === undefined || items.length === 0) return open + items.join(comma) + close;
    const line = (level: number) => `\n${' '.repeat(indent * level)}`;
    return open + line(depth + 1) + items.join(comma + line(depth + 1)) + line(depth) + close;
  };
  const write = (item: Untyped, depth: number): string => {
    if (item === null || item === undefined) return 'null';
    if (typeof item === 'string') return quoted(item);
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
    if (Array.isArray(item))
      return around(
        '[',
        item.map((each) => write(each, depth + 1)),
        ']',
        depth,
      );
    if (item instanceof Map || isPlain(item)) {
      const pairs = entries(item).map(([key, each]) => [String(key), each] as const);
      if (sortKeys) pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      const items = pairs.map(([key, each]) => quoted(key) + colon + write(each, depth + 1));
      return around('{', items, '}', depth);
    }
    return typeof item.toJSON === 'function' ? write(item.toJSON(), depth) : JSON.stringify(item);
  };
  return write(value, 0);
}
