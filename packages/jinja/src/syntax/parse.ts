import type { NodeList, TagExtension } from '../nunjucks.ts';
import type { Delimiters } from './delimiters.ts';
import { Lexer } from './lexer.ts';
import { type ParserOptions, StatementParser } from './statementParser.ts';

export interface ParseOptions extends ParserOptions {
  readonly delimiters: Delimiters;
  readonly extensions: readonly TagExtension[];
}

/** @throws TemplateSyntaxError with the name, line and column, and the line itself */
export function parseTemplate(source: string, name: string, options: ParseOptions): NodeList {
  const parser = new StatementParser(new Lexer(source, name, options.delimiters), name);
  parser.options = options;
  parser.extensions = options.extensions;
  return parser.parseAsRoot();
}
