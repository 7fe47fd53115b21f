import { Lexer } from 'py-ast';
import type { LineTable } from './lines.ts';
import { prepare } from './prepare.ts';

/** A token of a Python source. */
export interface Token {
  /** As the parser calls it: `NAME`, `STRING`, `COMMENT`, `LPAR`, `NEWLINE`, ... */
  type: string;
  text: string;
  start: number;
  end: number;
}

/** All tokens of a source, comments among them. */
export function tokensOf(source: string, lines: LineTable): Token[] {
  const { text, offsetOf } = prepare(source, lines);
  return new Lexer(text).tokenize().map((token) => {
    const start = offsetOf(token.lineno, token.col_offset);
    const end = offsetOf(token.end_lineno, token.end_col_offset);
    return { type: token.type, text: source.slice(start, end), start, end };
  });
}
