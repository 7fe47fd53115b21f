import type { DictEntry, Expression, FormattedPart, Starred } from './ast.ts';
import { formattedParts } from './formattedParts.ts';
import { toFloat } from './numbers.ts';
import { ParameterParser } from './parameterParser.ts';
import type { Token } from './tokens.ts';
import { Unparsable, untranslated } from './unparsable.ts';

const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/** What stands for itself, and what is put in brackets. */
export abstract class AtomParser extends ParameterParser {
  atom(): Expression {
    const { kind, text, start } = this.token;
    switch (kind) {
      case 'number':
        return numberOf(this.take());
      case 'string':
      case 'fstring':
        return this.#strings();
      case 'name':
        if (Object.hasOwn(CONSTANTS, text)) {
          this.take();
          return { type: 'constant', value: CONSTANTS[text] as boolean | null };
        }
        return this.#name();
      default:
        if (this.accept('(')) return this.#parenthesized();
        if (this.accept('[')) return this.#list();
        if (this.accept('{')) return this.#braced();
        if (text === '...' || text === '.') throw untranslated('...', 'write None', start);
        throw this.unexpected('an expression is expected');
    }
  }

  #name(): Expression {
    if (!this.atName()) throw this.unexpected('an expression is expected');
    return { type: 'name', name: this.name() };
  }

  /** Strings that follow each other are one. */
  #strings(): Expression {
    const parts: FormattedPart[] = [];
    while (this.token.kind === 'string' || this.token.kind === 'fstring') {
      const { kind, text, value, start } = this.take();
      if (kind === 'string') parts.push(value as string);
      else
        parts.push(
          ...formattedParts(text, value as boolean, start, (inner) => this.parseWithin(inner, start)),
        );
    }
    if (parts.every((part) => typeof part === 'string')) return { type: 'constant', value: parts.join('') };
    return { type: 'formatted', parts };
  }

  #parenthesized(): Expression {
    if (this.accept(')')) return { type: 'tuple', items: [] };
    const first = this.element();
    if (this.atClause()) {
      const generator = this.comprehension('generator', first);
      this.expect(')');
      return generator;
    }
    if (first.type !== 'starred' && this.accept(')')) return first;
    return { type: 'tuple', items: this.#items(first, ')') };
  }

  #list(): Expression {
    if (this.accept(']')) return { type: 'list', items: [] };
    const first = this.element();
    if (!this.atClause()) return { type: 'list', items: this.#items(first, ']') };
    const list = this.comprehension('list', first);
    this.expect(']');
    return list;
  }

  /** The rest of a tuple, a list or a set. */
  #items(first: Expression | Starred, close: string): (Expression | Starred)[] {
    const items = [first];
    while (this.accept(',') && !this.at(close)) items.push(this.element());
    this.expect(close);
    return items;
  }

  /** A dict, or a set. */
  #braced(): Expression {
    if (this.accept('}')) return { type: 'dict', entries: [] };
    if (this.at('**')) return this.#dict([]);
    const first = this.element();
    if (first.type === 'starred' || !this.at(':')) {
      if (!this.atClause()) return { type: 'set', items: this.#items(first, '}') };
      const set = this.comprehension('set', first);
      this.expect('}');
      return set;
    }
    this.expect(':');
    const value = this.expression();
    if (this.atClause()) {
      const dict = this.comprehension('dict', first, value);
      this.expect('}');
      return dict;
    }
    const entries = [{ key: first, value }];
    if (!this.accept(',')) {
      this.expect('}');
      return { type: 'dict', entries };
    }
    return this.#dict(entries);
  }

  #dict(entries: DictEntry[]): Expression {
    while (!this.at('}')) {
      if (this.accept('**')) entries.push({ key: null, value: this.binary() });
      else {
        const key = this.expression();
        this.expect(':');
        entries.push({ key, value: this.expression() });
      }
      if (!this.accept(',')) break;
    }
    this.expect('}');
    return { type: 'dict', entries };
  }
}

function numberOf({ text, start }: Token): Expression {
  const digits = text.replaceAll('_', '');
  const isFloat = /[.eE]/.test(digits) && !/^0x/i.test(digits);
  const value = Number(digits);
  if (isFloat) return { type: 'constant', value: toFloat(value) };
  if (!Number.isSafeInteger(value))
    throw new Unparsable(`${text} is beyond 2**53, where this ends`, start, true);
  return { type: 'constant', value };
}
