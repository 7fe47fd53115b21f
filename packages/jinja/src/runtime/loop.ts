import { PyTypeError } from '../errors.ts';
import { isEqual } from './compare.ts';
import { Cursor } from './cursor.ts';
import { isThenable } from './values.ts';

/** Runs the body of a recursive loop over other values, one level deeper. */
export type Recurse = (values: unknown) => unknown;

type Result = IteratorResult<unknown>;

/**
 * `loop`. What is to come is known of lists; of a stream, `last` and `nextitem` look one item ahead, and `length` and what depends on
 * it read all of it, as in Jinja. Of an asynchronous one they are promises, which templates wait for.
 */
export class Loop extends Cursor {
  readonly depth0: number;
  readonly #recurse: Recurse | undefined;
  #previous: unknown = undefined;
  #current: unknown = undefined;
  #currentIndex = -1;
  #changed: unknown[] | undefined;

  constructor(values: unknown, depth0 = 0, recurse?: Recurse) {
    super(values);
    this.depth0 = depth0;
    this.#recurse = recurse;
  }

  get index(): number {
    return this.index0 + 1;
  }

  get depth(): number {
    return this.depth0 + 1;
  }

  get first(): boolean {
    return this.index0 === 0;
  }

  get last(): unknown {
    if (this.source === undefined) return this.ahead.length === 0 && this.index0 >= this.list.length - 1;
    return this.#withNext((isThere) => !isThere);
  }

  get nextitem(): unknown {
    if (this.source === undefined) return this.list.length > 0 ? this.list[this.index0 + 1] : this.ahead[0];
    return this.#withNext((isThere) => (isThere ? this.ahead[0] : undefined));
  }

  get previtem(): unknown {
    return this.list.length > 0 ? this.list[this.index0 - 1] : this.#previous;
  }

  get length(): unknown {
    return this.#withRest((rest) => (this.list.length > 0 ? this.list.length : this.index0 + 1 + rest));
  }

  get revindex(): unknown {
    return this.#withRest((rest) => rest + 1);
  }

  get revindex0(): unknown {
    return this.#withRest((rest) => rest);
  }

  /** The items in turn: `loop.cycle('odd', 'even')`. */
  cycle(...items: unknown[]): unknown {
    if (items.length === 0) throw new PyTypeError('no items for cycling given');
    return items[this.index0 % items.length];
  }

  /** Whether the values are others than in the round before. */
  changed(...values: unknown[]): boolean {
    const isChanged = this.#changed === undefined || !isEqual(this.#changed, values);
    this.#changed = values;
    return isChanged;
  }

  /** @throws PyTypeError unless the loop is recursive */
  '~call'(values: unknown): unknown {
    if (!this.#recurse) {
      throw new PyTypeError("The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.#recurse(values);
  }

  override toString(): string {
    return `<LoopContext ${this.index}/${String(this.length)}>`;
  }

  override pull(): boolean | PromiseLike<boolean> {
    if (this.index0 !== this.#currentIndex) [this.#currentIndex, this.#current] = [this.index0, this.item];
    this.#previous = this.#current;
    return super.pull();
  }

  #withNext<T>(use: (isThere: boolean) => T): T | PromiseLike<T> {
    if (this.ahead.length > 0) return use(true);
    const result = this.source?.next() as Result | PromiseLike<Result>;
    return isThenable(result)
      ? (result as PromiseLike<Result>).then((r) => use(this.#keep(r)))
      : use(this.#keep(result));
  }

  #keep(result: Result): boolean {
    if (result.done) this.source = undefined;
    else this.ahead.push(result.value);
    return !result.done;
  }

  /** Reads what is left, if it is a stream, and passes its number on. */
  #withRest(use: (rest: number) => number): number | PromiseLike<number> {
    const { source } = this;
    if (source === undefined) {
      return use(this.list.length > 0 ? this.list.length - this.index0 - 1 : this.ahead.length);
    }
    for (;;) {
      const result = source.next() as Result | PromiseLike<Result>;
      if (isThenable(result)) {
        return (result as PromiseLike<Result>).then((r) =>
          this.#keep(r) ? this.#withRest(use) : use(this.ahead.length),
        );
      }
      if (!this.#keep(result as Result)) return use(this.ahead.length);
    }
  }
}
