import { ValueError, ZeroDivisionError } from './errors.ts';
import { equal, isPlain, iterate } from './items.ts';
import type { Untyped } from './untyped.ts';

/** Python's `//`: rounds towards minus infinity. */
export function floorDiv(left: number, right: number): number {
  if (right === 0) throw new ZeroDivisionError('integer division or modulo by zero');
  return Math.floor(left / right);
}

/** Python's `/`, which does not divide by zero. */
export function divide(left: number, right: number): number {
  if (right === 0) throw new ZeroDivisionError('division by zero');
  return left / right;
}

/** Python's `%` of numbers: has the sign of the divisor. */
export function mod(left: number, right: number): number {
  if (right === 0) throw new ZeroDivisionError('integer modulo by zero');
  return ((left % right) + right) % right;
}

/** Python's `divmod()`. */
export function divmod(left: number, right: number): [quotient: number, remainder: number] {
  return [floorDiv(left, right), mod(left, right)];
}

/** Python's `int()`: whole numbers alone, or it throws. */
export function int(value: unknown, base = 10): number {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
  if (typeof value === 'boolean') return Number(value);
  const text = (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value))
    .trim()
    .toLowerCase()
    .replace(/(?<=\w)_(?=\w)/g, '');
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
  const plain = text.replace(
    base === 16 ? /^([+-]?)0x/ : base === 2 ? /^([+-]?)0b/ : base === 8 ? /^([+-]?)0o/ : /^([+-]?)/,
    '$1',
  );
  if (typeof value === 'number' || value == null || !new RegExp(`^[+-]?[${digits}]+$`).test(plain)) {
    throw new ValueError(`invalid literal for int() with base ${base}: '${value}'`);
  }
  return Number.parseInt(plain, base) || 0;
}

/** Python's `float()`. */
export function float(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const text = (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value))
    .trim()
    .toLowerCase();
  if (/^[+-]?(\d+(_\d+)*\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return Number(text.replaceAll('_', ''));
  const special = /^([+-]?)(inf(?:inity)?|nan)$/.exec(text);
  if (!special) throw new ValueError(`could not convert string to float: '${value}'`);
  return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
}

/** Python's `round()`: halves go to the even neighbour. */
export function round(value: number, digits = 0): number {
  if (digits > 0) return Number(fixed(value, digits));
  const scale = 10 ** -digits;
  const scaled = value / scale;
  const rounded = Math.round(scaled);
  return (Math.abs(scaled % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded) * scale || 0;
}

/** Python's `'%.1f'`: unlike `toFixed`, a half goes to the even digit. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  // A tie is exact in binary, and so has few digits: more of them tell it from its neighbours.
  const exact = Math.abs(value) < 1e21 ? value.toFixed(Math.min(digits + 30, 100)) : `${BigInt(value)}.`;
  const point = exact.indexOf('.') + 1;
  if (!/^50*$/.test(exact.slice(point + digits))) return value.toFixed(digits);
  const kept = exact.slice(0, point + digits).replace(/\.$/, '');
  return /[02468]$/.test(kept) ? kept : value.toFixed(digits);
}

/** Python's `range()`. */
export function range(start: number, stop?: number, step = 1): number[] {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  return Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, i) => first + i * step);
}

/** Python's `sum()`. */
export function sum(items: Iterable<number | boolean>, start = 0): number {
  let total = start;
  for (const item of items) total += Number(item);
  return total;
}

