import { PythonError, TemplateError } from '../errors.ts';
import { attributes } from './attributes.ts';
import { call, lambda } from './call.ts';
import { contains, dictKey, eq, ge, gt, is, le, lt, ne } from './compare.ts';
import { format } from './format.ts';
import { converted } from './formatText.ts';
import { item, slice } from './items.ts';
import { iterate, unpack } from './iterate.ts';
import type { Named } from './method.ts';
import {
  add,
  addInPlace,
  bits,
  div,
  floordiv,
  invert,
  mod,
  mul,
  neg,
  pos,
  pow,
  setItem,
  sub,
} from './operators.ts';
import { bail, pureOperations } from './pure.ts';
import { str, truth } from './text.ts';
import { entriesOf, isDict, isThenable, PyFloat, Tuple, typeName } from './values.ts';

/** What the JavaScript of an expression calls, by name. */
export type Operations = Readonly<Record<string, unknown>>;

/** What `ExpressionCompiler` has an expression call, by the names that it knows. */
const operations: Operations = {
  PyFloat,
  Tuple,
  add,
  addInPlace,
  bits,
  call,
  converted,
  dictKey,
  div,
  entriesFrom,
  eq,
  floordiv,
  format,
  ge,
  gt,
  invert,
  is,
  isIn: (a: unknown, b: unknown): boolean => contains(b, a),
  isNot: (a: unknown, b: unknown): boolean => !is(a, b),
  isThenable,
  item,
  iterate,
  lambda,
  le,
  lt,
  mod,
  mul,
  namedOf,
  names,
  ne,
  neg,
  notIn: (a: unknown, b: unknown): boolean => !contains(b, a),
  now,
  pos,
  pow,
  setItem,
  slice,
  str,
  sub,
  toSet: (items: readonly unknown[]): Set<unknown> => new Set(items.map(dictKey)),
  truth,
  unpack,
};

/** @param dictAttributes see `TemplateOptions`. */
export function operationsOf(dictAttributes: boolean): Operations {
  const found = attributes(dictAttributes);
  return { ...operations, ...found, ...pureOperations(found), bail };
}

/** The entries of `**dict`, in a literal. */
function entriesFrom(value: unknown): Iterable<readonly [unknown, unknown]> {
  if (isDict(value)) return entriesOf(value);
  throw new PythonError('TypeError', `'${typeName(value)}' object is not a mapping`);
}

/** The arguments of `**dict`, in a call. */
function namedOf(value: unknown): [string, unknown][] {
  return Array.from(entriesFrom(value), ([key, item]) => {
    if (typeof key === 'string') return [key, item];
    throw new PythonError('TypeError', 'keywords must be strings');
  });
}

/** The arguments of a call that have names. */
function names(entries: readonly [string, unknown][]): Named {
  const named = new Map(entries);
  if (named.size === entries.length) return named;
  throw new PythonError('TypeError', 'an argument is given twice');
}

/** A value where nothing can be waited for. */
function now(value: unknown): unknown {
  if (!isThenable(value)) return value;
  value.then(undefined, () => {});
  throw new TemplateError(
    'PROMISE',
    'a promise in a lambda or a generator expression, which cannot wait: use a list comprehension or {% for %}',
  );
}
