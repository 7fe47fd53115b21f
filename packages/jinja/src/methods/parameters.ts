import { PyTypeError } from '../errors.ts';

/** The names of a function's parameters, by which templates may give arguments. */
export const PARAMETERS: unique symbol = Symbol.for('@microdot/jinja.parameters');

const REQUIRED: unique symbol = Symbol.for('@microdot/jinja.required');

/** Marks keyword arguments. Data may have a key `__keywords`, and has no symbols. */
export const KEYWORDS: unique symbol = Symbol('keywords');

/** Keyword arguments, as nunjucks hands them to functions: the last argument, with a mark. */
export interface Keywords {
  readonly [KEYWORDS]: true;
  /** What functions written for nunjucks know them by. */
  readonly __keywords: true;
  readonly [name: string]: unknown;
}

export type Callable = ((this: never, ...args: never[]) => unknown) & {
  [PARAMETERS]?: readonly string[];
  [REQUIRED]?: number;
};

/** Functions by their names in templates. */
export type FunctionTable = Readonly<Record<string, (this: never, ...args: never[]) => unknown>>;

/**
 * Gives a function names for its parameters: `{{ text|truncate(length=20) }}` passes 20 as what is named `length`. The first
 * `required` of them must be given.
 */
export function named<F extends (this: never, ...args: never[]) => unknown>(
  parameters: readonly string[],
  f: F,
  required = 0,
): F {
  return Object.assign(f, { [PARAMETERS]: parameters, [REQUIRED]: required });
}

/** How many arguments a function takes; nothing where it takes any. */
export function arityOf(f: Callable | undefined): { readonly min: number; readonly max: number } | undefined {
  const parameters = f?.[PARAMETERS];
  return parameters && { min: f?.[REQUIRED] ?? 0, max: parameters.length };
}

/** Says of all functions of a table that have no named parameters that they take none; except for some. */
export function withoutArguments(table: FunctionTable, except: readonly string[]): FunctionTable {
  for (const [name, f] of Object.entries(table)) {
    if (!(PARAMETERS in f) && !except.includes(name)) named([], f);
  }
  return table;
}

/** How many arguments a method takes; none, unless something is said of it. */
type Arities = Readonly<Record<string, number | readonly [min: number, max: number]>>;

/** Methods that count their arguments, as Python's do, and take those by name that have names. */
export function withArities(table: FunctionTable, arities: Arities): FunctionTable {
  const checked = Object.entries(table).map(([name, f]): [string, FunctionTable[string]] => {
    const arity = arities[name] ?? 0;
    const [min, max] = typeof arity === 'number' ? [arity, arity] : arity;
    const method = function (this: unknown, ...args: unknown[]): unknown {
      if (args.length < min || args.length > max) {
        throw new PyTypeError(
          `${name}() takes ${min === max ? min : `${min} to ${max}`} argument(s), not ${args.length}`,
        );
      }
      if (isKeywords(args.at(-1))) throw new PyTypeError(`${name}() takes no keyword arguments`);
      return (f as (this: unknown, ...all: unknown[]) => unknown).apply(this, args);
    };
    return [name, Object.assign(method, f)];
  });
  return Object.fromEntries(checked);
}

export function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, KEYWORDS);
}

/**
 * Puts keyword arguments where a function wants them: in their places where these have names, and else behind the others, as
 * nunjucks does. `skipped` arguments come before those that are named.
 */
export function bindKeywords(
  f: Callable,
  args: readonly unknown[],
  keywords: Keywords,
  skipped = 0,
): unknown[] {
  const parameters = f[PARAMETERS];
  if (!parameters) return [...args, keywords];
  const bound = [...args];
  for (const name of Object.keys(keywords)) {
    if (name === '__keywords') continue;
    const at = parameters.indexOf(name);
    if (at === -1) throw new PyTypeError(`got an unexpected keyword argument '${name}'`);
    if (at + skipped < args.length) throw new PyTypeError(`got multiple values for argument '${name}'`);
    bound[at + skipped] = keywords[name];
  }
  return bound;
}
