import { PyTypeError, PyValueError } from '../errors.ts';
import { floatText, toText } from './text.ts';
import { isInteger, isNumber, isString, type PyFloat, typeName } from './values.ts';

export interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** What one field may be padded to, or be precise to. */
const MAX_WIDTH = 1_000_000;
const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ]?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([bcdeEfFgGnosxX%]?)$/u;

/** Python's `format(value, spec)`: `>8`, `,`, `05d`, `.2f`, `%`, and the like. */
export function formatValue(value: unknown, spec: string): string {
  if (spec === '') return toText(value);
  const match = SPEC.exec(spec);
  if (!match) throw new PyValueError(`Invalid format specifier '${spec}'`);
  const [, fill, align, sign = '', alternate, zero, width, grouping = '', precision, type = ''] = match;
  const parsed: Spec = {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero && !isString(value) ? '=' : ''),
    sign,
    alternate: alternate !== '',
    width: checkWidth(Number(width || 0)),
    grouping,
    precision: precision === undefined ? undefined : checkWidth(Number(precision)),
    type,
  };
  return isNumber(value) ? formatNumber(value, parsed) : formatText(value, parsed);
}

export function checkWidth(width: number): number {
  if (width > MAX_WIDTH) throw new PyValueError(`a width of ${width} is more than ${MAX_WIDTH}`);
  return width;
}

function formatText(value: unknown, spec: Spec): string {
  if (!isString(value) && typeof value !== 'boolean') {
    throw new PyTypeError(`unsupported format string passed to ${typeName(value)}.__format__`);
  }
  if (spec.type !== '' && spec.type !== 's') {
    throw new PyValueError(`Unknown format code '${spec.type}' for object of type '${typeName(value)}'`);
  }
  const text = toText(value);
  return pad(spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join(''), '', {
    ...spec,
    align: spec.align || '<',
  });
}

function formatNumber(value: number | bigint | boolean | PyFloat, spec: Spec): string {
  const { type } = spec;
  if (type === 's') {
    throw new PyValueError(`Unknown format code 's' for object of type '${typeName(value)}'`);
  }
  const isWhole = isInteger(value);
  if ('bcdoxXn'.includes(type) && type !== '' && !isWhole) {
    throw new PyValueError(`Unknown format code '${type}' for object of type 'float'`);
  }
  const isNegative = isWhole ? BigInt(value) < 0n : Number(value) < 0 || Object.is(Number(value), -0);
  const digits =
    isWhole && (type === '' || 'bcdoxXn'.includes(type))
      ? integerDigits(value, spec)
      : floatDigits(value, spec);
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const prefix = spec.alternate && 'boxX'.includes(type) && type !== '' ? `0${type}` : '';
  return pad(group(digits, spec), sign + prefix, { ...spec, align: spec.align || '>' });
}

function integerDigits(value: number | bigint | boolean, { type }: Spec): string {
  const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  switch (type) {
    case 'b':
      return size.toString(2);
    case 'o':
      return size.toString(8);
    case 'x':
      return size.toString(16);
    case 'X':
      return size.toString(16).toUpperCase();
    case 'c':
      return String.fromCodePoint(Number(size));
    default:
      return size.toString();
  }
}

function floatDigits(
  value: number | bigint | boolean | PyFloat,
  { type, precision, alternate }: Spec,
): string {
  const size = Math.abs(Number(value));
  const lower = type.toLowerCase();
  if (!Number.isFinite(size)) return type !== lower ? floatText(size).toUpperCase() : floatText(size);
  switch (lower) {
    case 'f':
      return fixed(size, precision ?? 6);
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    case 'e':
      return exponent(size.toExponential(precision ?? 6), type);
    case '':
      if (precision === undefined) return floatText(size);
      return general(size, precision, '', alternate, true);
    default:
      return general(size, precision ?? 6, type, alternate, false);
  }
}

/** Rounds half to even, as the digits of the float really are, which `toFixed` does; beyond 1e21 it would give up. */
export function fixed(size: number, precision: number): string {
  const places = Math.min(precision, 100);
  return size >= 1e21
    ? `${BigInt(size)}${places > 0 ? `.${'0'.repeat(places)}` : ''}`
    : halfEven(size, places);
}

function halfEven(size: number, places: number): string {
  const text = size.toFixed(places);
  // `toFixed` rounds up where a value lies exactly between two: 0.5, 2.5, 0.125.
  const scaled = size * 10 ** places;
  if (places > 22 || scaled % 1 !== 0.5 || scaled / 10 ** places !== size) return text;
  const below = Math.floor(scaled);
  if (below % 2 !== 0) return text;
  const digits = String(below).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function exponent(text: string, type: string): string {
  const padded = text.replace(/e([-+])(\d)$/, 'e$10$2');
  return type === 'E' ? padded.toUpperCase() : padded;
}

function general(
  size: number,
  precision: number,
  type: string,
  keepZeros: boolean,
  needsPoint: boolean,
): string {
  const digits = Math.max(1, precision);
  const power = size === 0 ? 0 : Number(size.toExponential(digits - 1).split('e')[1]);
  const isScientific = power < -4 || power >= digits;
  const text = isScientific ? size.toExponential(digits - 1) : fixed(size, Math.max(0, digits - 1 - power));
  const [mantissa = '', tail] = text.split('e');
  const short = keepZeros || !mantissa.includes('.') ? mantissa : mantissa.replace(/\.?0+$/, '');
  if (tail === undefined) return needsPoint && !short.includes('.') ? `${short}.0` : short;
  return exponent(`${short}e${tail}`, type === 'G' ? 'E' : 'e');
}

function group(digits: string, { grouping, type }: Spec): string {
  if (grouping === '') return digits;
  const size = 'boxX'.includes(type) && type !== '' ? 4 : 3;
  const [whole = '', ...rest] = digits.split(/(?=[.e%])/);
  const grouped = whole.replace(new RegExp(`\\B(?=(?:[\\da-fA-F]{${size}})+$)`, 'g'), grouping);
  return grouped + rest.join('');
}

function pad(text: string, prefix: string, { fill, align, width }: Spec): string {
  const missing = width - Array.from(text).length - prefix.length;
  if (missing <= 0) return prefix + text;
  switch (align) {
    case '<':
      return prefix + text + fill.repeat(missing);
    case '^':
      return fill.repeat(Math.floor(missing / 2)) + prefix + text + fill.repeat(Math.ceil(missing / 2));
    case '=':
      return prefix + fill.repeat(missing) + text;
    default:
      return fill.repeat(missing) + prefix + text;
  }
}
