import type { AutoescapeTest } from './autoescape.ts';
import type { UndefinedMode } from './compile/writer.ts';
import { JinjaError } from './errors.ts';
import type { Translations } from './i18n.ts';
import type { Loader, TagExtension } from './nunjucks.ts';
import type { Factory } from './runtime/runtime.ts';
import type { SyntaxOptions } from './syntax/delimiters.ts';
import type { BuiltInExtension } from './syntax/statementParser.ts';

/** A filter of one's own. `this` is the context that it is used in; a promise as a result is waited for. */
export type FilterFunction = (value: never, ...args: never[]) => unknown;

/** What templates are made with. */
export interface EnvironmentOptions extends SyntaxOptions {
  /** The directory that templates are in, or several to look through. */
  directory?: string | readonly string[] | undefined;
  /** Templates in memory, by name. They are looked for first. */
  templates?: Readonly<Record<string, string>> | undefined;
  /** Templates as `precompile` has written them, by name. They need neither files nor `new Function`. */
  precompiled?: Readonly<Record<string, Factory>> | undefined;
  /** Where else templates come from: loaders of nunjucks, or any object with their methods. */
  loaders?: readonly Loader[] | undefined;
  /** Whether output is escaped; by the ending of the name by default, see `selectAutoescape`. */
  autoescape?: boolean | AutoescapeTest | undefined;
  /** What a name that has no value is; `default` by default, as in Jinja. */
  undefined?: UndefinedMode | undefined;
  /** Names that every template knows. */
  globals?: Readonly<Record<string, unknown>> | undefined;
  /** Filters beside Jinja's own, or in their place. */
  filters?: Readonly<Record<string, FilterFunction>> | undefined;
  /** Tests beside Jinja's own, or in their place. */
  tests?: Readonly<Record<string, FilterFunction>> | undefined;
  /** Jinja's own, by name (`do`, `loopcontrols`, `i18n`), and tags as nunjucks has them. */
  extensions?: readonly (BuiltInExtension | TagExtension)[] | undefined;
  /** What `{% trans %}` and `gettext()` translate with, for `i18n`; nothing by default. */
  translations?: Translations | undefined;
  /** Whether `gettext()` formats its message itself; false by default, as in Jinja. */
  newStyleGettext?: boolean | undefined;
  /** Whether a template is read again once its file has changed; true by default. */
  autoReload?: boolean | undefined;
  /** How many templates are kept; 400 by default. */
  cacheSize?: number | undefined;
  /** How many characters a rendering may have; without limit by default. */
  maxOutput?: number | undefined;
  /** How many rounds the loops of a rendering may have, all together; without limit by default. */
  maxIterations?: number | undefined;
}

const BUILT_IN: Readonly<Record<string, BuiltInExtension>> = {
  do: 'do',
  loopcontrols: 'loopcontrols',
  i18n: 'i18n',
  'jinja2.ext.do': 'do',
  'jinja2.ext.loopcontrols': 'loopcontrols',
  'jinja2.ext.i18n': 'i18n',
};

/** The extensions that are asked for: which of the built-in ones, and those of others. @throws JinjaError */
export function resolveExtensions(extensions: EnvironmentOptions['extensions'] = []): {
  builtIn: Set<BuiltInExtension>;
  tags: TagExtension[];
} {
  const builtIn = new Set<BuiltInExtension>();
  const tags: TagExtension[] = [];
  for (const extension of extensions) {
    if (typeof extension !== 'string') {
      tags.push(extension);
      continue;
    }
    const known = Object.hasOwn(BUILT_IN, extension) ? BUILT_IN[extension] : undefined;
    if (known === undefined) {
      throw new JinjaError(
        'INVALID_OPTION',
        `There is no extension '${extension}': it is one of do, loopcontrols, i18n, or an object with tags`,
      );
    }
    builtIn.add(known);
  }
  return { builtIn, tags };
}
