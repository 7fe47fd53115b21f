import { PyRuntimeError } from '../errors.ts';
import type { BlockTable } from './blocks.ts';
import type { Program, TemplateHost } from './program.ts';
import type { Run } from './run.ts';

/** How deep templates may include each other. */
const MAX_DEPTH = 100;

/**
 * The names that a template sees: what it has set itself, what it was given, what the template around it sees, and the globals. It is
 * `this` in filters, tests and global functions, with the methods that nunjucks gives it there.
 */
export class RenderContext {
  readonly run: Run;
  readonly program: Program;
  /** Its own, and those of the templates that it extends. */
  blocks: BlockTable;
  /** Whether what is printed here is escaped; `{% autoescape %}` changes it for a while. */
  autoescape: boolean;
  readonly #own = new Map<string, unknown>();
  readonly #exported = new Set<string>();
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #outer: RenderContext | undefined;
  readonly #depth: number;
  #parents = 0;

  constructor(
    run: Run,
    program: Program,
    given: Readonly<Record<string, unknown>>,
    options: { outer?: RenderContext | undefined; blocks?: BlockTable; depth?: number } = {},
  ) {
    const { outer, blocks = program.blocks, depth = 0 } = options;
    if (depth > MAX_DEPTH) {
      throw new PyRuntimeError(
        `templates include each other more than ${MAX_DEPTH} deep: does ${program.name} include itself?`,
        'RecursionError',
      );
    }
    this.run = run;
    this.program = program;
    this.blocks = blocks;
    this.autoescape = program.autoescape;
    this.#given = given;
    this.#outer = outer;
    this.#depth = depth;
  }

  /** The environment that the template belongs to. */
  get env(): TemplateHost {
    return this.program.host;
  }

  /** A value by its name, or `undefined`. */
  resolve(name: string): unknown {
    for (let context: RenderContext | undefined = this; context; context = context.#outer) {
      if (context.#own.has(name)) return context.#own.get(name);
      if (Object.hasOwn(context.#given, name)) return context.#given[name];
    }
    const { globals } = this.program.host;
    return Object.hasOwn(globals, name) ? globals[name] : undefined;
  }

  /** Whether a name has a value here that is not a global one. */
  has(name: string): boolean {
    for (let context: RenderContext | undefined = this; context; context = context.#outer) {
      if (context.#own.has(name) || Object.hasOwn(context.#given, name)) return true;
    }
    return false;
  }

  /** Sets a name for the whole template. What is imported is not exported again, nor what begins with an underscore. */
  set(name: string, value: unknown, isImported = false): void {
    this.#own.set(name, value);
    if (isImported || name.startsWith('_')) this.#exported.delete(name);
    else this.#exported.add(name);
  }

  exports(): [name: string, value: unknown][] {
    return Array.from(this.#exported, (name) => [name, this.#own.get(name)]);
  }

  /** Puts the blocks of a parent behind those that are here. */
  extend(parent: Program): void {
    if (++this.#parents > MAX_DEPTH) {
      throw new PyRuntimeError(
        `${this.program.name} has more than ${MAX_DEPTH} parents: does one of them extend itself?`,
        'RecursionError',
      );
    }
    this.blocks = this.blocks.extend(parent.blocks);
  }

  /** The same context with the names that are set by now. */
  copy(): RenderContext {
    const copy = new RenderContext(this.run, this.program, this.#given, {
      outer: this.#outer,
      blocks: this.blocks,
      depth: this.#depth,
    });
    for (const [name, value] of this.#own) copy.#own.set(name, value);
    return copy;
  }

  /** The context of a template that this one includes, or imports. */
  enter(run: Run, program: Program, locals: Readonly<Record<string, unknown>> | null): RenderContext {
    const outer = locals === null ? undefined : this;
    return new RenderContext(run, program, locals ?? {}, { outer, depth: this.#depth + 1 });
  }

  /** The context of a block that sees the names around it. */
  scoped(run: Run, locals: Readonly<Record<string, unknown>>): RenderContext {
    return new RenderContext(run, this.program, locals, {
      outer: this,
      blocks: this.blocks,
      depth: this.#depth,
    });
  }

  /** nunjucks' name for `resolve`. */
  lookup(name: string): unknown {
    return this.resolve(name);
  }

  /** nunjucks' name for `set`. */
  setVariable(name: string, value: unknown): void {
    this.set(name, value);
  }

  /** All that the template was given and has set, as one object without a prototype. */
  getVariables(): Record<string, unknown> {
    const variables: Record<string, unknown> = this.#outer?.getVariables() ?? Object.create(null);
    const entries = [...Object.entries(this.#given), ...this.#own];
    for (const [name, value] of entries) {
      Object.defineProperty(variables, name, { value, enumerable: true, writable: true, configurable: true });
    }
    return variables;
  }
}
