import { type AutoescapeTest, selectAutoescape } from './autoescape.ts';
import { checkFunction, checkOptions, checkTag, checkText } from './checkOptions.ts';
import { compileTemplate } from './compile/templateCompiler.ts';
import type { UndefinedMode } from './compile/writer.ts';
import { JinjaError } from './errors.ts';
import { jinjaFilters } from './filters/filters.ts';
import { jinjaGlobals } from './globals.ts';
import { nullTranslations, translationGlobals } from './i18n.ts';
import { DictLoader } from './loaders/dictLoader.ts';
import { DirectoryLoader } from './loaders/directoryLoader.ts';
import { ProgramStore } from './loaders/programStore.ts';
import { arityOf } from './methods/parameters.ts';
import {
  type AnyFunction,
  type EnvironmentBase,
  type Loader,
  NunjucksEnvironment,
  type TagExtension,
} from './nunjucks.ts';
import { type EnvironmentOptions, type FilterFunction, resolveExtensions } from './options.ts';
import { jinjaTests } from './predicates.ts';
import { RenderableTemplate } from './renderableTemplate.ts';
import { ignore } from './runtime/guard.ts';
import { Program, type TemplateHost } from './runtime/program.ts';
import type { Limits } from './runtime/run.ts';
import { type Factory, runtime } from './runtime/runtime.ts';
import { checkSettings, type Settings, settingsOf } from './settings.ts';
import { compileDelimiters, type Delimiters } from './syntax/delimiters.ts';
import { parseTemplate } from './syntax/parse.ts';

/** What the name of a template is that comes from a string and was given none. */
const NAMELESS = '<template>';

/**
 * Templates of one kind: where they come from, and the filters, tests, globals and tags that they know. There may be several, side
 * by side; `Template` uses one by default.
 */
export class Environment {
  /** For the class `Template`, and for `precompile`. */
  readonly '~store': ProgramStore;
  readonly '~limits': Limits;
  readonly #registry: EnvironmentBase;
  readonly #host: TemplateHost;
  readonly #delimiters: Delimiters;
  readonly #builtIn: ReadonlySet<string>;
  readonly #escapes: AutoescapeTest;
  readonly #undefined: UndefinedMode;
  readonly #newStyleGettext: boolean;
  readonly #precompiled = new Map<string, Program>();

