import { PythonError, TemplateError } from '../errors.ts';
import { SafeString } from '../safe.ts';
import { reprFloat } from './numbers.ts';
import { DictView, entriesOf, isDict, isThenable, PyFloat, Range, Tuple, typeName } from './values.ts';

/** What `str()` gives. */
export function str(value: unknown): string {
  // The usual ones, at once: small ints.
  if (typeof value === 'number' && (value | 0) === value) return String(value);
  return typeof value === 'string' ? value : value instanceof SafeString ? String(value) : repr(value);
}

/** What `repr()` gives: a string in quotes, and the rest as `str()` has it. */
export function repr(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isSafeInteger(value) ? String(value + 0) : reprFloat(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    case 'function':
      return `<function ${value.name}>`;
    case 'object':
      return value === null ? 'None' : reprObject(value);
    default:
      return String(value);
  }
}

function reprObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Tuple) {
    const { items } = value;
    return items.length === 1 ? `(${repr(items[0])},)` : `(${items.map(repr).join(', ')})`;
  }
  if (isThenable(value))
    throw new TemplateError('PROMISE', 'a promise within a list or a dict cannot be printed');
  if (isDict(value)) {
    return `{${Array.from(entriesOf(value), ([key, item]) => `${repr(key)}: ${repr(item)}`).join(', ')}}`;
  }
  if (value instanceof PyFloat) return reprFloat(value.value);
  if (value instanceof SafeString) return quoted(String(value));
  if (value instanceof Set) return value.size > 0 ? `{${Array.from(value, repr).join(', ')}}` : 'set()';
  if (value instanceof DictView) return `${value.name}(${repr([...value])})`;
  if (value instanceof Range) {
    const { start, stop, step } = value;
    return `range(${start}, ${stop}${step === 1 ? '' : `, ${step}`})`;
  }
  return String(value);
}

/** All but what Python's `str.isprintable()` takes for printable. */
const UNPRINTABLE = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const SHORT: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(UNPRINTABLE, escaped);
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escaped(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** What `ascii()` and `!a` give. */
export function ascii(value: unknown): string {
  return repr(value).replace(/[^\0-\x7f]/gu, escaped);
}

/** Whether a condition holds: empty text, lists, dicts and sets do not, nor 0 and None. */
export function truth(value: unknown): boolean {
  return value === true || (value !== false && truthOf(value));
}

function truthOf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value) || Number.isNaN(value);
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  if (isDict(value)) return Object.keys(value).length > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Range || value instanceof DictView) return value.length > 0;
  return !(value instanceof SafeString) || String(value) !== '';
}

/** The text that a value is; `undefined` of what is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof SafeString ? String(value) : undefined;
}

/** @throws PythonError `TypeError` of what is no text. */
export function toText(value: unknown): string {
  const text = textOf(value);
  if (text === undefined) throw new PythonError('TypeError', `a str is expected, not ${typeName(value)}`);
  return text;
}
