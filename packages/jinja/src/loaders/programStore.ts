import { JinjaError, PyTypeError, TemplateNotFound, TemplatesNotFound } from '../errors.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';
import { isIterable, toList } from '../runtime/iterate.ts';
import { Program } from '../runtime/program.ts';
import type { Run } from '../runtime/run.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMarkup, isThenable, typeName } from '../runtime/values.ts';
import { resolveName } from './resolveName.ts';

/** What a loader may say beside nunjucks' interface: whether what it gave is still what it would give. */
interface Source extends LoadedSource {
  isCurrent?(): boolean;
}

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

/** Finds templates, and keeps those that were used last. */
export class ProgramStore {
  readonly #options: StoreOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: StoreOptions) {
    this.#options = options;
    for (const loader of options.loaders) loader.on?.('update', (name: string) => this.#entries.delete(name));
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
    const seen = run?.templates.get(name);
    if (seen) return seen as Program;
    const program = this.#options.precompiled(name) ?? this.#current(name) ?? this.#find(name, 0);
    if (isThenable(program)) {
      return (program as PromiseLike<Program>).then((found) => {
        run?.templates.set(name, found);
        return found;
      });
    }
    run?.templates.set(name, program);
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
    const use = (source: Source | null | undefined): Loaded =>
      source ? this.#keep(name, source) : this.#find(name, from + 1);
    if (!loader.async) return use(loader.getSource(name));
    return new Promise<Source | null | undefined>((resolve, reject) => {
      loader.getSource(name, (error, source) => (error ? reject(error) : resolve(source)));
    }).then(use);
  }

  #keep(name: string, source: Source): Program {
    if (typeof source.src !== 'string') {
      throw new JinjaError(
        'INVALID_OPTION',
        `the loader of '${name}' gives no text: see the option precompiled`,
      );
    }
    const program = this.#options.compile(source.src, name);
    if (source.noCache) return program;
    this.#entries.set(name, { program, isCurrent: () => source.isCurrent?.() ?? true });
    // The first is the one that came in before all others.
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.size) break;
      this.#entries.delete(oldest);
    }
    return program;
  }
}
