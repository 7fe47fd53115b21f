import type { EtaConfig } from 'eta/core';
import { TemplateError } from './errors.ts';

/** `utemplate`: `{% for %}` and `{{ }}` with Python in them. `eta`: `<% %>` with JavaScript in them. */
export type Syntax = 'utemplate' | 'eta';

export interface TemplateOptions {
  /**
   * The syntax of templates whose names do not tell: `.eta` and names that begin with `@` are eta's, `.tpl` is
   * utemplate's. `'utemplate'` by default.
   */
  syntax?: Syntax | undefined;
  /**
   * Whether what is printed is made harmless in HTML; `true` by default, which utemplate never does. Text that is HTML
   * already is a {@link SafeString}, or goes through `safe()` in the template.
   */
  autoescape?: boolean | undefined;
  /** What every template knows: by its name in utemplate's syntax, as a property of `it` in eta's. */
  globals?: Readonly<Record<string, unknown>> | undefined;
  /** Templates that are in memory, by name. They come before files. */
  templates?: Readonly<Record<string, string>> | undefined;
  /** Whether a template is compiled anew when its file has changed; `true` by default, at the cost of a look at the file. */
  autoReload?: boolean | undefined;
  /** How many characters a page may have; no limit by default. Beyond it, rendering fails with `TOO_MUCH_OUTPUT`. */
  maxOutput?: number | undefined;
  /** How often the loops of a page may go round, all of them together; no limit by default. `TOO_MANY_ITERATIONS`. */
  maxIterations?: number | undefined;
  /**
   * Whether `user.name` may be written for `user['name']` where `user` is an object literal of JavaScript; `true` by
   * default. In Python a dict has no such attributes.
   */
  dictAttributes?: boolean | undefined;
  /** What eta's own configuration has: `tags`, `useWith`, `autoTrim`, `plugins`, ... */
  eta?: Partial<EtaConfig> | undefined;
}

export interface EnvironmentOptions extends TemplateOptions {
  /** Where the templates are; several are searched in their order. `'templates'` by default. */
  directory?: string | readonly string[] | undefined;
}

export interface Settings {
  readonly directories: readonly string[];
  readonly syntax: Syntax;
  readonly autoescape: boolean;
  readonly globals: ReadonlyMap<string, unknown>;
  readonly templates: ReadonlyMap<string, string>;
  readonly autoReload: boolean;
  readonly maxOutput: number;
  readonly maxIterations: number;
  readonly dictAttributes: boolean;
  readonly eta: Partial<EtaConfig>;
}

/** @throws TemplateError `INVALID_OPTION` */
export function resolveOptions(options: EnvironmentOptions): Settings {
  const { directory = 'templates', syntax = 'utemplate', globals = {}, templates = {} } = options;
  const directories = typeof directory === 'string' ? [directory] : [...directory];
  if (directories.some((one) => typeof one !== 'string' || one === '')) {
    throw invalid('directory is the path of a directory, or a list of them');
  }
  if (syntax !== 'utemplate' && syntax !== 'eta') {
    throw invalid(`syntax is 'utemplate' or 'eta', not ${JSON.stringify(syntax)}`);
  }
  for (const [name, text] of Object.entries(templates)) {
    if (typeof text !== 'string') throw invalid(`templates has the text of ${name}, not ${typeof text}`);
  }
  const { maxOutput = Number.POSITIVE_INFINITY, maxIterations = Number.POSITIVE_INFINITY } = options;
  for (const [name, value] of Object.entries({ maxOutput, maxIterations })) {
    if (!(typeof value === 'number' && value > 0))
      throw invalid(`${name} is a number above 0, not ${String(value)}`);
  }
  return {
    directories,
    syntax,
    autoescape: options.autoescape ?? true,
    globals: new Map(Object.entries(globals)),
    templates: new Map(Object.entries(templates)),
    autoReload: options.autoReload ?? true,
    maxOutput,
    maxIterations,
    dictAttributes: options.dictAttributes ?? true,
    eta: options.eta ?? {},
  };
}

function invalid(message: string): TemplateError {
  return new TemplateError('INVALID_OPTION', message);
}
