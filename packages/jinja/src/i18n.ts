import { PyTypeError } from './errors.ts';
import { isKeywords } from './methods/parameters.ts';
import type { RenderContext } from './runtime/context.ts';
import { formatPercent } from './runtime/percentFormat.ts';
import { toText } from './runtime/text.ts';
import { isThenable, markup } from './runtime/values.ts';

/** What translates: the functions of gettext. Each may return a promise. */
export interface Translations {
  gettext(message: string): string | PromiseLike<string>;
  ngettext(singular: string, plural: string, n: number): string | PromiseLike<string>;
  /** With a context, which tells messages of the same words apart. Without it, `gettext` is asked. */
  pgettext?(context: string, message: string): string | PromiseLike<string>;
  npgettext?(context: string, singular: string, plural: string, n: number): string | PromiseLike<string>;
}

/** No translation at all: every message is what it is. */
export const nullTranslations: Translations = {
  gettext: (message) => message,
  ngettext: (singular, plural, n) => (n === 1 ? singular : plural),
};

type Translate = (...args: never[]) => string | PromiseLike<string>;

/**
 * The functions that templates call. The new style formats the message with the keyword arguments, and escapes these; the old one
 * leaves that to the template.
 */
export function translationGlobals(translations: Translations, isNewStyle: boolean): Record<string, unknown> {
  const functions: Record<
    string,
    { readonly translate: Translate; readonly known: readonly (string | null)[] }
  > = {
    gettext: { translate: (message: string) => translations.gettext(message), known: [null] },
    ngettext: {
      translate: (one: string, many: string, n: number) => translations.ngettext(one, many, n),
      known: [null, null, 'num'],
    },
    pgettext: {
      translate: (context: string, message: string) =>
        translations.pgettext?.(context, message) ?? translations.gettext(message),
      known: ['context', null],
    },
    npgettext: {
      translate: (context: string, one: string, many: string, n: number) =>
        translations.npgettext?.(context, one, many, n) ?? translations.ngettext(one, many, n),
      known: ['context', null, null, 'num'],
    },
  };
  const globals: Record<string, unknown> = {};
  for (const [name, { translate, known }] of Object.entries(functions)) {
    globals[name] = isNewStyle ? newStyle(translate, known) : oldStyle(translate, known);
  }
  globals._ = globals.gettext;
  return globals;
}

function oldStyle(translate: Translate, known: readonly (string | null)[]): unknown {
  return (...args: unknown[]) => {
    if (args.some(isKeywords)) {
      throw new PyTypeError(
        'gettext() takes variables with the option newStyleGettext, and is formatted otherwise',
      );
    }
    return (translate as (...all: unknown[]) => unknown)(...args.slice(0, known.length).map(argument));
  };
}

function newStyle(translate: Translate, known: readonly (string | null)[]): unknown {
  return function (this: RenderContext, ...args: unknown[]): unknown {
    const keywords = args.find(isKeywords);
    const positional = args.filter((arg) => !isKeywords(arg));
    const values: Record<string, unknown> = Object.create(null);
    known.forEach((name, i) => {
      if (name !== null) values[name] = positional[i];
    });
    for (const [name, value] of Object.entries(keywords ?? {}))
      if (name !== '__keywords') values[name] = value;
    const finish = (message: string): unknown =>
      formatPercent(this.autoescape ? markup(toText(message)) : toText(message), values);
    const message = (translate as (...all: unknown[]) => unknown)(...positional.map(argument));
    return isThenable(message) ? (message as PromiseLike<string>).then(finish) : finish(message as string);
  };
}

/** Messages are plain text for whoever translates them, marked as safe or not. */
function argument(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? value.valueOf() : value;
}
