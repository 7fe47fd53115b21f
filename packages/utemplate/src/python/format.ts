import { PythonError } from '../errors.ts';
import { fixed, isFloat, isInt, numberOf, reprFloat } from './numbers.ts';
import { str, textOf } from './text.ts';
import { typeName } from './values.ts';

/** A format, as `f'{x:>10.2f}'` has it (Format Specification Mini-Language of Python's `string`). */
const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Beyond this a width is a mistake, or worse: it is memory for the asking. */
const MAX_WIDTH = 100_000;

/**
 * What `format(value, spec)` gives.
 *
 * @throws PythonError `ValueError` of a format that the value does not have.
 */
export function format(value: unknown, text = ''): string {
  if (text === '') return str(value);
  const spec = parse(text);
  if (isFloat(value) || (isInt(value) && typeof value !== 'boolean')) return formatNumber(value, spec);
  if (typeof value === 'boolean' && /[a-zA-Z%]$/.test(text) && spec.type !== 's') {
    return formatNumber(Number(value), spec);
  }
  if (textOf(value) === undefined && typeof value !== 'boolean') {
    throw new PythonError('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`);
  }
  if (spec.type !== '' && spec.type !== 's') {
    throw new PythonError('ValueError', `Unknown format code '${spec.type}' for object of type 'str'`);
  }
  const characters = [...str(value)];
  const shown = characters.slice(0, spec.precision ?? characters.length).join('');
  return pad(shown, '', spec, spec.align ?? '<');
}

function parse(text: string): Spec {
  const match = SPEC.exec(text);
  if (!match) throw new PythonError('ValueError', `Invalid format specifier '${text}'`);
  const [, fill, align, sign = '-', , alternate, zero, width = '0', grouping = '', precision, type = ''] =
    match;
  if (Number(width) > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH) {
    throw new PythonError('ValueError', `a width or a precision in a format is at most ${MAX_WIDTH}`);
  }
  return {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero ? '=' : undefined),
    sign,
    isAlternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function formatNumber(value: unknown, spec: Spec): string {
  const number = numberOf(value) as number;
  const size = Math.abs(number);
  const isNegative = number < 0 || Object.is(number, -0);
  const [prefix, digits] =
    isInt(value) && !/^[eEfFgG%]$/.test(spec.type) ? intDigits(size, spec) : floatDigits(size, spec);
  const sign = isNegative && isFloat(value) ? '-' : number < 0 ? '-' : spec.sign === '-' ? '' : spec.sign;
  return pad(group(digits, spec), sign + prefix, spec, spec.align ?? '>');
}

function intDigits(size: number, { type, isAlternate, precision }: Spec): [prefix: string, digits: string] {
  if (precision !== undefined) {
    throw new PythonError('ValueError', 'Precision not allowed in integer format specifier');
  }
  const prefix = isAlternate ? `0${type}` : '';
  switch (type) {
    case '':
    case 'd':
    case 'n':
      return ['', String(size)];
    case 'x':
      return [prefix, size.toString(16)];
    case 'X':
      return [prefix, size.toString(16).toUpperCase()];
    case 'o':
      return [prefix, size.toString(8)];
    case 'b':
      return [prefix, size.toString(2)];
    case 'c':
      return ['', String.fromCodePoint(size)];
    default:
      throw new PythonError('ValueError', `Unknown format code '${type}' for object of type 'int'`);
  }
}

function floatDigits(size: number, { type, isAlternate, precision }: Spec): [prefix: string, digits: string] {
  const upper = /[EFG]/.test(type);
  const text = finiteDigits(size, type.toLowerCase(), precision, isAlternate);
  return ['', upper ? text.toUpperCase() : text];
}

function finiteDigits(
  size: number,
  type: string,
  precision: number | undefined,
  isAlternate: boolean,
): string {
  if (!Number.isFinite(size)) return Number.isNaN(size) ? 'nan' : `inf${type === '%' ? '%' : ''}`;
  switch (type) {
    case 'f':
      return fixed(size, precision ?? 6);
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    case 'e':
      return exponential(size, precision ?? 6);
    case 'g':
    case 'n':
      return general(size, precision ?? 6, isAlternate);
    case '':
      if (precision === undefined) return reprFloat(size);
      return withPoint(general(size, precision, false));
    default:
      throw new PythonError('ValueError', `Unknown format code '${type}' for object of type 'float'`);
  }
}

/** `1.5e+07`: an exponent has two digits at least. */
export function exponential(size: number, precision: number): string {
  return size.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** `%g`: so many digits that count, without zeros at the end, and an exponent where the number is large or small. */
export function general(size: number, precision: number, keepsZeros: boolean): string {
  const digits = Math.min(Math.max(precision, 1), 100);
  const [, power = '0'] = /e(.+)$/.exec(size.toExponential(digits - 1)) ?? [];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', rest = ''] = exponential(size, digits - 1).split('e');
    return `${keepsZeros ? mantissa : withoutZeros(mantissa)}e${rest}`;
  }
  const text = fixed(size, digits - 1 - exponent);
  return keepsZeros ? text : withoutZeros(text);
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function withPoint(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** `1,234,567`; of hexadecimal and the like, every four. */
function group(digits: string, { grouping, type }: Spec): string {
  if (!grouping) return digits;
  const [, whole = '', rest = ''] = /^([\da-fA-F]*)(.*)$/s.exec(digits) ?? [];
  const every = /[xXob]/.test(type) ? 4 : 3;
  return whole.replace(new RegExp(`\\B(?=(?:.{${every}})+$)`, 'g'), grouping) + rest;
}

function pad(text: string, sign: string, { fill, width }: Spec, align: string): string {
  const missing = width - [...text].length - sign.length;
  if (missing <= 0) return sign + text;
  switch (align) {
    case '<':
      return sign + text + fill.repeat(missing);
    case '>':
      return fill.repeat(missing) + sign + text;
    case '=':
      return sign + fill.repeat(missing) + text;
    default: {
      const left = Math.floor(missing / 2);
      return fill.repeat(left) + sign + text + fill.repeat(missing - left);
    }
  }
}
