import { PySyntaxError, TemplateAssertionError, TemplateSyntaxError } from '../errors.ts';
import {
  type Node,
  type NodeClass,
  type NodeList,
  NunjucksParser,
  nunjucksNodes,
  type Token,
  tokenTypes as types,
} from '../nunjucks.ts';
import type { Lexer } from './lexer.ts';
import { locateSyntaxError } from './syntaxErrors.ts';

/** How Jinja names what it did not expect. */
const NAMES: Readonly<Record<string, string>> = {
  [types.TOKEN_BLOCK_END]: 'end of statement block',
  [types.TOKEN_BLOCK_START]: 'begin of statement block',
  [types.TOKEN_VARIABLE_END]: 'end of print statement',
  [types.TOKEN_VARIABLE_START]: 'begin of print statement',
  [types.TOKEN_SYMBOL]: 'name',
  [types.TOKEN_INT]: 'integer',
};

/** What the parts of the parser share: looking at tokens, and saying what is wrong with them. */
export class BaseParser extends NunjucksParser {
  readonly lexer: Lexer;
  readonly name: string;

  constructor(lexer: Lexer, name: string) {
    super(lexer);
    this.lexer = lexer;
    this.name = name;
  }

  /** The next token, which must be there. */
  current(): Token {
    return this.peekToken() ?? this.fail('unexpected end of template');
  }

  isNext(type: string, value?: string): boolean {
    const token = this.peekToken();
    return token !== null && token.type === type && (value === undefined || token.value === value);
  }

  isSymbol(name: string): boolean {
    return this.isNext(types.TOKEN_SYMBOL, name);
  }

  isOperator(value: string): boolean {
    return this.isNext(types.TOKEN_OPERATOR, value);
  }

  /** Takes a token of a type, nunjucks' method with Jinja's words. */
  expect(type: string, value?: string): Token {
    const token = this.peekToken();
    if (token && this.isNext(type, value)) return this.nextToken() as Token;
    const wanted = value ?? NAMES[type] ?? type;
    if (!token) return this.fail(`unexpected end of template, expected '${wanted}'.`);
    return this.fail(`expected token '${wanted}', got '${describe(token)}'`, token.lineno, token.colno);
  }

  expectSymbol(value?: string): string {
    return this.expect(types.TOKEN_SYMBOL, value).value as string;
  }

  unexpected(token: Token | null): never {
    if (!token) return this.fail('unexpected end of template');
    return this.fail(`unexpected '${describe(token)}'`, token.lineno, token.colno);
  }

  override error(message: string, lineno?: number, colno?: number): TemplateSyntaxError {
    return this.#locate(new TemplateSyntaxError(message), lineno, colno);
  }

  failAssertion(message: string, at: { lineno: number; colno: number }): never {
    throw this.#locate(new TemplateAssertionError(message), at.lineno, at.colno);
  }

  /** What Jinja leaves to Python to find out. */
  failPython(message: string, at: { lineno: number; colno: number }): never {
    throw this.#locate(new PySyntaxError(message), at.lineno, at.colno);
  }

  #locate(error: TemplateSyntaxError, lineno?: number, colno?: number): TemplateSyntaxError {
    const place = lineno === undefined ? (this.peeked ?? this.lexer.end()) : { lineno, colno: colno ?? 0 };
    return locateSyntaxError(error, this.name, this.lexer.source, place.lineno + 1, place.colno + 1);
  }

  node(kind: NodeClass | string, at: { lineno: number; colno: number }, ...fields: unknown[]): Node {
    const NodeOfKind = typeof kind === 'string' ? (nunjucksNodes[kind] as NodeClass) : kind;
    return new NodeOfKind(at.lineno, at.colno, ...fields);
  }

  nodeList(at: { lineno: number; colno: number }, children: Node[]): NodeList {
    return this.node('NodeList', at, children) as NodeList;
  }
}

export function describe(token: Token): string {
  return token.type === types.TOKEN_SYMBOL ? String(token.value) : (NAMES[token.type] ?? String(token.value));
}
