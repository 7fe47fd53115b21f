import { PyTypeError, PyValueError } from '../errors.ts';
import { DictView, keysOf } from './dict.ts';
import { ignore } from './guard.ts';
import type { Run } from './run.ts';
import { isMapping, isMarkup, isThenable, Tuple, tuple, typeName } from './values.ts';

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
export function settle(run: Run, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.some(isThenable) ? settleList(value) : value;
  if (computed.has(value)) return settleComputed(value as IterableIterator<unknown>);
  return isAsyncIterable(value) ? collectAsync(run, value) : value;
}

async function settleList(list: readonly unknown[]): Promise<unknown[]> {
  const values = await Promise.all(list);
  return list instanceof Tuple ? tuple(values) : values;
}

/** Generators of what functions of others give for each item, which may be promises. */
const computed = new WeakSet<object>();

export function markComputed<T extends Iterator<unknown>>(values: T): T {
  computed.add(values);
  return values;
}

/** The first decides: a filter that is asynchronous for one item is so for all. */
function settleComputed(values: IterableIterator<unknown>): unknown {
  const first = values.next();
  if (first.done) return values;
  if (isThenable(first.value)) return Promise.all(withRest(first.value, values));
  return markComputed(new Resumed(first.value, values));
}

function withRest(first: unknown, rest: Iterable<unknown>): unknown[] {
  const values = [first];
  try {
    for (const value of rest) values.push(value);
    return values;
  } catch (error) {
    values.forEach(ignore);
    throw error;
  }
}

/** What was begun, from its first item on. Closing it closes what it came from, also before anything was taken. */
export class Resumed implements IterableIterator<unknown> {
  readonly #first: unknown;
  readonly #rest: Iterator<unknown>;
  #isFirst = true;

  constructor(first: unknown, rest: Iterator<unknown>) {
    this.#first = first;
    this.#rest = rest;
  }

  next(): IteratorResult<unknown> {
    if (!this.#isFirst) return this.#rest.next();
    this.#isFirst = false;
    return { done: false, value: this.#first };
  }

  return(): IteratorResult<unknown> {
    this.#isFirst = false;
    return this.#rest.return?.() ?? { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

async function collectAsync(run: Run, values: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  const source = values[Symbol.asyncIterator]();
  const isDone = run.opened(() => source.return?.());
  try {
    for (;;) {
      const result = await source.next();
      if (result.done || run.isOver) return list;
      list.push(result.value);
    }
  } finally {
    isDone();
  }
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
  if (value === null) throw new PyTypeError('cannot unpack non-iterable NoneType object');
  return toList(value);
}
