import { getKey } from '../runtime/dict.ts';
import { toText } from '../runtime/text.ts';
import { isMapping } from '../runtime/values.ts';

export type Side = 'both' | 'left' | 'right';

/** The number of code points. */
export function size(text: string): number {
  return hasPairs(text) ? Array.from(text).length : text.length;
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udbff]/.test(text);
}

/** By code points, with negative positions from the end. */
export function slice(text: string, start?: number | null, end?: number | null): string {
  if (start === undefined && end === undefined) return text;
  return hasPairs(text)
    ? Array.from(text)
        .slice(start ?? 0, end ?? undefined)
        .join('')
    : text.slice(start ?? 0, end ?? undefined);
}

export function find(
  text: string,
  part: string,
  from: 'indexOf' | 'lastIndexOf',
  start?: number | null,
  end?: number | null,
): number {
  const total = size(text);
  if ((start ?? 0) > total) return -1;
  const offset = Math.min(total, (start ?? 0) < 0 ? Math.max(0, (start ?? 0) + total) : (start ?? 0));
  const within = slice(text, offset, end);
  const at = within[from](part);
  return at === -1 ? -1 : offset + size(within.slice(0, at));
}

export function count(text: string, part: string): number {
  return part === '' ? size(text) + 1 : text.split(part).length - 1;
}

export function replace(text: string, old: string, replacement: string, count: number): string {
  const pieces = old === '' ? ['', ...text, ''] : text.split(old);
  if (count < 0) return pieces.join(replacement);
  const head = pieces.slice(0, count + 1).join(replacement);
  return pieces.length > count + 1 ? head + old + pieces.slice(count + 1).join(old) : head;
}

export function strip(text: string, chars: string | null, side: Side): string {
  if (chars === null)
    return side === 'both' ? text.trim() : side === 'left' ? text.trimStart() : text.trimEnd();
  const points = Array.from(text);
  let [from, to] = [0, points.length];
  if (side !== 'right') while (from < to && chars.includes(points[from] as string)) from++;
  if (side !== 'left') while (to > from && chars.includes(points[to - 1] as string)) to--;
  return points.slice(from, to).join('');
}

export function splitWords(text: string, limit: number, fromRight: boolean): string[] {
  const words = Array.from(text.matchAll(/\S+/g));
  if (words.length <= limit + 1) return words.map(([word]) => word);
  if (fromRight) {
    const [last, rest] = [
      words.slice(words.length - limit),
      words[words.length - limit - 1] as RegExpMatchArray,
    ];
    return [text.slice(0, (rest.index ?? 0) + rest[0].length), ...last.map(([word]) => word)];
  }
  const [first, rest] = [words.slice(0, limit), words[limit] as RegExpMatchArray];
  return [...first.map(([word]) => word), text.slice(rest.index)];
}

export function splitAt(text: string, mark: string, limit: number, fromRight: boolean): string[] {
  const pieces = text.split(mark);
  if (pieces.length <= limit + 1) return pieces;
  return fromRight
    ? [pieces.slice(0, pieces.length - limit).join(mark), ...pieces.slice(pieces.length - limit)]
    : [...pieces.slice(0, limit), pieces.slice(limit).join(mark)];
}

export function splitLines(text: string, keepEnds = false): string[] {
  const lines =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return keepEnds
    ? [...lines]
    : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

export function partition(text: string, mark: string, from: 'indexOf' | 'lastIndexOf'): string[] {
  const at = text[from](mark);
  if (at === -1) return from === 'indexOf' ? [text, '', ''] : ['', '', text];
  return [text.slice(0, at), mark, text.slice(at + mark.length)];
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = text;
  // What becomes several letters begins with one that is large: 'ß' is 'Ss'.
  const [large = '', ...more] = first.toUpperCase();
  return large + [...more, ...rest].join('').toLowerCase();
}

/** `str.title()`: a word is a run of letters, so that an apostrophe begins another. */
export function titleWords(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => capitalize(word));
}

export function swapCase(text: string): string {
  return Array.from(text, (char) =>
    char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase(),
  ).join('');
}

export function isUpper(text: string): boolean {
  return text.toUpperCase() === text && text.toLowerCase() !== text;
}

export function isLower(text: string): boolean {
  return text.toLowerCase() === text && text.toUpperCase() !== text;
}

export function expandTabs(text: string, tab: number): string {
  let column = 0;
  let result = '';
  for (const char of text) {
    if (char === '\t') {
      const spaces = tab > 0 ? tab - (column % tab) : 0;
      result += ' '.repeat(spaces);
      column += spaces;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

export function translate(text: string, table: unknown): string {
  if (!isMapping(table)) return text;
  return Array.from(text, (char) => {
    const value = getKey(table, char.codePointAt(0));
    if (value === undefined) return char;
    return typeof value === 'number' ? String.fromCodePoint(value) : value === null ? '' : toText(value);
  }).join('');
}

/** MarkupSafe's `striptags()`: comments and tags go, white space becomes one space each, and entities what they stand for. */
export function stripTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return unescapeHtml(bare.trim().replace(/\s+/g, ' '));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\xa0',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  lsaquo: '‹',
  rsaquo: '›',
  bull: '•',
  middot: '·',
  times: '×',
  deg: '°',
  sect: '§',
  para: '¶',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  pound: '£',
  yen: '¥',
  cent: '¢',
};

/** Entities as the characters that they stand for: those with a number, and the names that text usually has. */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));?/g, (all, decimal, hex, name) => {
    if (name !== undefined)
      return (all.endsWith(';') && Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
      ? String.fromCodePoint(code)
      : '\ufffd';
  });
}
