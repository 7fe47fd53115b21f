import { PythonError } from '../errors.ts';
import { isPlain, slice } from './items.ts';
import { iterate } from './iterate.ts';
import type { Method } from './method.ts';
import { toIndex } from './numbers.ts';
import { toText } from './text.ts';
import { isNone, Tuple, typeName } from './values.ts';

/** The methods of `str`, but for `format`, which needs all the others. */
export const strMethods: Readonly<Record<string, Method<string>>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase().replaceAll('ß', 'ss'),
  capitalize: (text) => capitalized(text),
  title: (text) => text.replace(/\p{L}+/gu, capitalized),
  swapcase: (text) =>
    text.replace(/\p{L}/gu, (letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    ),
  strip: (text, [characters]) => stripped(text, characters, true, true),
  lstrip: (text, [characters]) => stripped(text, characters, true, false),
  rstrip: (text, [characters]) => stripped(text, characters, false, true),
  removeprefix: (text, [prefix]) =>
    text.startsWith(toText(prefix)) ? text.slice(toText(prefix).length) : text,
  removesuffix: (text, [suffix]) =>
    toText(suffix) !== '' && text.endsWith(toText(suffix)) ? text.slice(0, -toText(suffix).length) : text,
  startswith: (text, [prefix, ...range]) => anyOf(prefix, (one) => part(text, range).startsWith(one)),
  endswith: (text, [suffix, ...range]) => anyOf(suffix, (one) => part(text, range).endsWith(one)),
  find: (text, [what, ...range]) => position(text, what, range, 'indexOf'),
  rfind: (text, [what, ...range]) => position(text, what, range, 'lastIndexOf'),
  index: (text, [what, ...range]) => found(position(text, what, range, 'indexOf')),
  rindex: (text, [what, ...range]) => found(position(text, what, range, 'lastIndexOf')),
  count: (text, [what, ...range]) => occurrences(part(text, range), toText(what)),
  replace: (text, [from, to, count], named) =>
    replaced(text, toText(from), toText(to), count ?? named.get('count')),
  join: (text, [items]) => joined(text, items),
  split: (text, [separator, limit], named) =>
    split(text, separator ?? named.get('sep'), limit ?? named.get('maxsplit')),
  rsplit: (text, [separator, limit], named) =>
    rsplit(text, separator ?? named.get('sep'), limit ?? named.get('maxsplit')),
  splitlines: (text, [keeps], named) => lines(text, Boolean(keeps ?? named.get('keepends'))),
  partition: (text, [separator]) =>
    partition(text, toText(separator), text.indexOf(toText(separator)), false),
  rpartition: (text, [separator]) =>
    partition(text, toText(separator), text.lastIndexOf(toText(separator)), true),
  center: (text, [width, fill]) => centered(text, missing(text, width), filling(fill)),
  ljust: (text, [width, fill]) => text + filling(fill).repeat(missing(text, width)),
  rjust: (text, [width, fill]) => filling(fill).repeat(missing(text, width)) + text,
  zfill: (text, [width]) => text.replace(/^[-+]?/, (sign) => sign + '0'.repeat(missing(text, width))),
  expandtabs: (text, [size]) => expanded(text, isNone(size) ? 8 : toIndex(size)),
  isdigit: (text) => /^[\p{Nd}\u00b2\u00b3\u00b9]+$/u.test(text),
  isdecimal: (text) => /^\p{Nd}+$/u.test(text),
  isnumeric: (text) => /^\p{N}+$/u.test(text),
  isalpha: (text) => /^\p{L}+$/u.test(text),
  isalnum: (text) => /^[\p{L}\p{N}]+$/u.test(text),
  isascii: (text) => /^[\0-\x7f]*$/.test(text),
  isspace: (text) => /^[\s\x1c-\x1f\x85]+$/.test(text),
  isupper: (text) => text !== text.toLowerCase() && text === text.toUpperCase(),
  islower: (text) => text !== text.toUpperCase() && text === text.toLowerCase(),
  istitle: (text) => /\p{L}/u.test(text) && text === text.replace(/\p{L}+/gu, capitalized),
  isidentifier: (text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text),
};

function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

function stripped(text: string, characters: unknown, left: boolean, right: boolean): string {
  if (isNone(characters)) return left ? (right ? text.trim() : text.trimStart()) : text.trimEnd();
  const set = new Set(toText(characters));
  const all = [...text];
  let [from, to] = [0, all.length];
  while (left && from < to && set.has(all[from] as string)) from++;
  while (right && to > from && set.has(all[to - 1] as string)) to--;
  return all.slice(from, to).join('');
}

/** What `start` and `end` leave of a text. */
function part(text: string, range: readonly unknown[]): string {
  return range.length === 0 ? text : (slice(text, range[0], range[1], null) as string);
}

