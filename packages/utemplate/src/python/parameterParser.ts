import type { Arguments, Expression, Parameter, Parameters, Starred } from './ast.ts';
import { ComprehensionParser } from './comprehensionParser.ts';
import { Unparsable } from './unparsable.ts';

/** The parameters of a lambda or a template, and the arguments of a call. */
export abstract class ParameterParser extends ComprehensionParser {
  /**
   * `a, b=1, *rest, c, **more`, with `/` and `*` alone.
   *
   * @param end what is behind them; nothing of it is taken.
   * @throws Unparsable
   */
  parameters(end: string): Parameters {
    let list: Parameter[] = [];
    let rest: string | undefined;
    let keywords: string | undefined;
    let kind: Parameter['kind'] = 'either';
    while (!this.at(end) && this.token.kind !== 'end') {
      if (this.accept('**')) keywords = this.name();
      else if (this.accept('/')) list = list.map((one) => ({ ...one, kind: 'positional' }));
      else if (this.accept('*')) {
        kind = 'keyword';
        if (this.atName()) rest = this.name();
      } else list.push(this.#parameter(list.at(-1), kind));
      if (!this.accept(',')) break;
    }
    return { list, rest, keywords };
  }

  #parameter(before: Parameter | undefined, kind: Parameter['kind']): Parameter {
    const { start } = this.token;
    const name = this.name();
    const value = this.accept('=') ? this.expression() : null;
    if (!value && before?.default && kind === 'either') {
      throw new Unparsable(`${name} needs a default, as one before it has one`, start);
    }
    return { name, default: value, kind };
  }

  /** `a, *b, c=1, **d`, up to `)` or the end, which is not taken. A generator expression may stand alone. */
  arguments(): Arguments {
    const positional: (Expression | Starred)[] = [];
    const keywords: { name: string | null; value: Expression }[] = [];
    while (!this.at(')') && this.token.kind !== 'end') {
      if (this.accept('**')) keywords.push({ name: null, value: this.expression() });
      else if (this.atName() && this.following?.text === '=') {
        const name = this.name();
        this.expect('=');
        keywords.push({ name, value: this.expression() });
      } else {
        const { start } = this.token;
        const value = this.element();
        if (value.type !== 'starred' && keywords.some(({ name }) => name !== null)) {
          throw new Unparsable('an argument without a name cannot follow one with a name', start);
        }
        positional.push(this.atClause() ? this.comprehension('generator', value) : value);
      }
      if (!this.accept(',')) break;
    }
    return { positional, keywords };
  }
}
