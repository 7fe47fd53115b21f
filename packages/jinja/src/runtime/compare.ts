import { PyTypeError, UndefinedError } from '../errors.ts';
import { DictView, entriesOf, getKey, hasKey, keysOf, sizeOf } from './dict.ts';
import { isIterable } from './iterate.ts';
import { Range } from './range.ts';
import { isMapping, isMarkup, isNumber, isString, PyFloat, Tuple, typeName } from './values.ts';

/** Python's `==`: by value, and never an error. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'object' && a !== null) return isEqualObject(a, b);
  if (typeof b === 'object' && b !== null) return isEqualObject(b, a);
  // biome-ignore lint/suspicious/noDoubleEquals: a number equals a bigint of the same value
  return isNumber(a) && isNumber(b) && a == b;
}

function isEqualObject(a: object, b: unknown): boolean {
  if (isMarkup(a)) return isString(b) && a.val === b.toString();
  if (a instanceof PyFloat) return isNumber(b) && Number(a) === Number(b);
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a instanceof Tuple === b instanceof Tuple &&
      a.every((part, i) => isEqual(part, b[i]))
    );
  }
  if (a instanceof Range) return b instanceof Range && String(a) === String(b);
  if (a instanceof DictView) return b instanceof DictView && isEqual(a.toArray(), b.toArray());
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((part) => b.has(part));
  if (!isMapping(a) || !isMapping(b) || sizeOf(a) !== sizeOf(b)) return false;
  return entriesOf(a).every(([key, value]) => hasKey(b, key) && isEqual(value, getKey(b, key)));
}

/** Below zero, zero or above, as Python orders two values. @throws PyTypeError for values that have no order */
export function order(a: unknown, b: unknown, operator = '<'): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === undefined || b === undefined)
    throw new UndefinedError(`cannot compare undefined by '${operator}'`);
  if (isString(a) && isString(b)) return orderText(a.toString(), b.toString());
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) {
    const i = a.findIndex((part, at) => at < b.length && !isEqual(part, b[at]));
    return i === -1 ? a.length - b.length : order(a[i], b[i], operator);
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  throw new PyTypeError(
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** By code points: UTF-16 has some of them in another order. */
function orderText(a: string, b: string): number {
  if (a === b) return 0;
  const { length } = a.length < b.length ? a : b;
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const [isHighX, isHighY] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000];
    return isHighX === isHighY ? x - y : isHighX ? 1 : -1;
  }
  return a.length - b.length;
}

export const isLess = (a: unknown, b: unknown): boolean => order(a, b, '<') < 0;
export const isLessOrEqual = (a: unknown, b: unknown): boolean => order(a, b, '<=') <= 0;
export const isGreater = (a: unknown, b: unknown): boolean => order(a, b, '>') > 0;
export const isGreaterOrEqual = (a: unknown, b: unknown): boolean => order(a, b, '>=') >= 0;

/** Python's `in`. Nothing is in undefined. */
export function contains(part: unknown, whole: unknown): boolean {
  if (isString(whole)) {
    if (isString(part)) return whole.toString().includes(part.toString());
    throw new PyTypeError(`'in <string>' requires string as left operand, not ${typeName(part)}`);
  }
  if (Array.isArray(whole)) return whole.some((each) => isEqual(each, part));
  if (whole === undefined) return false;
  if (isMapping(whole)) return hasKey(whole, part);
  if (whole instanceof Range) return whole.includes(part);
  if (isIterable(whole)) return Array.from(whole).some((each) => isEqual(each, part));
  throw new PyTypeError(`argument of type '${typeName(whole)}' is not iterable`);
}

/** The keys of a mapping in an order that does not depend on when they came in, for `tojson` and `pprint`. */
export function sortedKeys(mapping: Parameters<typeof keysOf>[0]): unknown[] {
  return keysOf(mapping).toSorted((a, b) => order(a, b));
}
