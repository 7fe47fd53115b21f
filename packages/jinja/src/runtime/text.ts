import { TemplateRuntimeError } from '../errors.ts';
import { type Dict, DictView, entriesOf } from './dict.ts';
import { isGenerator } from './iterate.ts';
import { isMapping, isMarkup, isPlainObject, MACRO, type Markup, markup, PyFloat, Tuple } from './values.ts';

/** How deep the lists and dictionaries may be that are printed. */
const MAX_DEPTH = 500;

/** Python's `str()`: what is printed of a value, before it is escaped. Undefined is nothing. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (isMarkup(value)) return value.val;
  return toRepr(value);
}

/** Python's `repr()`: what is printed of a value within a list. */
export function toRepr(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'Undefined';
    case 'function':
      // Not what JavaScript prints, which is the source.
      return MACRO in value ? macroText(value.name) : `<function ${value.name || 'anonymous'}>`;
    case 'object':
      return value === null ? 'None' : objectText(value, new Set());
    default:
      return String(value);
  }
}

function macroText(name: string | null): string {
  return `<Macro ${name === null ? 'anonymous' : quote(name)}>`;
}

function objectText(value: object, open: Set<object>): string {
  if (isMarkup(value)) return `Markup(${quote(value.val)})`;
  if (value instanceof PyFloat) return floatText(Number(value));
  if (value instanceof DictView) return `dict_${value.kind}(${listText(value.toArray(), open)})`;
  if (Array.isArray(value)) return nested(value, open, () => sequenceText(value, open));
  if (isGenerator(value)) return '<generator object>';
  if (value instanceof Set) {
    return nested(value, open, () =>
      value.size === 0 ? 'set()' : `{${listText([...value], open).slice(1, -1)}}`,
    );
  }
  if (isMapping(value)) {
    return nested(value, open, () => {
      const pairs = entriesOf(value as Dict).map(
        ([key, part]) => `${partText(key, open)}: ${partText(part, open)}`,
      );
      return `{${pairs.join(', ')}}`;
    });
  }
  return String(value);
}

/** What contains itself is printed as dots the second time, as in Python. */
function nested(value: object, open: Set<object>, print: () => string): string {
  if (open.has(value)) return Array.isArray(value) ? '[...]' : '{...}';
  if (open.size > MAX_DEPTH) throw new TemplateRuntimeError(`data is nested more than ${MAX_DEPTH} deep`);
  open.add(value);
  const text = print();
  open.delete(value);
  return text;
}

function sequenceText(list: readonly unknown[], open: Set<object>): string {
  const text = listText(list, open);
  if (!(list instanceof Tuple)) return text;
  return `(${text.slice(1, -1)}${list.length === 1 ? ',' : ''})`;
}

function listText(list: readonly unknown[], open: Set<object>): string {
  return `[${list.map((part) => partText(part, open)).join(', ')}]`;
}

function partText(value: unknown, open: Set<object>): string {
  return typeof value === 'object' && value !== null ? objectText(value, open) : toRepr(value);
}

function numberText(value: number): string {
  if (!Number.isInteger(value)) return floatText(value);
  // An integer is written out in full, whatever its size.
  return Math.abs(value) < 1e21 ? String(value === 0 ? 0 : value) : BigInt(value).toString();
}

/** As Python prints a float: with an exponent from 16 digits before the point on, and of two digits at least. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  // What cannot be seen is written as a number: control and format characters, and white space but for the blank.
  const body = text.replace(/[\\'"]|(?! )[\p{C}\p{Z}]/gu, (char) => {
    if (char === '\\' || char === mark) return `\\${char}`;
    if (char === "'" || char === '"') return char;
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
    return known ?? escapeCode(char);
  });
  return `${mark}${body}${mark}`;
}

function escapeCode(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** Python's `ascii()`: its `repr()` with nothing but ASCII. */
export function toAscii(value: unknown): string {
  return toRepr(value).replace(/[^\x00-\x7f]/gu, escapeCode);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Escapes what HTML reads otherwise, with the entities that MarkupSafe writes. */
export function escapeText(text: string): string {
  // Most text needs nothing. Looking at the characters of a short one is quicker than starting an expression.
  const { length } = text;
  if (length > 40) return /[&<>"']/.test(text) ? replaceAll(text) : text;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 62 && (code === 34 || code === 38 || code === 39 || code === 60 || code === 62)) {
      return replaceAll(text);
    }
  }
  return text;
}

function replaceAll(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] as string);
}

/** A value as HTML: escaped, unless it is marked as safe or says by `__html__()` what it is. */
export function toHtml(value: unknown): string {
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number' && Number.isInteger(value) && value !== 0 && Math.abs(value) < 1e21) {
    return String(value);
  }
  if (value === undefined) return '';
  if (isMarkup(value)) return value.val;
  if (hasHtml(value)) return String(value.__html__());
  return escapeText(toText(value));
}

function hasHtml(value: unknown): value is { __html__(): unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isPlainObject(value) &&
    typeof (value as { __html__?: unknown }).__html__ === 'function'
  );
}

/** MarkupSafe's `toMarkup()`. */
export function toMarkup(value: unknown): Markup {
  return isMarkup(value) ? value : markup(toHtml(value));
}

/** The result of an operation on text that is markup where its subject was. */
export function like(subject: unknown, text: string): string | Markup {
  return isMarkup(subject) ? markup(text) : text;
}
