import { PythonError } from '../errors.ts';
import { escapeHtml, SafeString } from '../safe.ts';
import { toList } from './iterate.ts';
import { isFloat, isInt, numberOf, toFloat, toInt } from './numbers.ts';
import { percent } from './percent.ts';
import { textOf } from './text.ts';
import { entriesOf, isDict, type PyFloat, Tuple, typeName } from './values.ts';

/** `+`, of numbers, texts, lists and tuples. */
export function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  const sum = arithmetic(a, b, (x, y) => x + y);
  if (sum !== undefined) return sum;
  if (textOf(a) !== undefined && textOf(b) !== undefined) {
    // At least one of them is safe, and so is the sum: the other is made so.
    const [left, right] = [a, b].map((part) => (typeof part === 'string' ? escapeHtml(part) : String(part)));
    return new SafeString(`${left}${right}`);
  }
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (a instanceof Tuple && b instanceof Tuple) return new Tuple([...a.items, ...b.items]);
  if (textOf(a) !== undefined) {
    throw new PythonError('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
  }
  throw unsupported('+', a, b);
}

/** `-`, of numbers and sets. */
export function sub(a: unknown, b: unknown): unknown {
  const difference = arithmetic(a, b, (x, y) => x - y);
  if (difference !== undefined) return difference;
  if (a instanceof Set && b instanceof Set) return new Set([...a].filter((item) => !b.has(item)));
  throw unsupported('-', a, b);
}

/** `*`, of numbers, and of a text or a list and an int. */
export function mul(a: unknown, b: unknown): unknown {
  const product = arithmetic(a, b, (x, y) => x * y);
  if (product !== undefined) return product;
  if (isInt(a)) return repeat(b, a);
  if (isInt(b)) return repeat(a, b);
  throw unsupported('*', a, b);
}

/** Beyond this a text or a list that is repeated is a mistake, or worse: it is memory for the asking. */
const MAX_LENGTH = 10_000_000;

function repeat(what: unknown, times: unknown): unknown {
  const count = Math.max(0, numberOf(times) as number);
  const { length = 0 } = what instanceof Tuple ? what.items : Object(textOf(what) ?? what);
  if (length * count > MAX_LENGTH) throw new PythonError('OverflowError', `more than ${MAX_LENGTH} at once`);
  const text = textOf(what);
  if (text !== undefined)
    return typeof what === 'string' ? text.repeat(count) : new SafeString(text.repeat(count));
  if (Array.isArray(what)) return repeated(what, count);
  if (what instanceof Tuple) return new Tuple(repeated(what.items, count));
  throw unsupported('*', what, times);
}

function repeated(items: readonly unknown[], count: number): unknown[] {
  return Array.from({ length: items.length * count }, (_, i) => items[i % items.length]);
}

/** `/`: always a float. */
export function div(a: unknown, b: unknown): number | PyFloat {
  const [x, y] = numbers('/', a, b);
  if (y === 0) throw new PythonError('ZeroDivisionError', 'division by zero');
  return toFloat(x / y);
}

