import {
  FilterArgumentError,
  PyArithmeticError,
  PyTypeError,
  PyValueError,
  UndefinedError,
} from '../errors.ts';
import { type FunctionTable, named } from '../methods/parameters.ts';
import { fixed } from '../runtime/formatSpec.ts';
import { toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { isInteger, isNumber, isString, PyFloat, toFloat, typeName } from '../runtime/values.ts';

const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0b/i, 8: /^0o/i, 16: /^0x/i };

/** The base that the beginning of a number names, for base 0. */
function namedBase(digits: string): number {
  return { b: 2, o: 8, x: 16 }[/^0([box])/i.exec(digits)?.[1]?.toLowerCase() ?? ''] ?? 10;
}

function parseInteger(text: string, anyBase: number): number | bigint | undefined {
  const [, sign = '', digits = ''] = /^\s*([-+]?)\s*(.*?)\s*$/s.exec(text) ?? [];
  const base = anyBase === 0 ? namedBase(digits) : anyBase;
  const bare = digits.replace(PREFIXES[base] ?? /^/, '').replace(/(?<=\w)_(?=\w)/g, '');
  const allowed = base <= 10 ? `0-${base - 1}` : `0-9a-${String.fromCharCode(86 + base)}`;
  if (base < 2 || base > 36 || !new RegExp(`^[${allowed}]+$`, 'i').test(bare)) return undefined;
  const value = Number.parseInt(bare, base);
  if (Number.isSafeInteger(value)) return sign === '-' ? 0 - value : value;
  let exact = 0n;
  for (const digit of bare) exact = exact * BigInt(base) + BigInt(Number.parseInt(digit, base));
  return sign === '-' ? -exact : exact;
}

/** Python's `float(text)`. */
function parseFloatText(text: string): number | undefined {
  const bare = text.trim().replace(/(?<=\d)_(?=\d)/g, '');
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(bare)) return Number(bare);
  const [, sign, word] = /^([-+]?)(inf|infinity|nan)$/i.exec(bare) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function toInteger(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
  checkDefined(value);
  if (isString(value)) {
    const text = value.toString();
    const whole = parseInteger(text, Number(base));
    if (whole !== undefined) return whole;
    const float = parseFloatText(text);
    return float === undefined ? fallback : truncated(float, fallback);
  }
  if (typeof value === 'bigint') return value;
  return isNumber(value) ? truncated(Number(value), fallback) : fallback;
}

function truncated(value: number, fallback: unknown): unknown {
  if (Number.isNaN(value)) return fallback;
  if (!Number.isFinite(value)) {
    throw new PyArithmeticError('OVERFLOW', 'cannot convert float infinity to integer');
  }
  return Math.trunc(value) || 0;
}

function toFloatFilter(value: unknown, fallback: unknown = new PyFloat(0)): unknown {
  checkDefined(value);
  const float = isString(value)
    ? parseFloatText(value.toString())
    : isNumber(value)
      ? Number(value)
      : undefined;
  return float === undefined ? fallback : toFloat(float);
}

function round(value: unknown, precision: unknown = 0, method: unknown = 'common'): unknown {
  const how = toText(method);
  if (how !== 'common' && how !== 'ceil' && how !== 'floor') {
    throw new FilterArgumentError('method must be common, ceil or floor');
  }
  if (!isNumber(value)) throw new PyTypeError(`type ${typeName(value)} doesn't define __round__ method`);
  const [number, places] = [Number(value), Number(precision)];
  if (how === 'common') {
    if (places >= 0) {
      const rounded = Number(fixed(Math.abs(number), places)) * Math.sign(number);
      return isInteger(value) ? rounded : toFloat(rounded);
    }
    const scale = 10 ** -places;
    return isInteger(value) ? halfEven(number / scale) * scale : toFloat(halfEven(number / scale) * scale);
  }
  const scale = 10 ** places;
  return toFloat(Math[how](number * scale) / scale);
}

function halfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

const SIZES = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function fileSize(value: unknown, isBinary: unknown = false): string {
  const bytes = Number(toFloatOrFail(value));
  const [base, suffix] = isTrue(isBinary) ? [1024, 'iB'] : [1000, 'B'];
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  let i = 0;
  // Exactly: 1e24 is less than the power of ten.
  while (i < SIZES.length - 1 && bytes >= BigInt(base) ** BigInt(i + 2)) i++;
  const prefix = isTrue(isBinary) ? (SIZES[i] as string).toUpperCase() : SIZES[i];
  return `${fixed(bytes / base ** (i + 1), 1)} ${prefix}${suffix}`;
}

function checkDefined(value: unknown): void {
  if (value === undefined) throw new UndefinedError('the value is undefined');
}

function toFloatOrFail(value: unknown): number {
  checkDefined(value);
  const float = isString(value)
    ? parseFloatText(value.toString())
    : isNumber(value)
      ? Number(value)
      : undefined;
  if (float === undefined && isString(value)) {
    throw new PyValueError(`could not convert string to float: '${value}'`);
  }
  if (float === undefined)
    throw new PyTypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  return float;
}

function absolute(value: unknown): unknown {
  if (!isNumber(value)) throw new PyTypeError(`bad operand type for abs(): '${typeName(value)}'`);
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  return isInteger(value) ? Math.abs(Number(value)) : toFloat(Math.abs(Number(value)));
}

export const numberFilters: FunctionTable = {
  int: named(['default', 'base'], toInteger),
  float: named(['default'], toFloatFilter),
  round: named(['precision', 'method'], round),
  abs: absolute,
  filesizeformat: named(['binary'], fileSize),
};
