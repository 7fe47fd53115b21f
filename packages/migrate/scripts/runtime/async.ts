import type { Untyped } from './untyped.ts';

/** Python's `asyncio.sleep()` and `time.sleep()`, in seconds. */
export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** The items of something asynchronous, as a list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Python's `asyncio.wait_for()`. */
export async function waitFor<T>(promise: Promise<T>, seconds: number | null): Promise<T> {
  if (seconds === null) return promise;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError('timed out')), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Python's `asyncio.TimeoutError`. */
export class TimeoutError extends Error {}

/** Python's `asyncio.CancelledError`. */
export class CancelledError extends Error {}

/** Python's `asyncio.create_task()`: it runs on by itself, and what it throws is logged. */
export function createTask<T>(promise: Promise<T>): Task<T> {
  return new Task(promise);
}

/** Python's `asyncio.Task`. A promise cannot be cancelled from outside: `cancel()` leaves it running, unheard. */
export class Task<T> implements PromiseLike<T> {
  readonly #promise: Promise<T>;
  #done = false;
  #cancel!: () => void;

  constructor(promise: Promise<T>) {
    const cancelled = new Promise<never>((_, reject) => {
      this.#cancel = () => reject(new CancelledError('cancelled'));
    });
    this.#promise = Promise.race([promise, cancelled]);
    this.#promise.then(
      () => {
        this.#done = true;
      },
      (error) => {
        this.#done = true;
        if (!(error instanceof CancelledError)) console.error(error);
      },
    );
  }

  done(): boolean {
    return this.#done;
  }

  cancel(): void {
    this.#cancel();
  }

  // biome-ignore lint/suspicious/noThenProperty: it is awaited
  then<A = T, B = never>(
    resolved?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return this.#promise.then(resolved, rejected);
  }
}

/** Python's `asyncio.Event`. */
export class Event {
  #isSet = false;
  #waiting: (() => void)[] = [];

  set(): void {
    this.#isSet = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  clear(): void {
    this.#isSet = false;
  }

  isSet(): boolean {
    return this.#isSet;
  }

  async wait(): Promise<boolean> {
    if (!this.#isSet) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return true;
  }
}

/** Python's `asyncio.Lock`: `await lock.acquire()`, and `lock.release()` in a `finally`. */
export class Lock {
  #isLocked = false;
  #waiting: (() => void)[] = [];

  locked(): boolean {
    return this.#isLocked;
  }

  async acquire(): Promise<true> {
    if (this.#isLocked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isLocked = true;
    return true;
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isLocked = false;
  }
}

/** Python's `asyncio.Queue`. */
export class Queue<T> {
  readonly #items: T[] = [];
  readonly #takers: (() => void)[] = [];
  readonly #givers: (() => void)[] = [];
  readonly #maxSize: number;
  #unfinished = 0;
  #joining: (() => void)[] = [];

  constructor(maxSize = 0) {
    this.#maxSize = maxSize;
  }

  qsize(): number {
    return this.#items.length;
  }

  empty(): boolean {
    return this.#items.length === 0;
  }

  full(): boolean {
    return this.#maxSize > 0 && this.#items.length >= this.#maxSize;
  }

  async put(item: T): Promise<void> {
    while (this.full()) await new Promise<void>((resolve) => this.#givers.push(resolve));
    this.putNowait(item);
  }

  putNowait(item: T): void {
    if (this.full()) throw new QueueFull('the queue is full');
    this.#items.push(item);
    this.#unfinished++;
    this.#takers.shift()?.();
  }

  async get(): Promise<T> {
    while (this.empty()) await new Promise<void>((resolve) => this.#takers.push(resolve));
    return this.getNowait();
  }

  /** Says that an item has been dealt with. */
  taskDone(): void {
    this.#unfinished--;
    if (this.#unfinished === 0) for (const resolve of this.#joining.splice(0)) resolve();
  }

  /** Waits until every item has been dealt with. */
  async join(): Promise<void> {
    if (this.#unfinished > 0) await new Promise<void>((resolve) => this.#joining.push(resolve));
  }

  getNowait(): T {
    if (this.empty()) throw new QueueEmpty('the queue is empty');
    const item = this.#items.shift() as T;
    this.#givers.shift()?.();
    return item;
  }
}

/** Python's `asyncio.QueueEmpty`. */
export class QueueEmpty extends Error {}

/** Python's `asyncio.QueueFull`. */
export class QueueFull extends Error {}

/** Python's `asyncio.Semaphore`: so many at a time. */
export class Semaphore {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(free = 1) {
    this.#free = free;
  }

  locked(): boolean {
    return this.#free === 0;
  }

  async acquire(): Promise<true> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    return true;
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

/** Python's `asyncio.gather(..., return_exceptions=True)`: an error stands where a result would. */
export async function gatherAll(promises: readonly unknown[]): Promise<Untyped[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason));
}
