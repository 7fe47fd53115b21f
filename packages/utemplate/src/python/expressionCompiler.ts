import type {
  Arguments,
  Comprehension,
  Expression,
  FormattedPart,
  Parameters,
  Starred,
  Target,
} from './ast.ts';
import type { Mode, Scope } from './scope.ts';
import { PyFloat } from './values.ts';

const BINARY: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
  in: 'isIn',
  'not in': 'notIn',
  is: 'is',
  'is not': 'isNot',
};

const UNARY: Readonly<Record<string, string>> = { '-': 'neg', '+': 'pos', '~': 'invert' };

/**
 * Makes JavaScript of expressions. It calls the functions of `operations.ts` by their names, and has one variable of its
 * own, `t`, which is read again before anything else can write to it.
 *
 * Where a value may be a promise it is yielded, and resumed with what it resolves to. That cannot be done in a function
 * within the template, which a lambda and a generator expression are: there a promise fails.
 */
export class ExpressionCompiler {
  readonly #scope: Scope;
  /** The names of lambdas and comprehensions, the innermost last. */
  readonly #locals: ReadonlyMap<string, string>[] = [];
  #count = 0;
  #mode: Mode = 'wait';

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Compiles something where names stand for other variables, and may or may not wait. */
  within<T>(names: ReadonlyMap<string, string>, mode: Mode, compile: () => T): T {
    const before = this.#mode;
    this.#locals.push(names);
    this.#mode = mode;
    try {
      return compile();
    } finally {
      this.#locals.pop();
      this.#mode = before;
    }
  }

  /** JavaScript for the value of an expression, with whatever it is made of waited for. */
  value(expression: Expression): string {
    switch (expression.type) {
      case 'call':
      case 'item':
      case 'attribute':
        return this.#waited(this.raw(expression));
      default:
        return this.raw(expression);
    }
  }

  /** The same, where the value itself may be a promise, as what prints it waits. */
  raw(expression: Expression): string {
    switch (expression.type) {
      case 'constant':
        return constant(expression.value);
      case 'formatted':
        return this.#formatted(expression.parts);
      case 'name':
        return this.#read(expression.name);
      case 'list':
        return this.#items(expression.items);
      case 'tuple':
        return `new Tuple(${this.#items(expression.items)})`;
      case 'set':
        return `toSet(${this.#items(expression.items)})`;
      case 'dict':
        return this.#dict(expression.entries);
      case 'unary':
        return `${UNARY[expression.operator]}(${this.value(expression.operand)})`;
      case 'not':
        return `!${this.test(expression.operand)}`;
      case 'binary':
        return this.operation(expression.operator, this.value(expression.left), this.value(expression.right));
      case 'and':
        return `(truth(t = ${this.value(expression.left)}) ? ${this.value(expression.right)} : t)`;
      case 'or':
        return `(truth(t = ${this.value(expression.left)}) ? t : ${this.value(expression.right)})`;
      case 'compare':
        return this.#comparison(expression.first, expression.rest);
      case 'conditional':
        return `(${this.test(expression.test)} ? ${this.value(expression.consequent)} : ${this.value(expression.alternate)})`;
      case 'lambda':
        return this.#lambda(expression.parameters, expression.body);
      case 'comprehension':
        return this.#comprehension(expression);
      case 'assignment':
        return `(${this.#variable(expression.name)} = ${this.value(expression.value)})`;
      case 'call':
        return this.#call(expression.callee, expression.arguments);
      case 'attribute':
        return `${this.#pure('attribute')}(${this.value(expression.object)}, ${JSON.stringify(expression.name)})`;
      case 'item':
        return `${this.#pure('item')}(${this.value(expression.object)}, ${this.value(expression.key)})`;
      case 'slice': {
        const bounds = [0, 1, 2]
          .map((i) => expression.bounds[i])
          .map((bound) => (bound ? this.value(bound) : 'null'));
        return `slice(${this.value(expression.object)}, ${bounds.join(', ')})`;
      }
    }
  }

  /** JavaScript that is true or false: whether a condition holds. */
  test(expression: Expression): string {
    switch (expression.type) {
      case 'compare':
        return this.raw(expression);
      case 'not':
        return `!${this.test(expression.operand)}`;
      case 'and':
        return `(${this.test(expression.left)} && ${this.test(expression.right)})`;
      case 'or':
        return `(${this.test(expression.left)} || ${this.test(expression.right)})`;
      default:
        return `truth(${this.value(expression)})`;
    }
  }

