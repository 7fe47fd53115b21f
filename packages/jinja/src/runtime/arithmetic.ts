import { PyArithmeticError, PyTypeError, PyValueError, UndefinedError } from '../errors.ts';
import { formatPercent } from './percentFormat.ts';
import { like, toMarkup, toText } from './text.ts';
import {
  isInteger,
  isMarkup,
  isNumber,
  isString,
  markup,
  Tuple,
  toFloat,
  tuple,
  typeName,
} from './values.ts';

/** Python's `+`: numbers, text with text, lists with lists. Markup escapes what it is added to. */
export function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return Number.isInteger(a) ? sum : toFloat(sum);
  }
  if (isString(a) && isString(b)) {
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    return markup(toMarkup(a).val + toMarkup(b).val);
  }
  if (isNumber(a) && isNumber(b))
    return numeric(
      a,
      b,
      (x, y) => x + y,
      (x, y) => x + y,
    );
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) {
    return a instanceof Tuple ? tuple([...a, ...b]) : [...a, ...b];
  }
  if (isString(a)) {
    checkDefined(a, b);
    throw new PyTypeError(`can only concatenate str (not "${typeName(b)}") to str`);
  }
  throw unsupported('+', a, b);
}

export function subtract(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b))
    return numeric(
      a,
      b,
      (x, y) => x - y,
      (x, y) => x - y,
    );
  if (a instanceof Set && b instanceof Set) return new Set([...a].filter((part) => !b.has(part)));
  throw unsupported('-', a, b);
}

export function multiply(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b))
    return numeric(
      a,
      b,
      (x, y) => x * y,
      (x, y) => x * y,
    );
  if (isInteger(b) && (isString(a) || Array.isArray(a))) return repeat(a, Number(b));
  if (isInteger(a) && (isString(b) || Array.isArray(b))) return repeat(b, Number(a));
  if (isString(a) || isString(b) || Array.isArray(a)) {
    checkDefined(a, b);
    throw new PyTypeError(`can't multiply sequence by non-int of type '${typeName(isString(a) ? b : a)}'`);
  }
  throw unsupported('*', a, b);
}

function repeat(what: string | { toString(): string } | unknown[], count: number): unknown {
  const times = Math.max(0, count);
  if (!Array.isArray(what)) {
    if (what.toString().length * times > MAX_STRING) {
      throw new PyArithmeticError(
        'OVERFLOW',
        `a string of ${what.toString().length * times} characters is too long`,
      );
    }
    return like(what, what.toString().repeat(times));
  }
  if (what.length * times > MAX_LIST) {
    throw new PyArithmeticError('OVERFLOW', `a list of ${what.length * times} items is too long`);
  }
  const list = Array.from({ length: times }, () => what).flat(1);
  return what instanceof Tuple ? tuple(list) : list;
}

/** What one operator may make. Beyond it the process would run out of memory, which nothing can catch. */
const MAX_STRING = 2 ** 28;
const MAX_LIST = 2 ** 24;

/** Python's `/`, which gives a float always. */
export function divide(a: unknown, b: unknown): unknown {
  const [x, y] = numbers('/', a, b);
  if (Number(y) === 0) throw zeroDivision(a, b, 'division by zero', 'float division by zero');
  const isExact = isInteger(x) && isInteger(y) && (typeof x === 'bigint' || typeof y === 'bigint');
  return toFloat(isExact ? quotient(BigInt(x), BigInt(y)) : Number(x) / Number(y));
}

/** The float that is nearest to the quotient of two integers, which need not be near to floats themselves. */
function quotient(a: bigint, b: bigint): number {
  const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  // Some more bits than a float has, of which the last tells that there are others.
  const shift = Math.max(0, 66 + y.toString(2).length - x.toString(2).length);
  const scaled = (x << BigInt(shift)) / y;
  const bits = (x << BigInt(shift)) % y === 0n ? scaled : scaled | 1n;
  const half = Math.floor(shift / 2);
  const size = (Number(bits) / 2 ** half) * 2 ** -(shift - half);
  if (!Number.isFinite(size)) {
    throw new PyArithmeticError('OVERFLOW', 'integer division result too large for a float');
  }
  return a < 0n === b < 0n ? size : -size;
}

export function floorDivide(a: unknown, b: unknown): unknown {
  const [x, y] = numbers('//', a, b);
  if (Number(y) === 0)
    throw zeroDivision(a, b, 'integer division or modulo by zero', 'float floor division by zero');
  return numeric(
    x,
    y,
    (m, n) => Math.floor(m / n),
    (m, n) => (m - (((m % n) + n) % n)) / n,
  );
}