  /** @throws JinjaError `INVALID_OPTION` */
  constructor(options: EnvironmentOptions = {}) {
    checkOptions(options);
    const { autoescape = selectAutoescape(), newStyleGettext = false } = options;
    const { builtIn, tags } = resolveExtensions(options.extensions);
    this.#escapes = typeof autoescape === 'function' ? autoescape : () => autoescape;
    this.#undefined = options.undefined ?? 'default';
    this.#delimiters = compileDelimiters(options);
    this.#builtIn = builtIn;
    this.#newStyleGettext = newStyleGettext;
    this['~limits'] = {
      maxOutput: options.maxOutput ?? Number.POSITIVE_INFINITY,
      maxIterations: options.maxIterations ?? Number.POSITIVE_INFINITY,
    };
    this.#registry = new NunjucksEnvironment([], {});
    this['~store'] = new ProgramStore({
      loaders: loadersOf(options),
      compile: (source, name) => this.#compile(source, name, this.#escapes(name)),
      precompiled: (name) => this.#fromPrecompiled(options.precompiled, name),
      autoReload: options.autoReload ?? true,
      size: options.cacheSize ?? 400,
    });
    this.#host = {
      undefined: this.#undefined,
      globals: this.#registry.globals,
      filters: this.#registry.filters,
      tests: this.#registry.tests,
      getExtension: (name) => this.#registry.getExtension(name),
      loadProgram: (name, parent, run) =>
        this['~store'].load(name instanceof RenderableTemplate ? name['~program']() : name, parent, run),
    };
    this.#fill(options, tags);
    for (const [name, factory] of Object.entries(options.precompiled ?? {})) {
      checkSettings(name, factory.settings, this['~settings'](name));
    }
  }

  #fill(options: EnvironmentOptions, tags: readonly TagExtension[]): void {
    const add = (functions: object | undefined, kind: 'addFilter' | 'addTest'): void => {
      for (const [name, f] of Object.entries(functions ?? {})) this.#registry[kind](name, f as AnyFunction);
    };
    add(jinjaFilters, 'addFilter');
    add(options.filters, 'addFilter');
    add(jinjaTests, 'addTest');
    add(options.tests, 'addTest');
    const gettext = this.#builtIn.has('i18n')
      ? translationGlobals(options.translations ?? nullTranslations, this.#newStyleGettext)
      : {};
    for (const [name, value] of Object.entries({ ...jinjaGlobals, ...gettext, ...options.globals })) {
      this.addGlobal(name, value);
    }
    tags.forEach((extension, i) => {
      this.addExtension((extension as { name?: string }).name ?? `extension${i}`, extension);
    });
  }

  /**
   * A template by its name.
   *
   * @throws TemplateNotFound, TemplateSyntaxError; where a loader is asynchronous, when it is rendered
   */
  getTemplate(name: string): RenderableTemplate {
    return new RenderableTemplate(this, name);
  }

  /** A template from text. The name is for messages, and decides whether output is escaped. @throws TemplateSyntaxError */
  fromString(source: string, name?: string): RenderableTemplate {
    checkText('a template', source);
    if (name !== undefined) checkText('the name of a template', name);
    const program = this.#compile(source, name ?? NAMELESS, this.#escapes(name));
    return new RenderableTemplate(this, program);
  }

  /**
   * Adds a filter, or replaces one. With `isAsync` it is one of nunjucks' kind, which calls back; one that returns a promise needs
   * nothing of that.
   */
  addFilter(name: string, filter: FilterFunction, isAsync = false): this {
    checkText('the name of a filter', name);
    checkFunction(`the filter '${name}'`, filter);
    this.#registry.addFilter(name, filter as AnyFunction, isAsync);
    return this;
  }

  /** Adds a test, or replaces one. */
  addTest(name: string, test: FilterFunction): this {
    checkText('the name of a test', name);
    checkFunction(`the test '${name}'`, test);
    this.#registry.addTest(name, test as AnyFunction);
    return this;
  }

  /** Adds a name that every template knows. */
  addGlobal(name: string, value: unknown): this {
    checkText('the name of a global', name);
    // Whoever uses it gets to know that it was rejected.
    ignore(value);
    this.#registry.addGlobal(name, value);
    return this;
  }

  /** Adds tags, as nunjucks has them. */
  addExtension(name: string, extension: TagExtension): this {
    checkText('the name of an extension', name);
    checkTag(extension);
    this.#registry.addExtension(name, extension);
    return this;
  }

  /** What the code of a template depends on beside its text. For `precompile`. */
  '~settings'(name: string): Settings {
    return settingsOf({
      autoescape: Boolean(this.#escapes(name)),
      undefined: this.#undefined,
      newStyleGettext: this.#newStyleGettext,
      maxIterations: Number.isFinite(this['~limits'].maxIterations),
      maxOutput: Number.isFinite(this['~limits'].maxOutput),
    });
  }

  /** The code of a template: the body of a function that is given the runtime. For `precompile`. */
  '~compile'(source: string, name: string, autoescape: boolean = this.#escapes(name)): string {
    const { filters, tests, asyncFilters, extensions, extensionsList } = this.#registry;
    // nunjucks writes into a tag under which name it is known, and another environment may know it under another.
    for (const [key, extension] of Object.entries(extensions)) Object.assign(extension, { __name: key });
    const text = extensionsList.reduce(
      (before, extension) => extension.preprocess?.(before, name) ?? before,
      source,
    );
    const root = parseTemplate(text, name, {
      delimiters: this.#delimiters,
      extensions: extensionsList,
      builtIn: this.#builtIn,
      newStyleGettext: this.#newStyleGettext,
    });
    return compileTemplate(root, {
      name,
      source: text,
      autoescape,
      undefined: this.#undefined,
      hasFilter: (filter) => Object.hasOwn(filters, filter),
      hasTest: (test) => Object.hasOwn(tests, test),
      arityOf: (kind, key) => arityOf((kind === 'filter' ? filters : tests)[key]),
      isAsyncFilter: (filter) => asyncFilters.includes(filter),
      countIterations: Number.isFinite(this['~limits'].maxIterations),
      checkOutput: Number.isFinite(this['~limits'].maxOutput),
    });
  }

  #compile(source: string, name: string, autoescape: boolean): Program {
    const code = this['~compile'](source, name, autoescape);
    return new Program(name, this.#host, autoescape, makeFactory(code)(runtime));
  }

  #fromPrecompiled(templates: EnvironmentOptions['precompiled'], name: string): Program | undefined {
    if (!templates || !Object.hasOwn(templates, name)) return undefined;
    const known =
      this.#precompiled.get(name) ??
      new Program(name, this.#host, this.#escapes(name), (templates[name] as Factory)(runtime));
    this.#precompiled.set(name, known);
    return known;
  }
}

function makeFactory(code: string): Factory {
  try {
    return new Function('runtime', code) as Factory;
  } catch (error) {
    if ((error as Error).name !== 'EvalError') throw error;
    throw new JinjaError(
      'INVALID_OPTION',
      'this host makes no code of text: precompile() the templates, and use the option precompiled',
      { cause: error },
    );
  }
}

function loadersOf({ templates, directory, loaders = [] }: EnvironmentOptions): Loader[] {
  const found: Loader[] = templates ? [new DictLoader(templates)] : [];
  if (directory !== undefined) found.push(new DirectoryLoader(directory));
  return [...found, ...loaders];
}