  /** `left operator right`, of two pieces of JavaScript. */
  operation(operator: string, left: string, right: string): string {
    const name = BINARY[operator];
    return name ? `${name}(${left}, ${right})` : `bits(${JSON.stringify(operator)}, ${left}, ${right})`;
  }

  /** Statements that assign a value, a piece of JavaScript that is used once, to names and items. */
  assign(target: Target, value: string): string {
    switch (target.type) {
      case 'name':
        return `${this.#variable(target.name)} = ${value};`;
      case 'item':
        return `setItem(${this.value(target.object)}, ${this.value(target.key)}, ${value});`;
      case 'targets': {
        const items = this.#unique('u');
        const parts = target.targets.map((one, i) => this.assign(one, `${items}[${i}]`));
        return `{ const ${items} = unpack(${value}, ${target.targets.length}); ${parts.join(' ')} }`;
      }
    }
  }

  /** The arguments of a call: a list, and a Map, which is left out where it is empty. */
  arguments({ positional, keywords }: Arguments): string {
    const list = this.#items(positional);
    if (keywords.length === 0) return list;
    const entries = keywords.map(({ name, value }) =>
      name === null ? `...namedOf(${this.value(value)})` : `[${JSON.stringify(name)}, ${this.value(value)}]`,
    );
    return `${list}, names([${entries.join(', ')}])`;
  }

  #waited(js: string): string {
    return waited(js, this.#mode);
  }