/** Python's order: by value, lists item by item. */
export function compare(left: Untyped, right: Untyped): number {
  if (Array.isArray(left) && Array.isArray(right)) {
    const i = left.findIndex((item, at) => at >= right.length || !equal(item, right[at]));
    return i < 0 || i >= right.length ? left.length - right.length : compare(left[i], right[i]);
  }
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left?.isLess === 'function') return left.isLess(right) ? -1 : right.isLess(left) ? 1 : 0;
  if (left == null || right == null || isPlain(left) || isPlain(right))
    throw new TypeError('these have no order');
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Python's `sorted()`. */
export function sorted<T>(items: Iterable<T>, key?: ((item: T) => unknown) | null, reverse?: boolean): T[];
export function sorted(
  items: Untyped,
  key?: ((item: Untyped) => unknown) | null,
  reverse?: boolean,
): Untyped[];
export function sorted(
  items: Untyped,
  key?: ((item: Untyped) => unknown) | null,
  reverse = false,
): Untyped[] {
  const keyed = iterate(items).map((item) => [key ? key(item) : item, item]);
  keyed.sort(([a], [b]) => (reverse ? compare(b, a) : compare(a, b)));
  return keyed.map(([, item]) => item);
}

/** Python's `list.sort()`, which sorts the list itself. */
export function sort<T>(list: T[], key?: ((item: T) => unknown) | null, reverse = false): void {
  for (const [i, item] of sorted(list, key, reverse).entries()) list[i] = item;
}

/** Python's `min()` of the items of something. */
export function min<T>(items: Iterable<T>, key?: (item: T) => unknown, fallback?: T): T {
  return extreme(items, -1, key, fallback);
}

/** Python's `max()` of the items of something. */
export function max<T>(items: Iterable<T>, key?: (item: T) => unknown, fallback?: T): T {
  return extreme(items, 1, key, fallback);
}

function extreme<T>(
  items: Iterable<T>,
  sign: number,
  key: ((item: T) => unknown) | undefined,
  fallback: T | undefined,
): T {
  let best: [key: unknown, item: T] | undefined;
  for (const item of items) {
    const value = key ? key(item) : item;
    if (!best || compare(value, best[0]) * sign > 0) best = [value, item];
  }
  if (best) return best[1];
  if (fallback === undefined) throw new ValueError('arg is an empty sequence');
  return fallback;
}

/** By code point, where JavaScript goes by UTF-16 unit. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [Array.from(left), Array.from(right)];
  const i = a.findIndex((character, at) => character !== b[at]);
  if (i < 0) return -1;
  return i >= b.length || codeOf(a[i]) > codeOf(b[i]) ? 1 : -1;
}

function codeOf(character = ''): number {
  return character.codePointAt(0) ?? 0;
}

/** Python's `zip()`. */
export function zip<A, B>(a: Iterable<A>, b: Iterable<B>): [A, B][];
export function zip<A, B, C>(a: Iterable<A>, b: Iterable<B>, c: Iterable<C>): [A, B, C][];
export function zip(...lists: Iterable<Untyped>[]): Untyped[][];
export function zip(...lists: Iterable<Untyped>[]): Untyped[][] {
  const [first = [], ...rest] = lists.map((list) => [...list]);
  const length = Math.min(first.length, ...rest.map((list) => list.length));
  return first.slice(0, length).map((item, i) => [item, ...rest.map((list) => list[i])]);
}

/** Python's `math.gcd()`. */
export function gcd(left: number, right: number): number {
  return right === 0 ? Math.abs(left) : gcd(right, left % right);
}

/** Python's `random.gauss()`. */
export function gauss(mean = 0, deviation = 1): number {
  return (
    mean + deviation * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  );
}

/** Python's `int.from_bytes()`. */
export function fromBytes(bytes: Iterable<number>, order = 'big'): number {
  const list = [...bytes];
  if (order === 'little') list.reverse();
  return list.reduce((number, byte) => number * 256 + byte, 0);
}

/** Python's `int.to_bytes()`. */
export function toBytes(number: number, length = 1, order = 'big'): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => Math.floor(number / 256 ** (length - 1 - i)) % 256);
  return order === 'little' ? bytes.reverse() : bytes;
}

/** Python's `separator.join()` of bytes. */
export function joinBytes(separator: Uint8Array, parts: Iterable<Uint8Array>): Uint8Array {
  return Buffer.concat([...parts].flatMap((part, i) => (i === 0 ? [part] : [separator, part])));
}