/** `//`: down to the next whole number, also below 0. */
export function floordiv(a: unknown, b: unknown): unknown {
  const [x, y] = numbers('//', a, b);
  if (y === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  return result(a, b, Math.floor(x / y));
}

/** `%`: the rest has the sign of the divisor; of a text, its formatting. */
export function mod(a: unknown, b: unknown): unknown {
  const text = textOf(a);
  if (text !== undefined)
    return typeof a === 'string' ? percent(text, b) : new SafeString(percent(text, b, escapeHtml));
  const [x, y] = numbers('%', a, b);
  if (y === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  const rest = x % y;
  return result(a, b, rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest);
}

/** `**`: a float where the exponent is below 0. */
export function pow(a: unknown, b: unknown): unknown {
  const [x, y] = numbers('**', a, b);
  if (x === 0 && y < 0) {
    throw new PythonError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  }
  return y < 0 ? toFloat(x ** y) : result(a, b, x ** y);
}

export function neg(a: unknown): unknown {
  return mul(isFloat(a) || isInt(a) ? a : bad('-', a), -1);
}

export function pos(a: unknown): unknown {
  return add(0, isFloat(a) || isInt(a) ? a : bad('+', a));
}

export function invert(a: unknown): unknown {
  return isInt(a) ? toInt(-(numberOf(a) as number) - 1) : bad('~', a);
}

function bad(operator: string, a: unknown): never {
  throw new PythonError('TypeError', `bad operand type for unary ${operator}: '${typeName(a)}'`);
}

/** `&`, `|`, `^`, `<<`, `>>`, of ints; the first three of sets, and `|` of dicts. */
export function bits(operator: string, a: unknown, b: unknown): unknown {
  if (isInt(a) && isInt(b))
    return bitsOfInts(operator, BigInt(numberOf(a) as number), BigInt(numberOf(b) as number));
  if (a instanceof Set && b instanceof Set) {
    if (operator === '|') return new Set([...a, ...b]);
    if (operator === '&') return new Set([...a].filter((item) => b.has(item)));
    if (operator === '^') return new Set([...a, ...b].filter((item) => a.has(item) !== b.has(item)));
  }
  if (operator === '|' && isDict(a) && isDict(b)) return new Map([...entriesOf(a), ...entriesOf(b)]);
  throw unsupported(operator, a, b);
}

function bitsOfInts(operator: string, x: bigint, y: bigint): number {
  switch (operator) {
    case '&':
      return toInt(Number(x & y));
    case '|':
      return toInt(Number(x | y));
    case '^':
      return toInt(Number(x ^ y));
  }
  if (y < 0n) throw new PythonError('ValueError', 'negative shift count');
  // More than a number can hold, whatever is shifted; and BigInt would take all the memory that there is.
  const by = y > 64n ? 64n : y;
  return toInt(Number(operator === '<<' ? x << by : x >> by));
}

/** `d['k'] = value`, with the operator of `+=` and its kin done before. */
export function setItem(object: unknown, key: unknown, value: unknown): void {
  if (Array.isArray(object) && isInt(key)) {
    const at = numberOf(key) as number;
    const i = at < 0 ? at + object.length : at;
    if (i < 0 || i >= object.length)
      throw new PythonError('IndexError', 'list assignment index out of range');
    object[i] = value;
  } else if (object instanceof Map) object.set(key, value);
  else if (isDict(object)) defineEntry(object as Record<string, unknown>, key, value);
  else throw new PythonError('TypeError', `'${typeName(object)}' object does not support item assignment`);
}

/** As an own property, so that `__proto__` is a name like any other. */
export function defineEntry(object: Record<string, unknown>, key: unknown, value: unknown): void {
  Object.defineProperty(object, String(key), { value, writable: true, enumerable: true, configurable: true });
}

/** `a += b`, which changes a list that others may know. */
export function addInPlace(a: unknown, b: unknown): unknown {
  if (!Array.isArray(a)) return add(a, b);
  for (const item of toList(b)) a.push(item);
  return a;
}

/** What `+`, `-` and `*` have in common; `undefined` where one of them is no number. */
function arithmetic(a: unknown, b: unknown, operate: (x: number, y: number) => number): unknown {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === undefined || y === undefined) return undefined;
  return result(a, b, operate(x, y));
}

/** A float where one of the operands is. */
function result(a: unknown, b: unknown, value: number): unknown {
  return isFloat(a) || isFloat(b) ? toFloat(value) : toInt(value);
}

function numbers(operator: string, a: unknown, b: unknown): [number, number] {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === undefined || y === undefined) throw unsupported(operator, a, b);
  return [x, y];
}

function unsupported(operator: string, a: unknown, b: unknown): PythonError {
  return new PythonError(
    'TypeError',
    `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}
