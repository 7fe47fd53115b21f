import { PyValueError } from '../errors.ts';
import { sortedKeys } from '../runtime/compare.ts';
import { Dict, getKey } from '../runtime/dict.ts';
import { toRepr } from '../runtime/text.ts';
import { isMapping, Tuple } from '../runtime/values.ts';

const WIDTH = 80;
const MAX_DEPTH = 500;

/** Python's `pprint`: keys in order, and one item a line where a container is too long for one. */
export function prettyPrint(value: unknown, indent: number = 0, room: number = WIDTH): string {
  const line = toRepr(sorted(value));
  if (line.length <= room - indent) return line;
  if (isMapping(value)) {
    const parts = orderedKeys(value).map((key) => {
      const head = `${toRepr(key)}: `;
      return head + prettyPrint(getKey(value, key), indent + 1 + head.length, room - 1);
    });
    return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  if (!Array.isArray(value)) return line;
  const parts = value.map((part) => prettyPrint(part, indent + 1, room - 1));
  const text = parts.join(`,\n${' '.repeat(indent + 1)}`);
  return value instanceof Tuple ? `(${text}${value.length === 1 ? ',' : ''})` : `[${text}]`;
}

function sorted(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new PyValueError(`data is nested more than ${MAX_DEPTH} deep`);
  if (isMapping(value)) {
    return Dict.from(orderedKeys(value).map((key) => [key, sorted(getKey(value, key), depth + 1)] as const));
  }
  return Array.isArray(value) && !(value instanceof Tuple)
    ? value.map((part) => sorted(part, depth + 1))
    : value;
}

/** Keys of several types have no order, and stay as they are. */
function orderedKeys(value: Parameters<typeof sortedKeys>[0]): unknown[] {
  try {
    return sortedKeys(value);
  } catch {
    return [...(value instanceof Map ? value.keys() : Object.keys(value))];
  }
}