/** Python's `%`: the remainder with the sign of the divisor; and the formatting of text. */
export function modulo(a: unknown, b: unknown): unknown {
  if (isString(a)) return formatPercent(a, b);
  const [x, y] = numbers('%', a, b);
  if (Number(y) === 0) throw zeroDivision(a, b, 'integer modulo by zero', 'float modulo');
  return numeric(x, y, remainder, (m, n) => ((m % n) + n) % n);
}

/** In one step where the signs agree already: adding the divisor would round. */
function remainder(m: number, n: number): number {
  const rest = m % n;
  return rest !== 0 && rest < 0 !== n < 0 ? rest + n : rest;
}

export function power(a: unknown, b: unknown): unknown {
  const [x, y] = numbers('** or pow()', a, b);
  if (Number(x) === 0 && Number(y) < 0) {
    throw new PyArithmeticError('ZERO_DIVISION', '0.0 cannot be raised to a negative power');
  }
  if (isInteger(x) && isInteger(y) && Number(y) < 0) return toFloat(Number(x) ** Number(y));
  const isLarge = Math.abs(Number(x)) > 1 && Number(y) * Math.log2(Math.abs(Number(x)) + 1) > 2 ** 16;
  if (isInteger(x) && isInteger(y) && isLarge) {
    throw new PyArithmeticError('OVERFLOW', `${x} ** ${y} is too large`);
  }
  const result = numeric(
    x,
    y,
    (m, n) => m ** n,
    (m, n) => m ** n,
  );
  if (typeof result === 'number' && Number.isNaN(result))
    throw new PyValueError('complex numbers are not supported');
  return result;
}

export function negate(value: unknown): unknown {
  const [x] = numbers('unary -', value, 0);
  if (typeof x === 'bigint') return -x;
  return isInteger(x) ? 0 - Number(x) : toFloat(-Number(x));
}

export function positive(value: unknown): unknown {
  numbers('unary +', value, 0);
  return typeof value === 'boolean' ? Number(value) : value;
}

type Numeric = number | bigint | boolean | { valueOf(): unknown };

/** Integers stay integers, and exact: beyond what a number can count to, they are computed again as bigints. */
function numeric(
  a: Numeric,
  b: Numeric,
  onNumbers: (a: number, b: number) => number,
  onIntegers: (a: bigint, b: bigint) => bigint,
): unknown {
  if (!isInteger(a) || !isInteger(b)) return toFloat(onNumbers(Number(a), Number(b)));
  if (typeof a !== 'bigint' && typeof b !== 'bigint') {
    const result = onNumbers(Number(a), Number(b));
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
    if (!Number.isSafeInteger(Number(a)) || !Number.isSafeInteger(Number(b))) return result;
  }
  const exact = onIntegers(BigInt(a), BigInt(b));
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}

function numbers(operator: string, a: unknown, b: unknown): [Numeric, Numeric] {
  if (isNumber(a) && isNumber(b)) return [a, b];
  throw unsupported(operator, a, b);
}

function zeroDivision(a: unknown, b: unknown, whole: string, float: string): PyArithmeticError {
  return new PyArithmeticError('ZERO_DIVISION', isInteger(a) && isInteger(b) ? whole : float);
}

function unsupported(operator: string, a: unknown, b: unknown): Error {
  checkDefined(a, b);
  if (operator.startsWith('unary')) {
    return new PyTypeError(`bad operand type for ${operator}: '${typeName(a)}'`);
  }
  if (operator === '+' && Array.isArray(a)) {
    return new PyTypeError(`can only concatenate ${typeName(a)} (not "${typeName(b)}") to ${typeName(a)}`);
  }
  return new PyTypeError(
    `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function checkDefined(a: unknown, b: unknown): void {
  if (a === undefined || b === undefined) throw new UndefinedError('an operand is undefined');
}

/** Jinja's `~`. Where anything is markup, all is, and the rest is escaped. */
export function concat(a: unknown, b: unknown): unknown {
  return isMarkup(a) || isMarkup(b) ? markup(toMarkup(a).val + toMarkup(b).val) : concatText(a, b);
}

/** `~` where nothing is escaped. */
export function concatText(a: unknown, b: unknown): string {
  return toText(a) + toText(b);
}
