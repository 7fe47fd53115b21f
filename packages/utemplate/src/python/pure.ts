import { SafeString } from '../safe.ts';
import type { Attributes } from './attributes.ts';
import { Builtin } from './call.ts';
import { item } from './items.ts';
import { type Named, NO_NAMES } from './method.ts';
import { DictView, isDict, isPlainObject, PyFloat, Range, Tuple } from './values.ts';

/**
 * Thrown where something cannot be done in passing: what would have to be waited for, and what may change something, or
 * can be asked only once. Whoever catches it does all of it again, in the long way.
 */
export const BAIL: unique symbol = Symbol('bail');

export function bail(): never {
  throw BAIL;
}

/** What may be done twice, as nothing comes of it but a value. */
export interface PureOperations {
  pureAttribute(object: unknown, name: string): unknown;
  pureCall(callee: unknown, args: readonly unknown[], named?: Named): unknown;
  pureItem(object: unknown, key: unknown): unknown;
  /** What a loop goes through, as a list. */
  pureItems(value: unknown): readonly unknown[];
  pureMethod(object: unknown, name: string, args: readonly unknown[], named?: Named): unknown;
}

export function pureOperations({ attribute, callMethod }: Attributes): PureOperations {
  return {
    pureAttribute: (object, name) => (isPlainObject(object) ? attribute(object, name) : bail()),
    pureCall: (callee, args, named = NO_NAMES) =>
      callee instanceof Builtin && arePure(args, named) ? callee.run(args, named) : bail(),
    pureItem,
    pureItems,
    pureMethod: (object, name, args, named = NO_NAMES) => {
      const isKnown = typeof object === 'string' || (isPure(object) && !CHANGING.has(name));
      return isKnown && arePure(args, named) ? callMethod(object, name, args, named) : bail();
    },
  };
}

/** Beyond it a range is gone through number by number. */
const MAX_LIST = 10_000;

/** The methods of lists, dicts and sets that change them. */
const CHANGING: ReadonlySet<string> = new Set(
  'append extend insert pop remove clear reverse sort popitem setdefault update add discard'.split(' '),
);

function pureItem(object: unknown, key: unknown): unknown {
  // As in `item`, which is not made one with this when it is compiled.
  if (typeof key === 'string' && typeof object === 'object' && object?.constructor === Object) {
    const value = (object as Record<string, unknown>)[key];
    if (typeof value === 'string' || typeof value === 'number') return value;
  }
  return otherItem(object, key);
}

function otherItem(object: unknown, key: unknown): unknown {
  return isPure(object) ? item(object, key) : bail();
}

function pureItems(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple || value instanceof DictView) return value.items;
  if (typeof value === 'string') return [...value];
  if (value instanceof Range) return value.length > MAX_LIST ? bail() : [...value];
  if (value instanceof Map) return [...value.keys()];
  return isPlainObject(value) ? Object.keys(value) : bail();
}

function arePure(args: readonly unknown[], named: Named): boolean {
  return args.every(isPure) && (named.size === 0 || [...named.values()].every(isPure));
}

/** Whether to use a value changes nothing: iterators are used up, and functions and objects of classes may do anything. */
function isPure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  return (
    Array.isArray(value) ||
    isDict(value) ||
    value instanceof Tuple ||
    value instanceof Range ||
    value instanceof DictView ||
    value instanceof Set ||
    value instanceof PyFloat ||
    value instanceof SafeString
  );
}
