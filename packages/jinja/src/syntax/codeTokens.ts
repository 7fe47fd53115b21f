import { tokenTypes as types } from '../nunjucks.ts';
import { unescapeString } from './pythonString.ts';

export interface CodeToken {
  readonly type: string;
  readonly value: string | number | bigint;
  readonly end: number;
}

const DIGITS = '\\d(?:_?\\d)*';
const FLOAT = new RegExp(`(?<!\\.)${DIGITS}(?:(?:\\.${DIGITS})?e[-+]?${DIGITS}|\\.${DIGITS})`, 'iy');
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{ID_Continue}]+/uy;
const IDENTIFIER = /^[\p{ID_Start}_]/u;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
// `===` and `!==` are nunjucks'; Jinja has no use for them.
const OPERATOR = /===|!==|\*\*|\/\/|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;

const PUNCTUATION: Readonly<Record<string, string>> = {
  '(': types.TOKEN_LEFT_PAREN,
  ')': types.TOKEN_RIGHT_PAREN,
  '[': types.TOKEN_LEFT_BRACKET,
  ']': types.TOKEN_RIGHT_BRACKET,
  '{': types.TOKEN_LEFT_CURLY,
  '}': types.TOKEN_RIGHT_CURLY,
  ',': types.TOKEN_COMMA,
  ':': types.TOKEN_COLON,
  '~': types.TOKEN_TILDE,
  '|': types.TOKEN_PIPE,
};

/** Reads the number, name, string or operator at `at`, where there is no whitespace. */
export function readCodeToken(source: string, at: number, fail: (message: string) => never): CodeToken {
  const float = match(FLOAT, source, at);
  if (float)
    return { type: types.TOKEN_FLOAT, value: Number(float.replaceAll('_', '')), end: at + float.length };
  const integer = match(INTEGER, source, at);
  if (integer) return { type: types.TOKEN_INT, value: toInteger(integer), end: at + integer.length };
  const name = match(NAME, source, at);
  if (name) {
    if (!IDENTIFIER.test(name)) fail('Invalid character in identifier');
    return { type: types.TOKEN_SYMBOL, value: name, end: at + name.length };
  }
  const string = match(STRING, source, at);
  if (string) {
    const value = unescapeString(string.slice(1, -1), fail);
    return { type: types.TOKEN_STRING, value, end: at + string.length };
  }
  const operator = match(OPERATOR, source, at);
  if (operator) {
    return {
      type: PUNCTUATION[operator] ?? types.TOKEN_OPERATOR,
      value: operator,
      end: at + operator.length,
    };
  }
  return fail(`unexpected char '${String.fromCodePoint(source.codePointAt(at) as number)}'`);
}

function match(expression: RegExp, source: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(source)?.[0];
}

/** Python's integers have no bound: beyond what a number can count to, it is a bigint. */
function toInteger(text: string): number | bigint {
  const digits = text.replaceAll('_', '');
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}
