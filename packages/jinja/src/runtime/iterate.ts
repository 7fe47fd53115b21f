import { PyTypeError, PyValueError } from '../errors.ts';
import { DictView, keysOf } from './dict.ts';
import { isMapping, isMarkup, isThenable, typeName } from './values.ts';

/** What Python's `iter()` goes through, as a list: the code points of text, the keys of a dictionary. Undefined is empty. */
export function toList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return Array.from(value);
  if (value === undefined) return [];
  if (isMarkup(value)) return Array.from(value.val);
  if (value instanceof DictView) return value.toArray();
  if (isMapping(value)) return keysOf(value);
  if (isIterable(value)) return Array.from(value);
  throw new PyTypeError(`'${typeName(value)}' object is not iterable`);
}

/** The same without putting in memory what comes in one by one. */
export function each(value: unknown): Iterable<unknown> {
  return isGenerator(value) ? value : toList(value);
}

/** What is gone through once, and has no length. */
export function isGenerator(value: unknown): value is IterableIterator<unknown> {
  return isIterable(value) && typeof (value as Partial<Iterator<unknown>>).next === 'function';
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'string' ||
    (typeof value === 'object' &&
      value !== null &&
      typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function')
  );
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === 'function'
  );
}

/**
 * The subject of a filter, once all that it consists of is there: a list of promises becomes a promise of a list, and so does what
 * comes in over time.
 */
export function settle(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.some(isThenable) ? Promise.all(value) : value;
  if (computed.has(value)) return settleComputed(value as Generator<unknown>);
  return isAsyncIterable(value) ? collectAsync(value) : value;
}

/** Generators of what functions of others give for each item, which may be promises. */
const computed = new WeakSet<object>();

export function markComputed(values: Generator<unknown>): Generator<unknown> {
  computed.add(values);
  return values;
}

/** The first decides: a filter that is asynchronous for one item is so for all. */
function settleComputed(values: Generator<unknown>): unknown {
  const first = values.next();
  if (first.done) return values;
  if (isThenable(first.value)) return Promise.all([first.value, ...values]);
  return markComputed(resume(first.value, values));
}

function* resume(first: unknown, rest: Iterable<unknown>): Generator<unknown> {
  yield first;
  yield* rest;
}

async function collectAsync(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** The number of values that an assignment to `count` names takes. */
export function unpack(value: unknown, count: number): unknown[] {
  const list = Array.isArray(value) ? value : toUnpackable(value);
  if (list.length === count) return list;
  throw new PyValueError(
    list.length > count
      ? `too many values to unpack (expected ${count})`
      : `not enough values to unpack (expected ${count}, got ${list.length})`,
  );
}

function toUnpackable(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    throw new PyTypeError(`cannot unpack non-iterable ${typeName(value)} object`);
  }
  return toList(value);
}
