import { IndexError, KeyError, messageOf, ValueError } from './errors.ts';
import { entries, equal, isPlain } from './items.ts';
import { fixed } from './numbers.ts';
import type { Untyped } from './untyped.ts';

/** Python's `str()`. */
export function str(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return messageOf(value);
  return repr(value);
}

/** Python's `str()` of a number that was a `float` there: `2.0`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/** Python's `repr()`. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(BigInt(value)) : floatText(value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof Uint8Array) return `b${quote(Array.from(value, byteText).join(''), true)}`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Set) return value.size ? `{${Array.from(value, repr).join(', ')}}` : 'set()';
  if (value instanceof Map || isPlain(value)) {
    return `{${entries(value)
      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
      .join(', ')}}`;
  }
  return value instanceof Error ? `${value.constructor.name}(${quote(value.message)})` : String(value);
}

function quote(text: string, isEscaped = false): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = isEscaped
    ? text
    : text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function byteText(byte: number): string {
  const short: Record<number, string> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };
  return (
    short[byte] ??
    (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)
  );
}

/** Python's `format(value, spec)`, which f-strings and `str.format` use. */
export function format(value: Untyped, spec: string): string {
  if (value instanceof Date) return strftime(value, spec);
  const parts = /^(?:(.)?([<>=^]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su.exec(spec);
  if (!parts) throw new ValueError(`Invalid format specifier '${spec}'`);
  const [, fill, align, sign, prefix, zero, width, group, precision, type] = parts;
  const isNumber = typeof value === 'number' || (typeof value === 'boolean' && type !== undefined);
  let text = isNumber ? numberText(Number(value), type, precision, group, prefix) : str(value);
  if (!isNumber && precision !== undefined) text = Array.from(text).slice(0, Number(precision)).join('');
  if (isNumber && !text.startsWith('-') && (sign === '+' || sign === ' ')) text = sign + text;
  return pad(
    text,
    Number(width ?? 0),
    fill ?? (zero && isNumber ? '0' : ' '),
    align ?? (zero && isNumber ? '=' : isNumber ? '>' : '<'),
  );
}

function numberText(
  value: number,
  type: string | undefined,
  precision: string | undefined,
  group: string | undefined,
  prefix: string | undefined,
): string {
  const bases: Record<string, number> = { b: 2, o: 8, x: 16, X: 16 };
  const base = bases[type ?? ''];
  if (base) {
    const digits = Math.abs(value).toString(base);
    return (
      (value < 0 ? '-' : '') + (prefix ? `0${type}` : '') + (type === 'X' ? digits.toUpperCase() : digits)
    );
  }
  if (type === 'c') return String.fromCodePoint(value);
  let text: string;
  if (type === 'f' || type === 'F') text = fixed(value, Number(precision ?? 6));
  else if (type === '%') text = `${fixed(value * 100, Number(precision ?? 6))}%`;
  else if (type === 'e' || type === 'E')
    text = value.toExponential(Number(precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2');
  else if (type === 'g' || (precision !== undefined && type === undefined))
    text = general(value, Number(precision ?? 6) || 1);
  else text = str(value);
  if (type === 'E') text = text.toUpperCase();
  return group
    ? text.replace(
        /^(-?)(\d+)/,
        (_, minus: string, digits: string) => minus + digits.replace(/\B(?=(\d{3})+$)/g, group),
      )
    : text;
}

function general(value: number, precision: number): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  if (exponent < -4 || exponent >= precision) {
    return value
      .toExponential(precision - 1)
      .replace(/\.?0+e/, 'e')
      .replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = fixed(value, Math.max(precision - 1 - exponent, 0));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function pad(text: string, width: number, fill: string, align: string): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
  const sign = /^[+ -]?/.exec(text)?.[0] ?? '';
  return sign + fill.repeat(missing) + text.slice(sign.length);
}

/** Python's `template.format(...)`: positional arguments as a list, the others by name. */
export function formatText(
  template: string,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>> = {},
): string {
  let next = 0;
  return template.replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g,
    (all: string, field?: string, conversion?: string, spec = '') => {
      if (field === undefined) return all.slice(1);
      const [name = '', ...path] = field.split(/\.|\[|\]\.?/).filter((part, i) => i === 0 || part !== '');
      let value: Untyped = name === '' ? args[next++] : /^\d+$/.test(name) ? args[Number(name)] : named[name];
      if (value === undefined && !(name in named)) {
        throw name === '' || /^\d+$/.test(name)
          ? new IndexError('Replacement index out of range')
          : new KeyError(name);
      }
      for (const part of path) value = value instanceof Map ? value.get(part) : value[part];
      const inner = spec.includes('{')
        ? spec.replace(/\{(\w*)\}/g, (_: string, key: string) =>
            str(key === '' ? args[next++] : (named[key] ?? args[Number(key)])),
          )
        : spec;
      return format(conversion === 'r' ? repr(value) : value, inner);
    },
  );
}

/** Python's `template % values`. A tuple is given as a list, anything else by itself. */
export function percent(template: string, values: Untyped): string {
  const list = Array.isArray(values) ? values : [values];
  let next = 0;
  return template.replace(
    /%(?:\((\w+)\))?([-+0 #]*)(\*|\d+)?(?:\.(\d+))?([sdifFeEgGrxXoc%])/g,
    (_: string, name?: string, flags = '', width?: string, precision?: string, type = 's') => {
      if (type === '%') return '%';
      const columns = width === '*' ? list[next++] : width;
      const value =
        name === undefined ? list[next++] : values instanceof Map ? values.get(name) : values[name];
      const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      const text =
        type === 's' || type === 'r'
          ? format(type === 'r' ? repr(value) : str(value), precision === undefined ? '' : `.${precision}`)
          : format(
              'di'.includes(type) ? Math.trunc(value) : value,
              sign + ('di'.includes(type) ? 'd' : (precision === undefined ? '' : `.${precision}`) + type),
            );
      const isNumber = type !== 's' && type !== 'r';
      return pad(
        text,
        Number(columns ?? 0),
        flags.includes('0') && isNumber && !flags.includes('-') ? '0' : ' ',
        flags.includes('-') ? '<' : flags.includes('0') && isNumber ? '=' : '>',
      );
    },
  );
}

/** Python's `text.split()`, with no more than `most` cuts: at `separator`, or where white space is. */
export function split(text: string, separator: string | null = null, most = -1): string[] {
  if (separator === null) {
    const words = text.trim();
    if (most < 0) return words === '' ? [] : words.split(/\s+/);
    const parts: string[] = [];
    let rest = words;
    while (rest !== '' && parts.length < most) {
      const cut = /\s+/.exec(rest);
      if (!cut) break;
      parts.push(rest.slice(0, cut.index));
      rest = rest.slice(cut.index + cut[0].length);
    }
    return rest === '' ? parts : [...parts, rest];
  }
  const parts = text.split(separator);
  return most < 0 || parts.length <= most + 1
    ? parts
    : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

/** Python's `text.rsplit()`: what cuts there are, are made from the right. */
export function rsplit(text: string, separator: string | null = null, most = -1): string[] {
  const parts = separator === null ? split(text) : text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  const kept = parts.length - most;
  const last = parts.slice(kept);
  if (separator !== null) return [parts.slice(0, kept).join(separator), ...last];
  // What is left of the last ones keeps its own spaces.
  const rest = last.reduceRight((left, part) => left.slice(0, left.lastIndexOf(part)), text);
  return [rest.trim(), ...last];
}

/** Python's `text.splitlines()`. */
export function splitlines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Python's `text.strip(characters)`, at the start, the end or both. */
export function strip(text: string, characters: string, side: 'both' | 'start' | 'end' = 'both'): string {
  const set = new Set(characters);
  const all = Array.from(text);
  let [start, end] = [0, all.length];
  if (side !== 'end') while (start < end && set.has(all[start] as string)) start++;
  if (side !== 'start') while (end > start && set.has(all[end - 1] as string)) end--;
  return all.slice(start, end).join('');
}

/** Python's `text.partition(separator)`. */
export function partition(
  text: string,
  separator: string,
): [before: string, separator: string, after: string] {
  const i = text.indexOf(separator);
  return i < 0 ? [text, '', ''] : [text.slice(0, i), separator, text.slice(i + separator.length)];
}

/** Python's `text.rpartition(separator)`. */
export function rpartition(
  text: string,
  separator: string,
): [before: string, separator: string, after: string] {
  const i = text.lastIndexOf(separator);
  return i < 0 ? ['', '', text] : [text.slice(0, i), separator, text.slice(i + separator.length)];
}

/** Python's `text.capitalize()`. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Python's `text.title()`. */
export function title(text: string): string {
  return text.toLowerCase().replace(/\p{L}+/gu, capitalize);
}

/** Python's `text.count(part)` and `list.count(item)`. */
export function count(items: string | readonly unknown[], item: unknown): number {
  if (typeof items === 'string') return items.split(item as string).length - 1;
  return items.filter((other) => equal(other, item)).length;
}

/** Python's `html.escape()`. */
export function escapeHtml(text: string, quotes = true): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return quotes ? plain.replaceAll('"', '&quot;').replaceAll("'", '&#x27;') : plain;
}

/** Python's `strftime`, in the time zone of the machine unless `utc` is said. */
export function strftime(date: Date, template: string, utc = false): string {
  const local = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const months = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ];
  const two = (n: number) => String(n).padStart(2, '0');
  const fields: Record<string, () => string> = {
    Y: () => String(local.getUTCFullYear()),
    y: () => two(local.getUTCFullYear() % 100),
    m: () => two(local.getUTCMonth() + 1),
    d: () => two(local.getUTCDate()),
    H: () => two(local.getUTCHours()),
    I: () => two(local.getUTCHours() % 12 || 12),
    M: () => two(local.getUTCMinutes()),
    S: () => two(local.getUTCSeconds()),
    f: () => String(local.getUTCMilliseconds() * 1000).padStart(6, '0'),
    p: () => (local.getUTCHours() < 12 ? 'AM' : 'PM'),
    A: () => days[local.getUTCDay()] as string,
    a: () => (days[local.getUTCDay()] as string).slice(0, 3),
    B: () => months[local.getUTCMonth()] as string,
    b: () => (months[local.getUTCMonth()] as string).slice(0, 3),
    j: () =>
      String(Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 0)) / 86_400_000)).padStart(
        3,
        '0',
      ),
    w: () => String(local.getUTCDay()),
    Z: () => (utc ? 'UTC' : ''),
    z: () => (utc ? '+0000' : ''),
    '%': () => '%',
  };
  const long = template
    .replaceAll('%F', '%Y-%m-%d')
    .replaceAll('%T', '%H:%M:%S')
    .replaceAll('%c', '%a %b %d %H:%M:%S %Y')
    .replaceAll('%x', '%m/%d/%y')
    .replaceAll('%X', '%H:%M:%S');
  return long.replace(/%([a-zA-Z%])/g, (all: string, name: string) => fields[name]?.() ?? all);
}

/** Python's `datetime.isoformat()` of a time without a zone. */
export function isoformat(date: Date, separator = 'T'): string {
  const fraction = date.getMilliseconds() ? '.%f' : '';
  return strftime(date, `%Y-%m-%d${separator}%H:%M:%S${fraction}`);
}

/** What `urlencode()` of Microdot does: less than `encodeURIComponent()`. */
export function urlencode(text: string): string {
  return text
    .replaceAll('+', '%2B')
    .replaceAll(' ', '+')
    .replaceAll('%', '%25')
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23')
    .replaceAll('&', '%26')
    .replaceAll('=', '%3D');
}

/** Python's `index()`, which throws where there is none. */
export function indexOf(items: string | readonly unknown[], item: unknown): number {
  const index =
    typeof items === 'string'
      ? items.indexOf(item as string)
      : items.findIndex((other) => equal(other, item));
  if (index < 0) throw new ValueError('not in list');
  return index;
}

/** Python's `re.findall()`: whole matches, or their groups. */
export function findAll(pattern: RegExp, text: string): Untyped[] {
  return Array.from(text.matchAll(pattern), (match) =>
    match.length === 1 ? match[0] : match.length === 2 ? match[1] : match.slice(1),
  );
}

/** Python's `datetime.fromisoformat()`: a time without a zone is local. */
export function fromIsoformat(text: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);
  if (Number.isNaN(date.getTime())) throw new ValueError(`Invalid isoformat string: '${text}'`);
  return date;
}

