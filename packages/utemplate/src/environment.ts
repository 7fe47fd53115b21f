import { BoundTemplate } from './boundTemplate.ts';
import { TemplateError } from './errors.ts';
import { EtaEngine } from './eta/engine.ts';
import type { Linker } from './linker.ts';
import { normalizeName } from './names.ts';
import { type Program, UNSET } from './program.ts';
import { attributes } from './python/attributes.ts';
import { builtins } from './python/builtins.ts';
import { operationsOf } from './python/operations.ts';
import { type EnvironmentOptions, resolveOptions, type Settings, type Syntax } from './settings.ts';
import { type Stored, TemplateStore } from './store.ts';
import { compileUTemplate, type ProgramOptions } from './utemplate/templateProgram.ts';

/** A template that has been compiled, and from what. */
interface Compiled {
  readonly program: Program;
  readonly stored: Stored;
}

/**
 * Templates that share a directory and options, apart from all others: {@link Template} has one of its own.
 *
 * ```ts
 * const mails = new Environment({ directory: 'mails', autoescape: false });
 * const text = mails.getTemplate('welcome.tpl').render({ name: 'Ida' });
 * ```
 *
 * @throws TemplateError `INVALID_OPTION`
 */
export class Environment {
  readonly #settings: Settings;
  readonly #store: TemplateStore;
  readonly #compiled: Map<string, Compiled> = new Map();
  /** What is being compiled, so that templates may include each other. */
  readonly #loading: Set<string> = new Set();
  readonly #utemplate: ProgramOptions;
  readonly #eta: EtaEngine;

  constructor(options: EnvironmentOptions = {}) {
    const settings = resolveOptions(options);
    this.#settings = settings;
    this.#store = new TemplateStore(settings.directories, settings.templates);
    const linker: Linker = { load: (name, from) => this.#load(this.#resolve(name, from)) };
    const known = builtins(attributes(settings.dictAttributes));
    const { globals } = settings;
    this.#utemplate = {
      builtins: known,
      isEscaped: settings.autoescape,
      counts: settings.maxIterations !== Number.POSITIVE_INFINITY,
      operations: operationsOf(settings.dictAttributes),
      look: (name) => (globals.has(name) ? globals.get(name) : (known.get(name) ?? UNSET)),
      linker,
    };
    this.#eta = new EtaEngine(settings, linker);
  }

  /**
   * A template by its name, which is that of its file, relative to the directory. It is read and compiled where it has not
   * been yet.
   *
   * @throws TemplateError `TEMPLATE_NOT_FOUND`, `TEMPLATE_OUTSIDE`, `TEMPLATE_SYNTAX`, `UNSUPPORTED_PYTHON`
   */
  getTemplate(name: string): BoundTemplate {
    return new BoundTemplate(...this['~load'](name));
  }

  /** What a {@link BoundTemplate} is made of. */
  '~load'(name: string): ConstructorParameters<typeof BoundTemplate> {
    const resolved = this.#resolve(name);
    this.#load(resolved);
    return [name, () => this.#load(resolved), this.#settings];
  }

  /**
   * A template of a text.
   *
   * @param options its syntax, if it is not that of the environment, and what errors call it.
   * @throws TemplateError `TEMPLATE_SYNTAX`, `UNSUPPORTED_PYTHON`, and those of templates that it includes.
   */
  fromString(text: string, options: { syntax?: Syntax; name?: string } = {}): BoundTemplate {
    const { syntax = this.#settings.syntax, name = '<string>' } = options;
    const program = this.#compile(name, text, syntax);
    return new BoundTemplate(name, () => program, this.#settings);
  }

  /** @param from the template in eta's syntax that asks. */
  #resolve(name: string, from?: string): string {
    if (typeof name !== 'string') {
      throw new TemplateError('TEMPLATE_NOT_FOUND', `a template has a name, and this is a ${typeof name}`);
    }
    if (this.#settings.templates.has(name)) return name;
    return from === undefined && this.#settings.syntax !== 'eta'
      ? normalizeName(name)
      : this.#eta.resolve(name, from);
  }

  #load(name: string): Program {
    const known = this.#compiled.get(name);
    if (known && !(this.#settings.autoReload && this.#store.isChanged(known.stored))) return known.program;
    this.#compiled.delete(name);
    const stored = this.#store.read(name);
    const program = this.#compile(name, stored.text, this.#syntaxOf(name));
    this.#compiled.set(name, { program, stored });
    return program;
  }

  #syntaxOf(name: string): Syntax {
    if (name.startsWith('@') || name.endsWith('.eta')) return 'eta';
    return name.endsWith('.tpl') ? 'utemplate' : this.#settings.syntax;
  }

  #compile(name: string, text: string, syntax: Syntax): Program {
    if (syntax === 'eta') return this.#eta.compile(name, text);
    const program = compileUTemplate(name, text, this.#utemplate);
    this.#loading.add(name);
    try {
      for (const include of program.includes) {
        if (typeof include.name === 'string') this.#check(name, text, include.name, include);
      }
    } finally {
      this.#loading.delete(name);
    }
    return program;
  }

  /** A template that is included by its name must be there when the one that includes it is loaded, as in utemplate. */
  #check(
    templateName: string,
    source: string,
    included: string,
    place: { line: number; column: number },
  ): void {
    try {
      const name = this.#resolve(included);
      if (!this.#loading.has(name)) this.#load(name);
    } catch (error) {
      if (error instanceof TemplateError) error['~locate']({ templateName, source, ...place });
      throw error;
    }
  }
}
