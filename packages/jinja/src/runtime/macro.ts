import { PyTypeError } from '../errors.ts';
import { isKeywords } from '../methods/parameters.ts';
import { collect, type Rendering } from './collect.ts';
import { RenderContext } from './context.ts';
import type { Run } from './run.ts';
import { isThenable, MACRO, type Markup, markup, tuple } from './values.ts';

/** In the place of an argument that was not given. */
export const MISSING: unique symbol = Symbol('missing');

export interface MacroShape {
  /** The body of a `{% call %}` has none. */
  readonly name: string | null;
  readonly params: readonly string[];
  readonly usesCaller: boolean;
  readonly usesKwargs: boolean;
  readonly usesVarargs: boolean;
}

type Body = (run: Run, extras: Extras, ...args: unknown[]) => Rendering;

/** What a macro may ask for besides its parameters. */
export interface Extras {
  readonly caller: unknown;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly varargs: readonly unknown[];
}

export type Macro = (this: unknown, ...args: unknown[]) => unknown;

/** The function that calls a macro: it gives text, which is markup where the caller escapes, or a promise of it. */
export function makeMacro(run: Run, defaultEscape: boolean, shape: MacroShape, body: Body): Macro {
  const { params } = shape;
  // A method, since a function has properties of its own where a bundler has made a script of the module, and these cannot be changed.
  const { macro }: { readonly macro: Macro } = {
    macro(...args) {
      const last = args.at(-1);
      const keywords = isKeywords(last) ? (args.pop() as Readonly<Record<string, unknown>>) : undefined;
      const isCalledFromTemplate = this instanceof RenderContext;
      // A module may outlive the rendering that it was made in: limits are those of the one that calls.
      const current = isCalledFromTemplate ? this.run : run;
      const isSafe = isCalledFromTemplate ? this.autoescape : defaultEscape;
      const values = params.map((name, i) => {
        if (i < args.length) return args[i];
        return keywords && Object.hasOwn(keywords, name) ? keywords[name] : MISSING;
      });
      const text = collect(current, body(current, extrasOf(shape, args, keywords), ...values));
      return isThenable(text)
        ? (text as Promise<string>).then((t) => wrap(t, isSafe))
        : wrap(text as string, isSafe);
    },
  };
  // What templates may ask a macro for, under Jinja's names.
  const properties = {
    name: shape.name,
    arguments: tuple(params),
    catch_kwargs: shape.usesKwargs,
    catch_varargs: shape.usesVarargs,
    caller: shape.usesCaller,
  };
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(macro, name, { value, enumerable: true });
  }
  return Object.assign(macro, { [MACRO]: true });
}

function wrap(text: string, isSafe: boolean): string | Markup {
  return isSafe ? markup(text) : text;
}

function extrasOf(
  { name, params, usesCaller, usesKwargs, usesVarargs }: MacroShape,
  args: readonly unknown[],
  keywords: Readonly<Record<string, unknown>> | undefined,
): Extras {
  if (args.length > params.length && !usesVarargs) {
    throw new PyTypeError(`macro '${name}' takes not more than ${params.length} argument(s)`);
  }
  const kwargs: Record<string, unknown> = Object.create(null);
  let caller: unknown;
  for (const key of keywords ? Object.keys(keywords) : []) {
    const at = params.indexOf(key);
    const value = keywords?.[key];
    if (key === '__keywords') continue;
    if (at !== -1) {
      if (at < args.length)
        throw new PyTypeError(`macro '${name}' got multiple values for argument '${key}'`);
    } else if (key === 'caller' && usesCaller) caller = value;
    else if (usesKwargs) kwargs[key] = value;
    else if (key === 'caller') {
      throw new PyTypeError(`macro '${name}' was invoked with a body, but does not call caller()`);
    } else throw new PyTypeError(`macro '${name}' takes no keyword argument '${key}'`);
  }
  return { caller, kwargs, varargs: tuple(args.slice(params.length)) };
}
