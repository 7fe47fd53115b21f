import { iterate } from './python/iterate.ts';
import { DictView, isAsyncIterable, isThenable, Range, Tuple } from './python/values.ts';
import type { Run } from './run.ts';

/** Stands for the end of an async iterable. */
export const END: unique symbol = Symbol('end');

/**
 * What `{% for %}` goes through. Of an async iterable it has promises, of its values and at last of {@link END}: the loop
 * waits for each as it does for a promise in a list.
 */
export function source(run: Run, value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple || value instanceof DictView) return value.items;
  if (value instanceof Range && value.length <= MAX_LOOKED_AT) return [...value];
  if (!isAsyncIterable(value) || Symbol.iterator in value) return iterate(value);
  return new PromisedItems(run, value[Symbol.asyncIterator]());
}

/** What is left of a list, which may grow in the meantime. */
export function* itemsFrom(list: readonly unknown[], index: number): Iterable<unknown> {
  for (let i = index; i < list.length; i++) yield list[i];
}

class PromisedItems implements IterableIterator<PromiseLike<unknown>> {
  readonly #run: Run;
  readonly #iterator: AsyncIterator<unknown>;
  /** An iterator that has come to its end, or has failed, is not closed. */
  #isOver = false;

  constructor(run: Run, iterator: AsyncIterator<unknown>) {
    this.#run = run;
    this.#iterator = iterator;
  }

  next(): IteratorResult<PromiseLike<unknown>> {
    return { done: false, value: this.#step() };
  }

  async #step(): Promise<unknown> {
    try {
      const { done, value } = await this.#iterator.next();
      if (!done) return value;
      this.#isOver = true;
      return END;
    } catch (error) {
      this.#isOver = true;
      throw error;
    }
  }

  /** The loop has ended before the source. */
  return(): IteratorReturnResult<undefined> {
    if (!this.#isOver) this.#run.closeSource(() => this.#iterator.return?.());
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * An async iterable that is closed with the run, also while it is being waited for. A `for await` alone closes it only
 * once its next value has come.
 */
export function closable(run: Run, value: unknown): unknown {
  if (!isAsyncIterable(value)) return value;
  const iterable = value;
  return {
    [Symbol.asyncIterator]() {
      const iterator = iterable[Symbol.asyncIterator]();
      const forget = run.onClose(() => iterator.return?.());
      return {
        async next() {
          const step = await iterator.next();
          if (step.done) forget();
          return step;
        },
        async return() {
          forget();
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/**
 * Takes care that promises which are given to a template and reject before it comes to them end no process: it will see
 * the rejection itself when it gets there. Looks at the values, and at what is in lists and object literals among them.
 */
export function mindRejections(values: Iterable<unknown>, depth = 2): void {
  for (const value of values) {
    if (isThenable(value)) value.then(undefined, () => {});
    else if (depth > 1 && typeof value === 'object' && value !== null)
      mindRejections(dataOf(value), depth - 1);
  }
}

/** No more of a list than one can look at without anybody noticing. */
const MAX_LOOKED_AT = 10_000;

function dataOf(value: object): unknown[] {
  if (Array.isArray(value)) return value.slice(0, MAX_LOOKED_AT);
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return [];
  // Not by reading properties: a getter may do anything.
  return Object.values(Object.getOwnPropertyDescriptors(value))
    .slice(0, MAX_LOOKED_AT)
    .map((property) => property.value);
}
