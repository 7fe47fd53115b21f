import type { Expression, FormattedPart } from './ast.ts';
import { unescapePython } from './strings.ts';
import { Unparsable, untranslated } from './unparsable.ts';

/**
 * The text and the expressions of an f-string.
 *
 * @param text what is between its quotes.
 * @param offset where the string is, for errors.
 * @param parse what parses an expression of it.
 * @throws Unparsable
 */
export function formattedParts(
  text: string,
  isRaw: boolean,
  offset: number,
  parse: (text: string) => Expression,
): FormattedPart[] {
  const parts: FormattedPart[] = [];
  let at = 0;
  while (at < text.length) {
    const brace = text.slice(at).search(/[{}]/);
    const end = brace === -1 ? text.length : at + brace;
    if (end > at) parts.push(isRaw ? text.slice(at, end) : unescapePython(text.slice(at, end), offset));
    if (brace === -1) break;
    if (text[end] === text[end + 1]) {
      parts.push(text[end] as string);
      at = end + 2;
    } else if (text[end] === '}') {
      throw new Unparsable('a single } in an f-string; write }}', offset);
    } else {
      const close = closingBrace(text, end, offset);
      parts.push(field(text.slice(end + 1, close), offset, parse, isRaw));
      at = close + 1;
    }
  }
  return parts;
}

/** `value!r:>10`. */
function field(
  text: string,
  offset: number,
  parse: (text: string) => Expression,
  isRaw: boolean,
): FormattedPart {
  const [, expression = '', conversion = '', format = ''] = split(text, offset);
  if (/=\s*$/.test(expression) && !/[=!<>]=\s*$/.test(expression)) {
    throw untranslated('= at the end of an expression in an f-string', 'write the name before it', offset);
  }
  if (expression.trim() === '') throw new Unparsable('an f-string with nothing between { and }', offset);
  return {
    value: parse(expression),
    conversion,
    format: formattedParts(format, isRaw, offset, parse),
  };
}

/** Where the expression ends: at `!r` or `:` that is in no bracket and no string. */
function split(text: string, offset: number): [string, string, string, string] {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (`'"`.includes(character)) i = text.indexOf(character, i + 1);
    if (i === -1) throw new Unparsable('a string that does not end in an f-string', offset);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && character === ':') return [text, text.slice(0, i), '', text.slice(i + 1)];
    else if (depth === 0 && character === '!' && text[i + 1] !== '=') {
      const [, conversion, , format = ''] = /^([rsa])(:(.*))?$/s.exec(text.slice(i + 1)) ?? [];
      if (!conversion) throw new Unparsable('! in an f-string is followed by r, s or a', offset);
      return [text, text.slice(0, i), conversion, format];
    }
  }
  return [text, text, '', ''];
}

function closingBrace(text: string, open: number, offset: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const character = text[i] as string;
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i;
  }
  throw new Unparsable('{ in an f-string is never closed', offset);
}
