import { PyTypeError } from '../errors.ts';
import { DictView } from './dict.ts';
import { ignore } from './guard.ts';
import { isAsyncIterable, isIterable, toList } from './iterate.ts';
import { isMapping, isMarkup, isThenable } from './values.ts';

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;
type AnyResult = IteratorResult<unknown>;
const NOTHING: readonly unknown[] = [];

/**
 * Goes through what a loop is given. What is in memory is stepped through; anything else is pulled, an item at a time and no more
 * than are asked for, and closed where the loop ends early.
 */
export class Cursor {
  item: unknown = undefined;
  index0 = -1;
  /** What is in memory; nothing where items are pulled. */
  protected list: readonly unknown[] = NOTHING;
  protected source: AnyIterator | undefined = undefined;
  /** Items that were pulled before it was their turn. */
  protected ahead: unknown[] = [];
  #at = 0;

  constructor(values: unknown) {
    if (Array.isArray(values)) {
      this.list = values;
      // They are waited for one by one, and the last may be rejected while the first is waited for.
      if (isThenable(values[0])) values.forEach(ignore);
    } else if (isAsyncIterable(values)) this.source = values[Symbol.asyncIterator]();
    else if (isLazy(values)) this.source = (values as Iterable<unknown>)[Symbol.iterator]();
    else this.list = toList(values);
  }

  /** True while items have to be pulled. */
  get isLive(): boolean {
    return this.source !== undefined || this.ahead.length > 0;
  }

  step(): boolean {
    // The list may grow while it is gone through.
    if (this.#at >= this.list.length) return false;
    this.item = this.list[this.#at++];
    this.index0++;
    return true;
  }

  /** Goes on to the next item, and says whether there is one; a promise of that where the source is asynchronous. */
  pull(): boolean | PromiseLike<boolean> {
    if (this.ahead.length > 0) return this.#take(this.ahead.shift());
    if (this.source === undefined) return false;
    try {
      const result = this.source.next() as AnyResult | PromiseLike<AnyResult>;
      if (!isThenable(result)) return this.#accept(result);
      return (result as PromiseLike<AnyResult>).then(
        (later) => this.#accept(later),
        (error) => this.#fail(error),
      );
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** A source that has failed is at its end, and is not closed. */
  #fail(error: unknown): never {
    this.source = undefined;
    throw error;
  }

  #accept(result: AnyResult): boolean {
    if (!result.done) return this.#take(result.value);
    this.source = undefined;
    return false;
  }

  #take(item: unknown): boolean {
    this.index0++;
    this.item = item;
    return true;
  }

  /** Leaves out the item that was just taken. */
  skip(): void {
    this.index0--;
  }

  /** Tells the source that nothing more is wanted of it; a promise where it needs time to close. */
  close(): unknown {
    const { source } = this;
    this.source = undefined;
    return source?.return?.();
  }
}

/** What must not be put in memory at once. Text, dictionaries and their views, and what knows its size are there already. */
function isLazy(values: unknown): boolean {
  if (typeof values !== 'object' || values === null || isMarkup(values)) return false;
  if (values instanceof DictView || values instanceof Set || ArrayBuffer.isView(values)) return false;
  if (isIterable(values) && !isMapping(values)) return true;
  if (!isMapping(values))
    throw new PyTypeError(`'${values.constructor?.name ?? 'object'}' object is not iterable`);
  return false;
}
