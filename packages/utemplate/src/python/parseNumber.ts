import { PythonError } from '../errors.ts';
import { toInt } from './numbers.ts';
import { repr } from './text.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * What `int(text, base)` gives.
 *
 * @throws PythonError `ValueError` where the text is no number.
 */
export function parseIntText(text: string, base: number): number {
  const [, sign = '', prefix = '', body = ''] =
    /^\s*([-+]?)(0[xXoObB])?_?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)\s*$/.exec(text) ?? [];
  const bases: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 };
  const implied = bases[prefix.toLowerCase()];
  const actual = base === 0 ? (implied ?? 10) : base;
  const digits = (implied === undefined || implied === actual ? body : prefix + body)
    .replaceAll('_', '')
    .toLowerCase();
  const isValid = digits !== '' && [...digits].every((digit) => DIGITS.indexOf(digit) < actual);
  if (isValid) return toInt(Number.parseInt(sign + digits, actual));
  throw new PythonError('ValueError', `invalid literal for int() with base ${base}: ${repr(text)}`);
}

/**
 * What `float(text)` gives.
 *
 * @throws PythonError `ValueError` where the text is no number.
 */
export function parseFloatText(text: string): number {
  const trimmed = text.trim();
  if (/^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/.test(trimmed)) {
    return Number(trimmed.replaceAll('_', ''));
  }
  const [, sign, word] = /^([-+]?)(inf(?:inity)?|nan)$/i.exec(trimmed) ?? [];
  if (word === undefined)
    throw new PythonError('ValueError', `could not convert string to float: ${repr(text)}`);
  if (/^nan$/i.test(word)) return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
