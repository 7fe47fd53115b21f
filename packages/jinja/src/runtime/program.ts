import { TemplateNotFound } from '../errors.ts';
import type { AnyFunction, TagExtension } from '../nunjucks.ts';
import { BlockTable, type Renderer } from './blocks.ts';
import { collect } from './collect.ts';
import type { RenderContext } from './context.ts';
import { ignore } from './guard.ts';
import { TemplateModule } from './module.ts';
import type { Run } from './run.ts';
import { isThenable } from './values.ts';

/** What the code of a template gives when it is run. */
export interface Compiled {
  readonly root: Renderer;
  readonly blocks: Readonly<Record<string, Renderer>>;
  /** The names that it asks its context for. */
  readonly free: readonly string[];
  /** It includes or extends others, and so may ask for any name. */
  readonly isOpen: boolean;
}

/** What a template needs of its environment. */
export interface TemplateHost {
  readonly undefined: 'default' | 'strict' | 'chainable' | 'debug';
  readonly globals: Readonly<Record<string, unknown>>;
  readonly filters: Readonly<Record<string, AnyFunction>>;
  readonly tests: Readonly<Record<string, AnyFunction>>;
  getExtension(name: string): TagExtension | undefined;
  /** @throws TemplateNotFound */
  loadProgram(name: unknown, parent: string, run: Run): Program | PromiseLike<Program>;
}

/** A template that is ready to run. */
export class Program {
  readonly name: string;
  readonly host: TemplateHost;
  readonly autoescape: boolean;
  readonly root: Renderer;
  readonly blocks: BlockTable;
  readonly #free: readonly string[];
  readonly #isOpen: boolean;
  #module: TemplateModule | PromiseLike<TemplateModule> | undefined;
  /** The templates that the module was made of beside this one. */
  #uses: ReadonlyMap<string, Program | null> = new Map();

  constructor(name: string, host: TemplateHost, autoescape: boolean, compiled: Compiled) {
    this.name = name;
    this.host = host;
    this.autoescape = autoescape;
    this.root = compiled.root;
    this.#free = compiled.free;
    this.#isOpen = compiled.isOpen;
    this.blocks = new BlockTable(
      new Map(Object.entries(compiled.blocks).map(([name, block]) => [name, [block]])),
    );
  }

  /**
   * What the template exports. It is made once: for all who import it without their context, and for those whose context has
   * nothing that it asks for; and again when one of the templates that it uses itself has changed.
   */
  import(
    run: Run,
    context: RenderContext,
    locals: Readonly<Record<string, unknown>> | null,
  ): TemplateModule | PromiseLike<TemplateModule> {
    if (locals !== null && this.#sees(context, locals)) return makeModule(this, run, context, locals);
    if (this.#module && this.#isCurrent(run)) return this.#module;
    const own = run.shared();
    const made = makeModule(this, own, context, null);
    this.#module = made;
    this.#uses = own.templates;
    if (isThenable(made)) {
      made.then(
        (module) => {
          if (this.#module === made) this.#module = module as TemplateModule;
        },
        () => {
          if (this.#module === made) this.#module = undefined;
        },
      );
    }
    return made;
  }

  #isCurrent(run: Run): boolean {
    for (const [name, program] of [...this.#uses]) {
      if (this.#now(name, run) !== program) return false;
    }
    return true;
  }

  /** The template of a name as it is now; null where there is none. What has to be waited for, or fails, is another. */
  #now(name: string, run: Run): Program | null | undefined {
    try {
      const program = this.host.loadProgram(name, this.name, run);
      ignore(program);
      return isThenable(program) ? undefined : (program as Program);
    } catch (error) {
      return error instanceof TemplateNotFound ? null : undefined;
    }
  }

  #sees(context: RenderContext, locals: Readonly<Record<string, unknown>>): boolean {
    return this.#isOpen || this.#free.some((name) => Object.hasOwn(locals, name) || context.has(name));
  }
}

function makeModule(
  program: Program,
  run: Run,
  importer: RenderContext,
  locals: Readonly<Record<string, unknown>> | null,
): TemplateModule | PromiseLike<TemplateModule> {
  // What is imported sees the names as they are now, whatever is set afterwards.
  const context = (locals === null ? importer : importer.copy()).enter(run, program, locals);
  const finish = (text: string): TemplateModule => new TemplateModule(program.name, text, context.exports());
  const text = collect(run, program.root(context, ''));
  return isThenable(text) ? (text as PromiseLike<string>).then(finish) : finish(text as string);
}
