import { PythonError } from '../errors.ts';
import { type Named, NO_NAMES } from './method.ts';
import { PyFloat, Tuple, typeName } from './values.ts';

/** A function of Python's own. */
export class Builtin {
  readonly name: string;
  readonly run: (args: readonly unknown[], named: Named) => unknown;
  /** Of a type, such as `str`: its methods, which take the object first, as in `map(str.upper, names)`. */
  readonly methods: ReadonlySet<string>;

  constructor(name: string, run: Builtin['run'], methods: Iterable<string> = []) {
    this.name = name;
    this.run = run;
    this.methods = new Set(methods);
  }

  toString(): string {
    return `<built-in function ${this.name}>`;
  }
}

/** Functions of the template itself, which know the values of Python, with the names of their parameters. */
const lambdas = new WeakMap<object, readonly string[]>();

/** Makes a function of a lambda's: one that takes so many arguments, and is given them as they are. */
export function lambda(
  callee: (...args: readonly unknown[]) => unknown,
  names: readonly string[],
  least: number,
  most: number,
): (...args: readonly unknown[]) => unknown {
  const checked = (...args: readonly unknown[]): unknown => {
    if (args.length >= least && args.length <= most) return callee(...args);
    const wanted = least === most ? least : `${least} to ${most}`;
    throw new PythonError('TypeError', `<lambda>() takes ${wanted} arguments but ${args.length} were given`);
  };
  lambdas.set(checked, names);
  return checked;
}

/** Puts arguments with names where a lambda has them. JavaScript takes what is left out between them for a default. */
function inOrder(names: readonly string[], args: readonly unknown[], named: Named): unknown[] {
  const ordered = [...args];
  for (const [name, value] of named) {
    const at = names.indexOf(name);
    if (at < args.length) {
      const problem = at === -1 ? 'got an unexpected keyword argument' : 'got multiple values for argument';
      throw new PythonError('TypeError', `<lambda>() ${problem} '${name}'`);
    }
    ordered[at] = value;
  }
  return ordered;
}

/**
 * `callee(...)`. What the application brings is given its arguments as JavaScript has them, and those with names as an
 * object behind them.
 *
 * @throws PythonError `TypeError` of what is no function.
 */
export function call(callee: unknown, args: readonly unknown[], named: Named = NO_NAMES): unknown {
  if (callee instanceof Builtin) return callee.run(args, named);
  if (typeof callee === 'function') {
    const names = lambdas.get(callee);
    if (names) return callee(...(named.size > 0 ? inOrder(names, args, named) : args));
    return callee(...args.map(toJavaScript), ...namedObject(named));
  }
  throw new PythonError('TypeError', `'${typeName(callee)}' object is not callable`);
}

/** The arguments with names as an object, where there are any. */
export function namedObject(named: Named): [] | [Record<string, unknown>] {
  if (named.size === 0) return [];
  return [Object.fromEntries(Array.from(named, ([name, value]) => [name, toJavaScript(value)]))];
}

/** A float is a number, and a tuple an array. */
export function toJavaScript(value: unknown): unknown {
  if (value instanceof PyFloat) return value.value;
  return value instanceof Tuple ? [...value.items] : value;
}
