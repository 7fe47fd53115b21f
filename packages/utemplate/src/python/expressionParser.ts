import type { Expression, Starred } from './ast.ts';
import { AtomParser } from './atomParser.ts';
import { Unparsable, untranslated } from './unparsable.ts';

/** From those that bind least on (Python Language Reference 6.17). */
const BINARY: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];

const COMPARISONS: readonly string[] = ['<', '>', '==', '>=', '<=', '!=', 'in'];

/** Parses the expressions of Python that templates have, by recursive descent. Its methods throw {@link Unparsable}. */
export class ExpressionParser extends AtomParser {
  /** `a, b` is a tuple, and `a` alone is not; either may be what `{{ }}`, `for` and an assignment have. */
  expressions(): Expression {
    const first = this.element();
    if (first.type !== 'starred' && !this.at(',')) return first;
    const items = [first];
    while (this.accept(',') && !this.#isOver()) items.push(this.element());
    return { type: 'tuple', items };
  }

  #isOver(): boolean {
    return this.token.kind === 'end' || this.at(')') || this.at('=');
  }

  override element(): Expression | Starred {
    return this.accept('*') ? { type: 'starred', value: this.binary() } : this.named();
  }

  override named(): Expression {
    if (!this.atName() || this.following?.text !== ':=') return this.expression();
    const name = this.name();
    this.expect(':=');
    return { type: 'assignment', name, value: this.expression() };
  }

  override expression(): Expression {
    const { start } = this.token;
    if (this.accept('lambda')) {
      const parameters = this.parameters(':');
      if (parameters.keywords !== undefined) {
        throw untranslated('** in a lambda', 'name its parameters', start);
      }
      this.expect(':');
      return { type: 'lambda', parameters, body: this.expression() };
    }
    if (this.at('yield')) throw untranslated('yield', 'a template yields by itself', start);
    const consequent = this.or();
    if (!this.accept('if')) return consequent;
    const test = this.or();
    this.expect('else');
    return { type: 'conditional', test, consequent, alternate: this.expression() };
  }

  override or(): Expression {
    let left = this.#and();
    while (this.accept('or')) left = { type: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.accept('and')) left = { type: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Expression {
    return this.accept('not') ? { type: 'not', operand: this.#not() } : this.#comparison();
  }

  #comparison(): Expression {
    const first = this.binary();
    const rest: { operator: string; operand: Expression }[] = [];
    for (let operator = this.#comparisonOperator(); operator; operator = this.#comparisonOperator()) {
      rest.push({ operator, operand: this.binary() });
    }
    return rest.length > 0 ? { type: 'compare', first, rest } : first;
  }

  #comparisonOperator(): string | undefined {
    if (this.accept('is')) return this.accept('not') ? 'is not' : 'is';
    if (this.at('not') && this.following?.text === 'in') {
      this.take();
      this.take();
      return 'not in';
    }
    return COMPARISONS.find((operator) => this.accept(operator));
  }

  override binary(level = 0): Expression {
    const operators = BINARY[level];
    if (!operators) return this.#unary();
    let left = this.binary(level + 1);
    for (;;) {
      const { start } = this.token;
      const operator = operators.find((one) => this.accept(one));
      if (operator === undefined) return left;
      if (operator === '@') throw untranslated('the product of matrices', 'compute it before', start);
      left = { type: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  #unary(): Expression {
    for (const operator of ['-', '+', '~'] as const) {
      if (this.accept(operator)) return { type: 'unary', operator, operand: this.#unary() };
    }
    return this.#power();
  }

  /** `-2 ** 2` is -4, and `2 ** -1` is fine. */
  #power(): Expression {
    // Promises are waited for wherever they are: `await` has nothing to add.
    this.accept('await');
    const left = this.#primary();
    return this.accept('**') ? { type: 'binary', operator: '**', left, right: this.#unary() } : left;
  }

  #primary(): Expression {
    let object = this.atom();
    for (;;) {
      if (this.accept('.')) object = { type: 'attribute', object, name: this.name() };
      else if (this.accept('(')) {
        object = { type: 'call', callee: object, arguments: this.arguments() };
        this.expect(')');
      } else if (this.accept('[')) object = this.#subscript(object);
      else return object;
    }
  }

  #subscript(object: Expression): Expression {
    const bounds: (Expression | null)[] = [];
    let isSlice = false;
    do {
      bounds.push(this.at(':') || this.at(']') ? null : this.expressions());
      isSlice ||= this.at(':');
    } while (this.accept(':'));
    const { start } = this.token;
    this.expect(']');
    if (isSlice && bounds.length <= 3) return { type: 'slice', object, bounds };
    const key = bounds[0];
    if (isSlice || !key) throw new Unparsable('an index, or start:stop:step, is expected', start);
    return { type: 'item', object, key };
  }

  override parseWithin(text: string, offset: number): Expression {
    try {
      const parser = new ExpressionParser(text);
      const expression = parser.expressions();
      parser.end();
      return expression;
    } catch (error) {
      if (!(error instanceof Unparsable)) throw error;
      throw new Unparsable(`in the f-string: ${error.message}`, offset, error.isPython);
    }
  }
}