function anyOf(one: unknown, test: (text: string) => boolean): boolean {
  return one instanceof Tuple ? one.items.some((item) => test(toText(item))) : test(toText(one));
}

function position(
  text: string,
  what: unknown,
  range: readonly unknown[],
  method: 'indexOf' | 'lastIndexOf',
): number {
  const at = part(text, range)[method](toText(what));
  const start = isNone(range[0]) ? 0 : toIndex(range[0]);
  const characters = isPlain(text) ? at : [...part(text, range).slice(0, Math.max(at, 0))].length;
  if (at === -1) return -1;
  return characters + (start < 0 ? Math.max(start + [...text].length, 0) : start);
}

function found(at: number): number {
  if (at === -1) throw new PythonError('ValueError', 'substring not found');
  return at;
}

function occurrences(text: string, what: string): number {
  return what === '' ? [...text].length + 1 : text.split(what).length - 1;
}

function replaced(text: string, from: string, to: string, count: unknown): string {
  const limit = isNone(count) || toIndex(count) < 0 ? Number.POSITIVE_INFINITY : toIndex(count);
  // Nothing is between all characters, and at both ends.
  const parts = from === '' ? ['', ...text, ''] : text.split(from);
  if (parts.length <= limit + 1) return parts.join(to);
  return [...parts.slice(0, limit), parts.slice(limit).join(from)].join(to);
}

function joined(separator: string, items: unknown): string {
  const texts: string[] = [];
  for (const item of iterate(items)) {
    if (typeof item === 'string') texts.push(item);
    else texts.push(joinable(item, texts.length));
  }
  return texts.join(separator);
}

function joinable(item: unknown, index: number): string {
  try {
    return toText(item);
  } catch {
    throw new PythonError(
      'TypeError',
      `sequence item ${index}: expected str instance, ${typeName(item)} found`,
    );
  }
}

function split(text: string, separator: unknown, limit: unknown): string[] {
  const max = isNone(limit) || toIndex(limit) < 0 ? Number.POSITIVE_INFINITY : toIndex(limit);
  if (isNone(separator)) return words(text, max);
  const by = divider(separator);
  const parts = text.split(by);
  return parts.length <= max + 1 ? parts : [...parts.slice(0, max), parts.slice(max).join(by)];
}

function words(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.trimStart();
  while (rest !== '' && parts.length < max) {
    const end = rest.search(/\s|$/);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function rsplit(text: string, separator: unknown, limit: unknown): string[] {
  const max = isNone(limit) || toIndex(limit) < 0 ? Number.POSITIVE_INFINITY : toIndex(limit);
  if (isNone(separator)) {
    const mirrored = words([...text].reverse().join(''), max);
    return mirrored.map((word) => [...word].reverse().join('')).reverse();
  }
  const by = divider(separator);
  const parts = text.split(by);
  const first = parts.length - max;
  return first <= 1 ? parts : [parts.slice(0, first).join(by), ...parts.slice(first)];
}

function divider(separator: unknown): string {
  const text = toText(separator);
  if (text === '') throw new PythonError('ValueError', 'empty separator');
  return text;
}

function lines(text: string, keeps: boolean): string[] {
  const all =
    text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
  const found = all.filter((line) => line !== '');
  return keeps
    ? found
    : found.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

function partition(text: string, separator: string, at: number, fromRight: boolean): Tuple {
  divider(separator);
  if (at === -1) return new Tuple(fromRight ? ['', '', text] : [text, '', '']);
  return new Tuple([text.slice(0, at), separator, text.slice(at + separator.length)]);
}

function missing(text: string, width: unknown): number {
  const columns = toIndex(width);
  if (columns > 100_000) throw new PythonError('ValueError', 'a width is at most 100000');
  return Math.max(0, columns - [...text].length);
}

function filling(fill: unknown): string {
  const text = isNone(fill) ? ' ' : toText(fill);
  if ([...text].length === 1) return text;
  throw new PythonError('TypeError', 'The fill character must be exactly one character long');
}

/** As CPython does it: what is left over goes to the left where the width is odd, and else to the right. */
function centered(text: string, count: number, fill: string): string {
  const width = [...text].length + count;
  const left = Math.floor(count / 2) + (count & width & 1);
  return fill.repeat(left) + text + fill.repeat(count - left);
}

function expanded(text: string, size: number): string {
  let column = 0;
  return text.replace(/\t|\r|\n|[^\t\r\n]/gu, (character) => {
    if (character === '\n' || character === '\r') column = 0;
    else if (character !== '\t') column++;
    else {
      const spaces = size > 0 ? size - (column % size) : 0;
      column += spaces;
      return ' '.repeat(spaces);
    }
    return character;
  });
}
