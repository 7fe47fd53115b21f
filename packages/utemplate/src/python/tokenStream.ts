import { type Token, tokenize } from './tokens.ts';
import { Unparsable } from './unparsable.ts';

/** Names that Python keeps for itself. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** The tokens of a text, of which the parser takes one after the other. */
export class TokenStream {
  readonly source: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  /** @throws Unparsable */
  constructor(source: string) {
    this.source = source;
    this.#tokens = tokenize(source);
  }

  get token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  /** The token behind the next one. */
  get following(): Token | undefined {
    return this.#tokens[this.#next + 1];
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  /** Whether the next token is this operator or keyword. */
  at(text: string): boolean {
    const { kind, text: found } = this.token;
    return found === text && (kind === 'operator' || kind === 'name');
  }

  /** Takes this operator or keyword, if it is next. */
  accept(text: string): boolean {
    const isNext = this.at(text);
    if (isNext) this.#next++;
    return isNext;
  }

  /** @throws Unparsable where something else is next. */
  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`${text} is expected`);
  }

  /** A name that is no keyword. */
  name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' || KEYWORDS.has(text)) throw this.unexpected('a name is expected');
    this.#next++;
    return text;
  }

  atName(): boolean {
    return this.token.kind === 'name' && !KEYWORDS.has(this.token.text);
  }

  /** @throws Unparsable unless this is the end. */
  end(): void {
    if (this.token.kind !== 'end') throw this.unexpected('the end is expected');
  }

  unexpected(what: string): Unparsable {
    const { kind, text, start } = this.token;
    const found = kind === 'end' ? 'this ends here' : `here is ${text}`;
    return new Unparsable(`${what}, and ${found}`, start);
  }
}
