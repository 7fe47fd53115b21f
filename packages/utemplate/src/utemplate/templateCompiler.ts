import type { Expression, Target } from '../python/ast.ts';
import { ExpressionCompiler, namesOf } from '../python/expressionCompiler.ts';
import type { Include, Node, Template } from './nodes.ts';
import { compilePassage, isPassable, shown } from './passage.ts';
import { TemplateScope } from './templateScope.ts';

/** The options that the code depends on. */
export interface CodeOptions {
  readonly isEscaped: boolean;
  /** Whether iterations are counted. */
  readonly counts: boolean;
  readonly builtins: ReadonlyMap<string, unknown>;
}

/**
 * Makes JavaScript of a template: the body of a function that is given what `templateProgram.ts` lists, and returns a
 * generator function `(R, args, named, look)`. What that yields is described in `part.ts`.
 */
export function compileTemplate(template: Template, options: CodeOptions): string {
  return new TemplateCompiler(template, options).compile();
}

class TemplateCompiler {
  readonly #template: Template;
  readonly #isEscaped: boolean;
  readonly #scope: TemplateScope;
  readonly #expressions: ExpressionCompiler;
  /** Whether an included template may ask for names of this one. */
  #isOuter = false;
  #loops = 0;

  constructor(template: Template, { isEscaped, counts, builtins }: CodeOptions) {
    this.#template = template;
    this.#isEscaped = isEscaped;
    this.#scope = new TemplateScope(template, builtins, counts);
    this.#expressions = new ExpressionCompiler(this.#scope);
  }