  /** The name of an operation, or of what takes its place where nothing may happen. */
  #pure(name: string): string {
    return this.#mode === 'pure' ? `pure${name[0]?.toUpperCase()}${name.slice(1)}` : name;
  }

  #read(name: string): string {
    return this.#local(name) ?? this.#scope.read(name, this.#mode);
  }

  #variable(name: string): string {
    return this.#local(name) ?? this.#scope.variable(name);
  }

  #local(name: string): string | undefined {
    return this.#locals.findLast((names) => names.has(name))?.get(name);
  }

  #items(items: readonly (Expression | Starred)[]): string {
    const parts = items.map((item) =>
      item.type === 'starred' ? `...iterate(${this.value(item.value)})` : this.value(item),
    );
    return `[${parts.join(', ')}]`;
  }

  #dict(entries: readonly { readonly key: Expression | null; readonly value: Expression }[]): string {
    const parts = entries.map(({ key, value }) =>
      key ? `[dictKey(${this.value(key)}), ${this.value(value)}]` : `...entriesFrom(${this.value(value)})`,
    );
    return `new Map([${parts.join(', ')}])`;
  }

  #formatted(parts: readonly FormattedPart[]): string {
    const pieces = parts.map((part) => {
      if (typeof part === 'string') return JSON.stringify(part);
      const value = this.value(part.value);
      const shown = part.conversion ? `converted(${value}, ${JSON.stringify(part.conversion)})` : value;
      return `format(${shown}${part.format.length > 0 ? `, ${this.#formatted(part.format)}` : ''})`;
    });
    return `("" + ${pieces.join(' + ')})`;
  }

  #comparison(
    first: Expression,
    rest: readonly { readonly operator: string; readonly operand: Expression }[],
  ): string {
    let left = this.value(first);
    const tests = rest.map(({ operator, operand }, i) => {
      const right = i < rest.length - 1 ? `t = ${this.value(operand)}` : this.value(operand);
      const test = `${COMPARISONS[operator]}(${left}, ${right})`;
      left = 't';
      return test;
    });
    return tests.length === 1 ? (tests[0] as string) : `(${tests.join(' && ')})`;
  }

  #call(callee: Expression, args: Arguments): string {
    if (callee.type === 'attribute') {
      const object = this.value(callee.object);
      return `${this.#mode === 'pure' ? 'pureMethod' : 'callMethod'}(${object}, ${JSON.stringify(callee.name)}, ${this.arguments(args)})`;
    }
    return `${this.#pure('call')}(${this.value(callee)}, ${this.arguments(args)})`;
  }

  /** Defaults are computed where the lambda is, not where it is called. */
  #lambda({ list, rest }: Parameters, body: Expression): string {
    const defaults = list.map((one) => (one.default ? this.value(one.default) : undefined));
    const given = this.#unique('d');
    const names = new Map(list.map(({ name }) => [name, this.#unique(name)]));
    const parameters = list.map(({ name }, i) => names.get(name) + (defaults[i] ? ` = ${given}[${i}]` : ''));
    const restName = rest === undefined ? undefined : this.#unique(rest);
    if (rest !== undefined && restName) names.set(rest, restName);
    const js = this.within(names, 'fail', () => this.value(body));
    const all = [...parameters, ...(restName ? [`...${restName}`] : [])].join(', ');
    const prepare = restName ? `${restName} = new Tuple(${restName}); ` : '';
    const known = JSON.stringify(list.map(({ name }) => name));
    const required = list.filter((one) => !one.default).length;
    const most = restName ? 'Infinity' : list.length;
    return `((${given}) => lambda((${all}) => { ${prepare}return ${js}; }, ${known}, ${required}, ${most}))([${defaults.map((js) => js ?? 'null').join(', ')}])`;
  }

  #comprehension(comprehension: Comprehension): string {
    const { kind, clauses } = comprehension;
    // The first source is computed where the comprehension is, the rest within.
    const first = `iterate(${this.value(clauses[0]?.source as Expression)})`;
    const source = this.#unique('s');
    if (kind === 'generator') {
      const body = this.within(new Map(), 'fail', () =>
        this.#clauses(comprehension, 0, source, (js) => `yield ${js};`),
      );
      return `(function* (${source}) { ${body} })(${first})`;
    }
    const out = this.#unique('o');
    const body = this.within(new Map(), this.#mode, () =>
      this.#clauses(comprehension, 0, source, (element, value) => {
        if (kind === 'dict') return `${out}.set(dictKey(${element}), ${value});`;
        return kind === 'set' ? `${out}.add(dictKey(${element}));` : `${out}.push(${element});`;
      }),
    );
    const empty = kind === 'dict' ? 'new Map()' : kind === 'set' ? 'new Set()' : '[]';
    const work = `{ const ${out} = ${empty}; ${body} return ${out}; }`;
    return this.#mode === 'wait'
      ? `(yield* (function* (${source}) ${work})(${first}))`
      : `((${source}) => ${work})(${first})`;
  }

  /** The loops of a comprehension, from one clause on. */
  #clauses(
    comprehension: Comprehension,
    index: number,
    first: string,
    use: (element: string, value: string) => string,
  ): string {
    const clause = comprehension.clauses[index];
    if (!clause) {
      const { element, value } = comprehension;
      return use(this.value(element), value ? this.value(value) : '');
    }
    const item = this.#unique('i');
    const source = index === 0 ? first : `iterate(${this.value(clause.source)})`;
    const names = new Map(namesOf(clause.target).map((name) => [name, this.#unique(name)]));
    return this.within(names, this.#mode, () => {
      const declared = names.size > 0 ? `let ${[...names.values()].join(', ')}; ` : '';
      const conditions = clause.conditions
        .map((condition) => `if (!${this.test(condition)}) continue; `)
        .join('');
      const inner = this.#clauses(comprehension, index + 1, first, use);
      const assigned = this.assign(clause.target, this.#waited(item));
      // Before the loop: lambdas in it share them, as they do in Python.
      return `${declared}for (const ${item} of ${source}) { ${this.#scope.tick}${assigned} ${conditions}${inner} }`;
    });
  }

  #unique(name: string): string {
    return `${name}$${++this.#count}`;
  }
}

/** JavaScript for a value that may be a promise, once it is none. */
export function waited(js: string, mode: Mode, variable = 't'): string {
  if (mode === 'fail') return `now(${js})`;
  const first = variable === 't' ? `t = ${js}` : js;
  if (mode === 'pure') return `(isThenable(${first}) ? bail() : ${variable})`;
  return `(isThenable(${first}) ? ${variable === 't' ? 'yield t' : `${variable} = yield ${variable}`} : ${variable})`;
}

/** The names that a target assigns to. */
export function namesOf(target: Target): string[] {
  if (target.type === 'name') return [target.name];
  return target.type === 'targets' ? target.targets.flatMap(namesOf) : [];
}

function constant(value: string | number | PyFloat | boolean | null): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return value instanceof PyFloat ? `new PyFloat(${value.value})` : String(value);
}
