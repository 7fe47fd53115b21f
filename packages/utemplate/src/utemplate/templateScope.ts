import type { Target } from '../python/ast.ts';
import { namesOf, waited } from '../python/expressionCompiler.ts';
import type { Mode, Scope } from '../python/scope.ts';
import type { Node, Template } from './nodes.ts';

/**
 * The names of a template. As in a function of Python, whatever is assigned to anywhere is the template's own, wherever
 * that is; all else belongs to what is around it, or is built in.
 */
export class TemplateScope implements Scope {
  readonly tick: string;
  readonly #parameters: ReadonlySet<string>;
  /** `*rest` and `**more`, which are no promises. */
  readonly #collected: ReadonlySet<string>;
  readonly #assigned: ReadonlySet<string>;
  readonly #builtins: ReadonlyMap<string, unknown>;
  readonly #free: Set<string> = new Set();
  readonly #used: Set<string> = new Set();
  /** What has a value for certain, where the compiler is. */
  #certain: Set<string> = new Set();

  constructor({ parameters, body }: Template, builtins: ReadonlyMap<string, unknown>, counts: boolean) {
    const { list, rest, keywords } = parameters;
    this.#parameters = new Set(list.map(({ name }) => name));
    this.#collected = new Set([rest, keywords].filter((name) => name !== undefined));
    this.#assigned = assignedNames(body);
    this.#builtins = builtins;
    this.tick = counts ? 'R.limits.tick(); ' : '';
  }

  read(name: string, mode: Mode): string {
    const variable = `v_${name}`;
    if (this.#collected.has(name)) this.#used.add(name);
    if (this.#collected.has(name) || this.#certain.has(name)) return variable;
    if (this.#parameters.has(name)) return waited(variable, mode, variable);
    if (this.#assigned.has(name))
      return `(${variable} === UNSET ? unbound(${JSON.stringify(name)}) : ${variable})`;
    return this.readFree(name, mode);
  }

  /** A name of what is around the template, where defaults of parameters look, too. */
  readFree(name: string, mode: Mode): string {
    this.#free.add(name);
    const variable = `f_${name}`;
    if (this.#builtins.has(name)) return variable;
    return `(${variable} === UNSET ? unknown(${JSON.stringify(name)}) : ${waited(variable, mode, variable)})`;
  }

  variable(name: string): string {
    return `v_${name}`;
  }

  /** From here on, until the block is over, a name has a value. */
  assured(names: Iterable<string>): void {
    for (const name of names) this.#certain.add(name);
  }

  /** Compiles a block, after which nothing is certain that was not before. */
  block<T>(compile: () => T): T {
    const before = this.#certain;
    this.#certain = new Set(before);
    try {
      return compile();
    } finally {
      this.#certain = before;
    }
  }

  /** The names that are looked up around the template. */
  get free(): ReadonlySet<string> {
    return this.#free;
  }

  /** Whether the template has a use for `*rest` or `**more`, so that what they collect has to be there. */
  uses(name: string): boolean {
    return this.#used.has(name);
  }

  /** The template's own names but for its parameters. */
  get locals(): readonly string[] {
    return [...this.#assigned].filter((name) => !this.#parameters.has(name) && !this.#collected.has(name));
  }

  /** All names of its own. */
  get own(): readonly string[] {
    return [...this.#parameters, ...this.#collected, ...this.locals];
  }
}

/** A node or an expression, with what those that assign have. */
interface Assigning {
  readonly type: string;
  readonly target: Target;
  readonly targets: readonly Target[];
  readonly name: string;
}

/** What the nodes assign to, `:=` in their expressions included. */
function assignedNames(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      const { type, target, targets, name } = node as Assigning;
      if (type === 'for' || type === 'augment') for (const one of namesOf(target)) names.add(one);
      if (type === 'assign') for (const one of targets.flatMap(namesOf)) names.add(one);
      if (type === 'assignment') names.add(name);
      Object.values(node).forEach(visit);
    }
  };
  visit(nodes);
  return names;
}