/** What `replace` is given, of a function that Python's `re.sub` would give a match. */
export function replacer(by: (match: RegExpExecArray) => string): (...parts: Untyped[]) => string {
  return (...parts) => {
    const groups = typeof parts.at(-1) === 'object' ? parts.pop() : undefined;
    const input = parts.pop();
    const index = parts.pop();
    return by(Object.assign(parts, { index, input, groups }) as unknown as RegExpExecArray);
  };
}

/** Python's `str.maketrans()` of texts: what each character becomes, and those that are left out. */
export function translation(from: string, to: string, without = ''): Map<string, string> {
  const target = [...to];
  const table = new Map([...from].map((character, i) => [character, target[i] ?? '']));
  for (const character of without) table.set(character, '');
  return table;
}

/** Python's `text.translate()`. */
export function translate(text: string, table: ReadonlyMap<string, string>): string {
  return Array.from(text, (character) => table.get(character) ?? character).join('');
}

/** Python's `text.expandtabs()`. */
export function expandTabs(text: string, size = 8): string {
  let column = 0;
  return Array.from(text, (character) => {
    const written = character === '\t' ? ' '.repeat(size - (column % size)) : character;
    column = character === '\n' ? 0 : column + written.length;
    return written;
  }).join('');
}

/** Python's `text.swapcase()`. */
export function swapCase(text: string): string {
  return Array.from(text, (character) =>
    character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase(),
  ).join('');
}
