import type { Clause, Comprehension, Expression, Starred, Target } from './ast.ts';
import { Grammar } from './grammar.ts';
import { Unparsable, untranslated } from './unparsable.ts';

/** Comprehensions, and what they have in common with `for`: targets. */
export abstract class ComprehensionParser extends Grammar {
  /** Whether a comprehension follows what has been read. */
  atClause(): boolean {
    return this.at('for') || this.at('async');
  }

  /** From `for` on. @param value of a dict, where `element` is the key. */
  comprehension(
    kind: Comprehension['kind'],
    element: Expression | Starred,
    value: Expression | null = null,
  ): Comprehension {
    const { start } = this.token;
    if (element.type === 'starred') throw new Unparsable('* cannot stand before for', start);
    const clauses: Clause[] = [];
    while (this.atClause()) clauses.push(this.#clause());
    return { type: 'comprehension', kind, element, value, clauses };
  }

  #clause(): Clause {
    if (this.at('async')) {
      throw untranslated('async for', 'loop over it with {% for %}, which waits', this.token.start);
    }
    this.expect('for');
    const target = this.targets('in');
    this.expect('in');
    const source = this.or();
    const conditions: Expression[] = [];
    while (this.accept('if')) conditions.push(this.or());
    return { target, source, conditions };
  }

  /** What a loop or an assignment assigns to: `x`, or `a, (b, c)`. @param end what is behind it. */
  targets(end: string): Target {
    const first = this.#target();
    if (!this.at(',')) return first;
    const targets = [first];
    while (this.accept(',') && !this.at(end)) targets.push(this.#target());
    return { type: 'targets', targets };
  }

  #target(): Target {
    const { start } = this.token;
    if (this.at('*')) {
      throw untranslated('* before a name that is assigned to', 'take a slice of the list', start);
    }
    for (const [open, close] of [
      ['(', ')'],
      ['[', ']'],
    ] as const) {
      if (!this.accept(open)) continue;
      const target = this.targets(close);
      this.expect(close);
      return target;
    }
    return this.toTarget(this.binary(), start);
  }

  /** Makes a target of what has been read as an expression. */
  toTarget(expression: Expression, offset: number): Target {
    switch (expression.type) {
      case 'name':
        return { type: 'name', name: expression.name };
      case 'item':
        return { type: 'item', object: expression.object, key: expression.key };
      case 'tuple':
      case 'list':
        return {
          type: 'targets',
          targets: expression.items.map((item) => {
            if (item.type !== 'starred') return this.toTarget(item, offset);
            throw untranslated('* before a name that is assigned to', 'take a slice of the list', offset);
          }),
        };
      case 'attribute':
        throw untranslated('an assignment to an attribute', "use a dict: {% set d['name'] = x %}", offset);
      case 'slice':
        throw untranslated('an assignment to a slice', 'make a new list', offset);
      default:
        throw new Unparsable('nothing can be assigned to this', offset);
    }
  }
}
