import { stringToken } from './strings.ts';
import { Unparsable, untranslated } from './unparsable.ts';

/** A token of a Python expression. `start` and `end` are offsets in its text. */
export interface Token {
  readonly kind: 'number' | 'string' | 'fstring' | 'name' | 'operator' | 'end';
  /** The token as it is written; of an f-string, what is between the quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a string, what it says; of an f-string, whether it is a raw one. */
  readonly value?: string | boolean;
}

const SPACE = /[ \t\f\n]*/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*\.?(?:[eE][+-]?\d(?:_?\d)*)?/y;
const OPERATOR =
  /\*\*=|\/\/=|<<=|>>=|\*\*|\/\/|<<|>>|==|!=|<=|>=|:=|->|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|[-+*/%@&|^~<>()[\]{},:.=;]/y;

/**
 * Splits a Python expression, or a simple statement, into tokens.
 *
 * @throws Unparsable
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(SPACE, source, at)?.length ?? 0;
    if (at >= source.length) break;
    const token = nextToken(source, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: source.trimEnd().length, end: source.length });
  return tokens;
}

function nextToken(source: string, start: number): Token {
  const string = stringToken(source, start);
  if (string) return string;
  const name = match(NAME, source, start);
  if (name !== undefined) return { kind: 'name', text: name, start, end: start + name.length };
  const number = match(NUMBER, source, start);
  if (number) return numberToken(source, number, start);
  const operator = match(OPERATOR, source, start);
  if (operator !== undefined) {
    return { kind: 'operator', text: operator, start, end: start + operator.length };
  }
  const character = String.fromCodePoint(source.codePointAt(start) as number);
  if (character === '#') throw untranslated('a comment', 'leave it out', start);
  throw new Unparsable(`Python has no ${JSON.stringify(character)} here`, start);
}

function numberToken(source: string, text: string, start: number): Token {
  const end = start + text.length;
  if (/[jJ]/.test(source[end] ?? '')) throw untranslated('a complex number', 'use two numbers', start);
  if (/^0\d*[1-9]\d*$/.test(text) || /\w/.test(source[end] ?? '')) {
    throw new Unparsable(`${text}${source[end] ?? ''} is not a number`, start);
  }
  return { kind: 'number', text, start, end };
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
