import { JinjaError, PyTypeError, TemplateNotFound, TemplatesNotFound } from '../errors.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';
import { isIterable, toList } from '../runtime/iterate.ts';
import { Program } from '../runtime/program.ts';
import type { Run } from '../runtime/run.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMarkup, isThenable, typeName } from '../runtime/values.ts';
import { resolveName } from './resolveName.ts';

/** Loaders of this package, which know what they have without reading it. */
interface OwnLoader extends Loader {
  '~has'?(name: string): boolean;
}

type Found = LoadedSource | null | undefined;

interface Entry {
  readonly program: Program;
  readonly isCurrent: () => boolean;
}

export interface StoreOptions {
  readonly loaders: readonly Loader[];
  readonly compile: (source: string, name: string) => Program;
  /** Templates that need not be compiled. */
  readonly precompiled: (name: string) => Program | undefined;
  readonly autoReload: boolean;
  readonly size: number;
}

type Loaded = Program | PromiseLike<Program>;

/** Finds templates, and keeps those that were compiled last. */
export class ProgramStore {
  readonly #options: StoreOptions;
  readonly #entries = new Map<string, Entry>();
  /** What a loader was asked for, and has not given so far: all who want it meanwhile wait for the same. */
  readonly #pending = new Map<string, PromiseLike<Program>>();

  constructor(options: StoreOptions) {
    this.#options = options;
    for (const loader of options.loaders) {
      loader.on?.('update', (name: string) => {
        this.#entries.delete(name);
        this.#pending.delete(name);
      });
    }
  }

  /**
   * The template of a name, or of the first of several that there is.
   *
   * @throws TemplateNotFound
   */
  load(name: unknown, parent?: string, run?: Run): Loaded {
    if (name instanceof Program) return name;
    if (typeof name === 'string' || isMarkup(name)) return this.#loadOne(name.toString(), parent, run);
    if (!isTrue(name)) return this.#loadFirst([], parent, run);
    if (isIterable(name)) return this.#loadFirst(toList(name), parent, run);
    throw new PyTypeError(`a template name is a string, not ${typeName(name)}`);
  }

  #loadFirst(names: readonly unknown[], parent?: string, run?: Run, from = 0): Loaded {
    if (from >= names.length) {
      const tried = names.map(String).join(', ');
      throw new TemplatesNotFound(
        tried === '' ? 'no template was named' : `none of the templates given were found: ${tried}`,
      );
    }
    const next = (error: unknown): Loaded => {
      if (error instanceof TemplateNotFound) return this.#loadFirst(names, parent, run, from + 1);
      throw error;
    };
    try {
      const program = this.load(names[from], parent, run);
      return isThenable(program) ? (program as PromiseLike<Program>).then(null, next) : program;
    } catch (error) {
      return next(error);
    }
  }

  #loadOne(given: string, parent?: string, run?: Run): Loaded {
    const name = resolveName(given, parent);
    const seen = run?.find(name);
    if (seen) return seen;
    const keep = (program: Program): Program => {
      run?.keep(name, program);
      return program;
    };
    const miss = (error: unknown): never => {
      if (error instanceof TemplateNotFound) run?.keep(name, null);
      throw error;
    };
    try {
      const program = this.#options.precompiled(name) ?? this.#current(name) ?? this.#load(name);
      return isThenable(program)
        ? (program as PromiseLike<Program>).then(keep, miss)
        : keep(program as Program);
    } catch (error) {
      return miss(error);
    }
  }

  #load(name: string): Loaded {
    const program = this.#pending.get(name) ?? this.#find(name, 0);
    if (!isThenable(program) || this.#pending.has(name)) return program;
    const forget = (): void => {
      if (this.#pending.get(name) === program) this.#pending.delete(name);
    };
    this.#pending.set(name, program as PromiseLike<Program>);
    (program as PromiseLike<Program>).then(forget, forget);
    return program;
  }

  #current(name: string): Program | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    if (!this.#options.autoReload || entry.isCurrent()) return entry.program;
    this.#entries.delete(name);
    return undefined;
  }

  #find(name: string, from: number): Loaded {
    const loader = this.#options.loaders[from];
    if (!loader) throw new TemplateNotFound(`there is no template '${name}'`);
    const use = (source: Found): Loaded =>
      source ? this.#keep(name, source, from) : this.#find(name, from + 1);
    const source = loader.async ? askLater(loader, name) : loader.getSource(name);
    return isThenable(source) ? (source as PromiseLike<Found>).then(use) : use(source as Found);
  }

  #keep(name: string, source: LoadedSource, from: number): Program {
    if (typeof source.src !== 'string') {
      throw new JinjaError(
        'INVALID_OPTION',
        `a loader gives { src, path } with the text in src, which that of '${name}' does not; what is compiled already goes to the option precompiled`,
      );
    }
    const program = this.#options.compile(source.src, name);
    if (source.noCache) return program;
    const before = this.#options.loaders.slice(0, from) as readonly OwnLoader[];
    const isHidden = (): boolean => before.some((loader) => loader['~has']?.(name));
    this.#entries.set(name, {
      program,
      isCurrent: () => (source.isCurrent?.() ?? true) && !isHidden(),
    });
    // The first is the one that came in before all others.
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.size) break;
      this.#entries.delete(oldest);
    }
    return program;
  }
}

/** Asks a loader that calls back; one that gives a promise all the same is taken at its word. */
function askLater(loader: Loader, name: string): Promise<Found> {
  return new Promise((resolve, reject) => {
    const source = loader.getSource(name, (error, found) => (error ? reject(error) : resolve(found)));
    if (isThenable(source)) (source as PromiseLike<Found>).then(resolve, reject);
  });
}
