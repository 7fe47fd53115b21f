import { TemplateSyntaxError } from '../errors.ts';
import { type Token, type TokenSource, tokenTypes as types } from '../nunjucks.ts';
import { readCodeToken } from './codeTokens.ts';
import type { Delimiters, Kind } from './delimiters.ts';
import { locateSyntaxError } from './syntaxErrors.ts';

const KINDS: readonly Kind[] = ['raw', 'block', 'variable', 'comment', 'lineStatement', 'lineComment'];
const CLOSERS: ReadonlyMap<unknown, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

type State = 'data' | 'block' | 'variable' | 'lineStatement';

/**
 * Splits a template into the tokens of nunjucks' parser, by Jinja's rules: signs beside delimiters, `raw`, line statements, and
 * numbers and strings as Python writes them, which nunjucks' own lexer does not have.
 */
export class Lexer implements TokenSource {
  readonly source: string;
  readonly #name: string;
  readonly #rules: Delimiters;
  readonly #pending: Token[] = [];
  /** Brackets that are open: what looks like the end of a tag within them is none. */
  readonly #open: string[] = [];
  #last: { lineno: number; colno: number } = { lineno: 0, colno: 0 };
  #state: State = 'data';
  #at = 0;
  #line = 0;
  #lineStart = 0;
  #counted = 0;
  #isLineStart = true;

  constructor(source: string, name: string, rules: Delimiters) {
    const text = source.replace(/\r\n?/g, '\n');
    this.source = rules.keepTrailingNewline || !text.endsWith('\n') ? text : text.slice(0, -1);
    this.#name = name;
    this.#rules = rules;
  }

  nextToken(): Token | null {
    for (;;) {
      const token = this.#pending.shift();
      if (token) return this.#seen(token);
      if (this.#at >= this.source.length && this.#state !== 'lineStatement') return null;
      if (this.#state === 'data') this.#readData();
      else {
        const code = this.#readCode(this.#state);
        return code && this.#seen(code);
      }
    }
  }

  #seen(token: Token): Token {
    this.#last = token;
    return token;
  }

  /** The position of what came last, for errors about a template that ends too early. */
  end(): { lineno: number; colno: number } {
    return this.#last;
  }

  #readData(): void {
    const { tag } = this.#rules;
    tag.lastIndex = this.#at;
    const match = tag.exec(this.source);
    if (!match) {
      this.#pushData(this.source.slice(this.#at));
      this.#at = this.source.length;
      return;
    }
    const groups = match.groups as Partial<Record<string, string>>;
    const kind = KINDS.find((name) => groups[name] !== undefined) as Kind;
    this.#pushData(
      this.#strip(this.source.slice(this.#at, match.index), groups[`${kind}Sign`] ?? '', kind !== 'variable'),
    );
    this.#advance(match.index + match[0].length);
    if (kind === 'raw') this.#readRaw();
    else if (kind === 'comment') this.#skipComment();
    else if (kind === 'lineComment') this.#advance(endOfLine(this.source, this.#at));
    else this.#enter(kind, match);
  }

  #enter(kind: 'block' | 'variable' | 'lineStatement', match: RegExpExecArray): void {
    this.#state = kind;
    const type = kind === 'variable' ? types.TOKEN_VARIABLE_START : types.TOKEN_BLOCK_START;
    this.#pending.push({ type, value: '', ...this.#position(match.index) });
  }

  /** The text before a tag, as the sign beside the tag and `lstripBlocks` want it. */
  #strip(text: string, sign: string, isBlock: boolean): string {
    if (sign === '-') return text.trimEnd();
    if (sign === '+' || !this.#rules.lstripBlocks || !isBlock) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart === 0 && !this.#isLineStart) return text;
    return text.slice(lineStart).trim() === '' ? text.slice(0, lineStart) : text;
  }

  #pushData(text: string): void {
    if (text !== '') {
      this.#pending.push({ type: types.TOKEN_DATA, value: text, ...this.#position(this.#at) });
    }
  }

  #readRaw(): void {
    const { rawEnd } = this.#rules;
    rawEnd.lastIndex = this.#at;
    const match = rawEnd.exec(this.source);
    // At the very end of a template nothing is missing, as in Jinja.
    if (!match && this.#at >= this.source.length) return;
    if (!match) this.#fail('Missing end of raw directive', this.#at);
    this.#pushData(this.#strip(this.source.slice(this.#at, match.index), match[1] ?? '', true));
    this.#advance(rawEnd.lastIndex);
  }

  #skipComment(): void {
    const { commentEnd } = this.#rules;
    if (this.#at >= this.source.length) return;
    commentEnd.lastIndex = this.#at;
    if (!commentEnd.test(this.source)) this.#fail('Missing end of comment tag', this.#at);
    this.#advance(commentEnd.lastIndex);
  }

  #readCode(state: Exclude<State, 'data'>): Token | null {
    const { source } = this;
    const end = this.#open.length === 0 ? this.#matchEnd(state) : undefined;
    if (end !== undefined) {
      const type = state === 'variable' ? types.TOKEN_VARIABLE_END : types.TOKEN_BLOCK_END;
      const token = { type, value: '', ...this.#position(this.#at) };
      this.#advance(end);
      this.#state = 'data';
      return token;
    }
    const space = /\s+/y;
    space.lastIndex = this.#at;
    if (space.test(source)) {
      this.#at = space.lastIndex;
      return this.nextToken();
    }
    const start = this.#at;
    const read = readCodeToken(source, start, (message) => this.#fail(message, start));
    this.#at = read.end;
    this.#balance(read.value, read.type, start);
    return { type: read.type, value: read.value, ...this.#position(start) };
  }

  #matchEnd(state: Exclude<State, 'data'>): number | undefined {
    const end = this.#rules[`${state}End`];
    end.lastIndex = this.#at;
    return end.test(this.source) ? end.lastIndex : undefined;
  }

  #balance(value: Token['value'], type: string, start: number): void {
    if (type === types.TOKEN_STRING) return;
    const closer = CLOSERS.get(value);
    if (closer !== undefined) this.#open.push(closer);
    else if (value === ')' || value === ']' || value === '}') {
      const expected = this.#open.pop();
      if (expected === undefined) this.#fail(`unexpected '${value}'`, start);
      if (expected !== value) this.#fail(`unexpected '${value}', expected '${expected}'`, start);
    }
  }

  #advance(to: number): void {
    this.#isLineStart = to > 0 && this.source[to - 1] === '\n';
    this.#at = to;
  }

  /** Counts lines as it goes, so that positions must be asked for in order. */
  #position(at: number): { lineno: number; colno: number } {
    for (let next = this.source.indexOf('\n', this.#counted); next !== -1 && next < at; ) {
      this.#line++;
      this.#lineStart = next + 1;
      this.#counted = next + 1;
      next = this.source.indexOf('\n', this.#counted);
    }
    return { lineno: this.#line, colno: Math.max(0, at - this.#lineStart) };
  }

  #fail(message: string, at: number): never {
    const { lineno, colno } = this.#position(at);
    throw locateSyntaxError(new TemplateSyntaxError(message), this.#name, this.source, lineno + 1, colno + 1);
  }
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}
