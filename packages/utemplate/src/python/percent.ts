import { PythonError } from '../errors.ts';
import { exponential, general } from './format.ts';
import { item } from './items.ts';
import { fixed, isFloat, isInt, numberOf, toIndex } from './numbers.ts';
import { ascii, repr, str, textOf } from './text.ts';
import { isDict, Tuple, typeName } from './values.ts';

/** `%(name)-5.2f` (Python's `printf`-style String Formatting). */
const FIELD = /%(?:\(([^)]*)\))?([-#0 +]*)(\*|\d+)?(?:\.(\*|\d+)?)?([hlL])?(.)?/gsu;

/**
 * What `text % values` gives.
 *
 * @param escaped what is done to the values where the text is HTML already.
 * @throws PythonError `TypeError`, `ValueError`, `KeyError`
 */
export function percent(text: string, values: unknown, escaped = (value: string): string => value): string {
  const list = values instanceof Tuple ? values.items : [values];
  let next = 0;
  const take = (): unknown => {
    if (next < list.length) return list[next++];
    throw new PythonError('TypeError', 'not enough arguments for format string');
  };
  let usesNames = false;
  const formatted = text.replace(FIELD, (whole, name, flags, width, precision, _length, type) => {
    if (type === '%') return '%';
    if (type === undefined) throw new PythonError('ValueError', 'incomplete format');
    usesNames ||= name !== undefined;
    const columns = width === '*' ? toIndex(take()) : Number(width ?? 0);
    const digits = precision === '*' ? toIndex(take()) : precision;
    const value = name === undefined ? take() : item(values, name);
    const hasPoint = /\.(?:\*|\d*)[hlL]?.$/su.test(whole);
    return pad(
      escaped(convert(value, type, flags, hasPoint ? Number(digits ?? 0) : undefined)),
      columns < 0 ? `${flags}-` : flags,
      Math.abs(columns),
      type,
    );
  });
  if (next < list.length && !usesNames && !(isDict(values) || Array.isArray(values))) {
    throw new PythonError('TypeError', 'not all arguments converted during string formatting');
  }
  return formatted;
}

function convert(value: unknown, type: string, flags: string, precision: number | undefined): string {
  switch (type) {
    case 's':
      return cut(str(value), precision);
    case 'r':
      return cut(repr(value), precision);
    case 'a':
      return cut(ascii(value), precision);
    case 'c':
      return typeof value === 'number' ? String.fromCodePoint(value) : str(value);
    case 'd':
    case 'i':
    case 'u':
      return signed(Math.trunc(numeric(value, type)), flags, (size) =>
        String(size).padStart(precision ?? 0, '0'),
      );
    case 'x':
    case 'X':
    case 'o':
      return signed(integer(value, type), flags, (size) => inBase(size, type, flags, precision));
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const text = signed(numeric(value, type), flags, (size) =>
        decimal(size, type.toLowerCase(), flags, precision ?? 6),
      );
      return /[EFG]/.test(type) ? text.toUpperCase() : text;
    }
    default:
      throw new PythonError('ValueError', `unsupported format character '${type}'`);
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function inBase(size: number, type: string, flags: string, precision = 0): string {
  const digits = size.toString(type === 'o' ? 8 : 16).padStart(precision, '0');
  const prefix = flags.includes('#') ? `0${type}` : '';
  return prefix + (type === 'X' ? digits.toUpperCase() : digits);
}

function decimal(size: number, type: string, flags: string, precision: number): string {
  if (!Number.isFinite(size)) return Number.isNaN(size) ? 'nan' : 'inf';
  if (type === 'f') return fixed(size, precision);
  return type === 'e' ? exponential(size, precision) : general(size, precision, flags.includes('#'));
}

function signed(value: number, flags: string, digits: (size: number) => string): string {
  const isNegative = value < 0;
  const sign = isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + digits(Math.abs(value));
}

function numeric(value: unknown, type: string): number {
  const number = textOf(value) === undefined ? numberOf(value) : undefined;
  if (number !== undefined) return number;
  const what = /[diu]/.test(type) ? 'a real number is required' : 'must be real number';
  throw new PythonError('TypeError', `%${type} format: ${what}, not ${typeName(value)}`);
}

function integer(value: unknown, type: string): number {
  if (isInt(value) && !isFloat(value)) return numberOf(value) as number;
  throw new PythonError('TypeError', `%${type} format: an integer is required, not ${typeName(value)}`);
}

function pad(text: string, flags: string, width: number, type: string): string {
  if (width > 100_000) throw new PythonError('ValueError', 'a width in a format is at most 100000');
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || /[srac]/.test(type)) return ' '.repeat(missing) + text;
  const [, sign = '', rest = ''] = /^([-+ ]?(?:0[xXo])?)(.*)$/s.exec(text) ?? [];
  return sign + '0'.repeat(missing) + rest;
}