  compile(): string {
    const body = this.#nodes(this.#template.body);
    const parameters = this.#parameters();
    const free = Array.from(this.#scope.free, (name) => `let f_${name} = look(${JSON.stringify(name)});`);
    const locals = this.#scope.locals.map((name) => `let v_${name} = UNSET;`);
    return [
      'return function* (R, args, named, look) {',
      'let t, line = 1;',
      'try {',
      ...free,
      ...parameters,
      ...locals,
      this.#isOuter ? this.#names() : '',
      body,
      '} catch (error) { throw located(error, line); }',
      '};',
    ].join('\n');
  }

  #parameters(): string[] {
    const { list, rest, keywords } = this.#template.parameters;
    // In Python, too, the defaults know nothing of the template's own names.
    const defaults = new ExpressionCompiler({
      read: (name, mode) => this.#scope.readFree(name, mode),
      variable: (name) => this.#scope.variable(name),
      tick: this.#scope.tick,
    });
    const names = [...list.map(({ name }) => name), rest, keywords];
    const values = [...list.map((parameter) => parameter.default), null, null];
    return [
      'const bound = bindArguments(signature, args, named);',
      ...names.map((name, i) => {
        if (name === undefined) return '';
        const value = values[i];
        const given = `bound[${i}]`;
        if (i >= list.length && this.#scope.uses(name)) return `let v_${name} = yield* collected(${given});`;
        return `let v_${name} = ${value ? `${given} === UNSET ? ${defaults.value(value)} : ${given}` : given};`;
      }),
    ];
  }

  /** What the names of this template stand for, for those that it includes. */
  #names(): string {
    const cases = this.#scope.own.map(
      (name) => `case ${JSON.stringify(name)}: if (v_${name} !== UNSET) return v_${name}; break;`,
    );
    return `const inner = (name) => { switch (name) { ${cases.join(' ')} } return look(name); };`;
  }

  #nodes(nodes: readonly Node[]): string {
    return nodes.map((node) => this.#node(node)).join('\n');
  }

  /** A block, which begins with a place where what there is can be handed out. */
  #loopBody(nodes: readonly Node[], before: () => string): string {
    return this.#scope.block(
      () => `${this.#scope.tick}if (R.text.length > R.limit) yield FLUSH; ${before()}\n${this.#nodes(nodes)}`,
    );
  }

  #node(node: Node): string {
    const expressions = this.#expressions;
    const at = `line = ${node.line};`;
    switch (node.type) {
      case 'text':
        return `R.text += ${JSON.stringify(node.text)};`;
      case 'print':
        return `${at} ${this.#print(node.value)}`;
      case 'if': {
        const test = expressions.test(node.test);
        const consequent = this.#scope.block(() => this.#nodes(node.consequent));
        const alternate = this.#scope.block(() => this.#nodes(node.alternate));
        return `${at} if (${test}) {\n${consequent}\n}${alternate === '' ? '' : ` else {\n${alternate}\n}`}`;
      }
      case 'for':
        return `${at} ${this.#for(node)}`;
      case 'while': {
        const test = expressions.test(node.test);
        return `for (;;) { ${at} if (!(${test})) break; ${this.#loopBody(node.body, () => '')}\n}`;
      }
      case 'include':
        return `${at} ${this.#include(node)}`;
      case 'assign':
        return `${at} ${this.#assign(node.targets, expressions.value(node.value))}`;
      case 'augment':
        return `${at} ${this.#augment(node.target, node.operator, expressions.value(node.value))}`;
      case 'expression':
        return `${at} ${expressions.value(node.value)};`;
      case 'leave':
        return `${node.keyword};`;
      case 'pass':
        return '';
    }
  }

  /** A list is gone through in passing as long as that can be done, see `passage.ts`; the rest is done step by step. */
  #for(node: Extract<Node, { type: 'for' }>): string {
    const expressions = this.#expressions;
    const number = ++this.#loops;
    const [items, item] = [`items${number}`, `each${number}`];
    const source = `let ${items} = source(R, ${expressions.value(node.source)});`;
    const passage = isPassable(node)
      ? compilePassage(node, number, expressions, this.#scope, this.#isEscaped)
      : '';
    const body = this.#loopBody(node.body, () => {
      this.#scope.assured(namesOf(node.target));
      return expressions.assign(node.target, item);
    });
    const wait = `if (isThenable(${item})) { ${item} = yield ${item}; if (${item} === END) break; }`;
    return `${source} ${passage}\nfor (let ${item} of ${items}) { ${wait} line = ${node.line}; ${body}\n}`;
  }

  #assign(targets: readonly Target[], value: string): string {
    const assigned = targets.map((target) =>
      this.#expressions.assign(target, targets.length === 1 ? value : 'all'),
    );
    this.#scope.assured(targets.flatMap(namesOf));
    return targets.length === 1 ? assigned.join('') : `{ const all = ${value}; ${assigned.join(' ')} }`;
  }

  #augment(target: Target, operator: string, value: string): string {
    const expressions = this.#expressions;
    const operate = (left: string): string =>
      operator === '+' ? `addInPlace(${left}, ${value})` : expressions.operation(operator, left, value);
    if (target.type !== 'item') {
      const [name = ''] = namesOf(target);
      return expressions.assign(target, operate(expressions.value({ type: 'name', name })));
    }
    const [object, key] = [expressions.value(target.object), expressions.value(target.key)];
    return `{ const o = ${object}, k = ${key}; setItem(o, k, ${operate('item(o, k)')}); }`;
  }

  /** A promise is waited for before anything is added: what has been written goes out in the meantime. */
  #print(value: Expression): string {
    const wait = value.type === 'constant' ? '' : 'if (isThenable(t)) t = yield t; ';
    return `t = ${this.#expressions.raw(value)}; ${wait}R.text += ${shown(this.#isEscaped)};`;
  }

  #include({ name, arguments: args }: Include): string {
    const given = this.#expressions.arguments(args);
    if (typeof name !== 'string')
      return `yield include(R, ${this.#expressions.value(name)}, undefined, ${given});`;
    this.#isOuter = true;
    return `yield include(R, ${JSON.stringify(name)}, inner, ${given});`;
  }
}
