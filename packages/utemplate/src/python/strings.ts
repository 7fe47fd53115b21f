import type { Token } from './tokens.ts';
import { Unparsable, untranslated } from './unparsable.ts';

const START = /([a-zA-Z]{0,2})('''|"""|'|")/y;

/** The string literal at an offset, if there is one. */
export function stringToken(source: string, start: number): Token | undefined {
  START.lastIndex = start;
  const [opening, letters = '', quote = ''] = START.exec(source) ?? [];
  if (opening === undefined) return undefined;
  const prefix = letters.toLowerCase();
  if (!/^(?:r|u|f|rf|fr|b|rb|br|)$/.test(prefix)) return undefined;
  if (prefix.includes('b')) throw untranslated('bytes', 'write a string', start);
  const from = start + opening.length;
  const end = endOf(source, quote, from);
  if (end === -1) throw new Unparsable('a string that does not end', start);
  const text = source.slice(from, end - quote.length);
  const isRaw = prefix.includes('r');
  if (prefix.includes('f')) return { kind: 'fstring', text, start, end, value: isRaw };
  return { kind: 'string', text, start, end, value: isRaw ? text : unescapePython(text, from) };
}

/** Where a string ends, its quotes included; -1 where it does not. */
function endOf(source: string, quote: string, from: number): number {
  for (let i = from; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith(quote, i)) return i + quote.length;
  }
  return -1;
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * What a string says, as the Python Language Reference 2.4.1.1 has its escapes: those that it does not know are left as
 * they are.
 *
 * @param offset where in the expression the text is.
 * @throws Unparsable
 */
export function unescapePython(text: string, offset: number): string {
  return text.replace(ESCAPE, (whole, octal, x, u, U, other, at: number) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const hex: string | undefined = x ?? u ?? U;
    if (hex === undefined) return escaped(other, whole, offset + at);
    const code = Number.parseInt(hex, 16);
    if (code > 0x10ffff) throw new Unparsable(`there is no character ${whole}`, offset + at);
    return String.fromCodePoint(code);
  });
}

function escaped(letter: string, whole: string, at: number): string {
  if (Object.hasOwn(SIMPLE, letter)) return SIMPLE[letter] as string;
  if (letter === 'N') throw untranslated('\\N{...}', 'write the character itself', at);
  if (/[xuU]/.test(letter)) throw new Unparsable(`\\${letter} with too few digits behind it`, at);
  return whole;
}
