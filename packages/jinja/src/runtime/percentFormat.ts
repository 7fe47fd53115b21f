import { PyLookupError, PyTypeError, PyValueError } from '../errors.ts';
import { getKey, hasKey } from './dict.ts';
import { checkWidth, formatValue } from './formatSpec.ts';
import { escapeText, toAscii, toHtml, toRepr, toText } from './text.ts';
import {
  isInteger,
  isMapping,
  isMarkup,
  isNumber,
  isString,
  type Markup,
  markup,
  Tuple,
  typeName,
} from './values.ts';

const FIELD = /%(?:\(([^)]*)\))?([-0 +#]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S])?/g;

/** Python's `text % values`: with a mapping for `%(name)s`, else with a tuple, or one value. Markup escapes what it takes in. */
export function formatPercent(template: string | Markup, values: unknown): string | Markup {
  const list = values instanceof Tuple ? values : [values];
  const isSafe = isMarkup(template);
  let used = 0;
  const next = (): unknown => {
    if (used >= list.length) throw new PyTypeError('not enough arguments for format string');
    return list[used++];
  };
  const text = template
    .toString()
    .replace(FIELD, (_all, name: string | undefined, flags: string, width = '', precision, type) => {
      if (type === '%') return '%';
      if (type === undefined) throw new PyValueError('incomplete format');
      const size = width === '*' ? String(next()) : width;
      const places = precision === '*' ? String(next()) : precision;
      const value = name === undefined ? next() : named(values, name);
      return field(value, type, flags, size, places, isSafe);
    });
  // As in Python, nobody minds a list, a dictionary or something undefined that is not used.
  if (
    used < list.length &&
    values !== undefined &&
    !isMapping(values) &&
    (values instanceof Tuple || !Array.isArray(values))
  ) {
    throw new PyTypeError('not all arguments converted during string formatting');
  }
  return isSafe ? markup(text) : text;
}

function named(values: unknown, name: string): unknown {
  if (!isMapping(values)) throw new PyTypeError('format requires a mapping');
  if (!hasKey(values, name)) throw new PyLookupError('KEY', `'${name}'`);
  return getKey(values, name);
}

function field(
  value: unknown,
  type: string,
  flags: string,
  width: string,
  places: string | undefined,
  isSafe: boolean,
): string {
  const size = checkWidth(Number(width || 0));
  const isLeft = flags.includes('-');
  const [print, escaped] = isSafe ? [toHtml, escapeText] : [toText, toText];
  if ('sra'.includes(type)) {
    const text = type === 's' ? print(value) : escaped(type === 'r' ? toRepr(value) : toAscii(value));
    const cut = places === undefined ? text : Array.from(text).slice(0, Number(places)).join('');
    return isLeft ? cut.padEnd(size) : cut.padStart(size);
  }
  if (type === 'c') {
    const text = isInteger(value)
      ? String.fromCodePoint(Number(value))
      : isString(value)
        ? value.toString()
        : '';
    if (Array.from(text).length !== 1) throw new PyTypeError('%c requires int or char');
    return isLeft ? text.padEnd(size) : text.padStart(size);
  }
  if (!'diuoxXeEfFgG'.includes(type)) {
    throw new PyValueError(`unsupported format character '${type}'`);
  }
  const isWhole = 'diuoxX'.includes(type);
  const number = toNumber(value, type);
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const align = isLeft ? '<' : flags.includes('0') ? '0=' : '>';
  const alternate = flags.includes('#') ? '#' : '';
  const precision = places === undefined || isWhole ? '' : `.${places}`;
  const text = formatValue(
    number,
    `${align}${sign}${alternate}${size || ''}${precision}${'iu'.includes(type) ? 'd' : type}`,
  );
  return isWhole && places !== undefined
    ? text.replace(/\d+/, (digits) => digits.padStart(Number(places), '0'))
    : text;
}

function toNumber(value: unknown, type: string): unknown {
  if (!isNumber(value)) {
    throw new PyTypeError(
      'diu'.includes(type)
        ? `%${type} format: a real number is required, not ${typeName(value)}`
        : `must be real number, not ${typeName(value)}`,
    );
  }
  if ('oxX'.includes(type) && !isInteger(value)) {
    throw new PyTypeError(`%${type} format: an integer is required, not float`);
  }
  if (!'diuoxX'.includes(type)) return Number(value);
  return isInteger(value) ? (typeof value === 'boolean' ? Number(value) : value) : Math.trunc(Number(value));
}
