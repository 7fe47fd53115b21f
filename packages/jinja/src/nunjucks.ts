// @ts-expect-error: nunjucks comes without types. What is used of it is declared here.
import untyped from 'nunjucks';

/** What a lexer gives a parser. Lines and columns count from 0, as nunjucks has it. */
export interface Token {
  readonly type: string;
  readonly value: string | number | bigint;
  readonly lineno: number;
  readonly colno: number;
}

export interface TokenSource {
  nextToken(): Token | null;
}

/** The kinds of tokens that the parser is interested in, by the names of nunjucks' lexer. */
export interface TokenTypes {
  readonly TOKEN_STRING: string;
  readonly TOKEN_DATA: string;
  readonly TOKEN_BLOCK_START: string;
  readonly TOKEN_BLOCK_END: string;
  readonly TOKEN_VARIABLE_START: string;
  readonly TOKEN_VARIABLE_END: string;
  readonly TOKEN_LEFT_PAREN: string;
  readonly TOKEN_RIGHT_PAREN: string;
  readonly TOKEN_LEFT_BRACKET: string;
  readonly TOKEN_RIGHT_BRACKET: string;
  readonly TOKEN_LEFT_CURLY: string;
  readonly TOKEN_RIGHT_CURLY: string;
  readonly TOKEN_OPERATOR: string;
  readonly TOKEN_COMMA: string;
  readonly TOKEN_COLON: string;
  readonly TOKEN_TILDE: string;
  readonly TOKEN_PIPE: string;
  readonly TOKEN_INT: string;
  readonly TOKEN_FLOAT: string;
  readonly TOKEN_SYMBOL: string;
}

/** A node of the syntax tree. `fields` names those that belong to a kind of node. */
export interface Node {
  readonly typename: string;
  readonly fields: readonly string[];
  lineno: number;
  colno: number;
}

export interface NodeList extends Node {
  children: Node[];
}

export interface NodeClass {
  new (lineno: number, colno: number, ...fields: unknown[]): Node;
  extend(name: string, members?: { readonly fields: readonly string[] }): NodeClass;
}

export type NodeClasses = Readonly<Record<string, NodeClass>>;

/** nunjucks' parser, as far as it is inherited. */
export interface ParserBase {
  tokens: TokenSource;
  peeked: Token | null;
  breakOnBlocks: string[] | null;
  extensions: readonly TagExtension[];
  nextToken(): Token | null;
  peekToken(): Token | null;
  pushToken(token: Token | null): void;
  skip(type: string): boolean;
  skipValue(type: string, value: string): boolean;
  skipSymbol(name: string): boolean;
  fail(message: string, lineno?: number, colno?: number): never;
  error(message: string, lineno?: number, colno?: number): Error;
  parseStatement(): Node | null;
  parseSwitch(): Node;
  parseUntilBlocks(...names: string[]): NodeList;
  parseNodes(): Node[];
  parseAsRoot(): NodeList;
}

/** nunjucks' compiler, as far as it is inherited. */
export interface CompilerBase {
  lastId: number;
  _emit(code: string): void;
  _emitLine(code: string): void;
  _tmpid(): string;
  compile(node: Node, scope: unknown): void;
  getCode(): string;
}

/** A tag of one's own, as nunjucks has them: https://mozilla.github.io/nunjucks/api.html#custom-tags */
export interface TagExtension {
  tags?: readonly string[];
  preprocess?(source: string, name?: string): string;
  autoescape?: boolean;
  parse?(parser: object, nodes: object, lexer: object): unknown;
}

/** What a loader finds. */
export interface LoadedSource {
  readonly src: string | { readonly type: string; readonly obj: unknown };
  readonly path: string;
  readonly noCache?: boolean;
  /** Beside nunjucks' interface: whether it is still what the loader would give. */
  isCurrent?(): boolean;
}

/** Where templates come from: nunjucks' own interface, so that its loaders, and those written for it, will do. */
export interface Loader {
  readonly async?: boolean;
  getSource(
    name: string,
    callback?: (error: Error | null, source?: LoadedSource | null) => void,
  ): LoadedSource | null | undefined | PromiseLike<LoadedSource | null | undefined>;
  on?(event: string, listener: (name: string) => void): unknown;
}

/** A string that is not escaped again. */
export interface SafeString {
  readonly val: string;
  readonly length: number;
  toString(): string;
}

export type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/** nunjucks' registry of filters, tests, globals, extensions and loaders. */
export interface EnvironmentBase {
  readonly filters: Record<string, AnyFunction>;
  readonly tests: Record<string, AnyFunction>;
  readonly globals: Record<string, unknown>;
  readonly asyncFilters: readonly string[];
  readonly extensions: Readonly<Record<string, TagExtension>>;
  readonly extensionsList: readonly TagExtension[];
  readonly loaders: readonly Loader[];
  addFilter(name: string, filter: AnyFunction, isAsync?: boolean): unknown;
  addTest(name: string, test: AnyFunction): unknown;
  addGlobal(name: string, value: unknown): unknown;
  addExtension(name: string, extension: TagExtension): unknown;
  getExtension(name: string): TagExtension | undefined;
}

interface Nunjucks {
  readonly Environment: new (loaders: readonly Loader[], options: object) => EnvironmentBase;
  readonly parser: { readonly Parser: new (tokens: TokenSource) => ParserBase };
  readonly compiler: { readonly Compiler: new (name: string, throwOnUndefined: boolean) => CompilerBase };
  readonly lexer: TokenTypes;
  readonly nodes: NodeClasses;
  readonly runtime: { readonly SafeString: new (value: string | SafeString) => SafeString };
}

const typed: Nunjucks = untyped;

export const NunjucksEnvironment: Nunjucks['Environment'] = typed.Environment;
export const NunjucksParser: Nunjucks['parser']['Parser'] = typed.parser.Parser;
export const NunjucksCompiler: Nunjucks['compiler']['Compiler'] = typed.compiler.Compiler;
export const NunjucksSafeString: Nunjucks['runtime']['SafeString'] = typed.runtime.SafeString;
export const tokenTypes: TokenTypes = typed.lexer;
export const nunjucksNodes: NodeClasses = typed.nodes;
