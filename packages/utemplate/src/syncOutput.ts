import { TemplateError } from './errors.ts';
import { GO_ON, type Resume, type Run, type Signal } from './run.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** The pieces of a page. Nothing is rendered before the first is asked for, nor more than is asked for. */
export class SyncOutput implements IterableIterator<string, undefined, undefined> {
  readonly #begin: () => Run;
  #run: Run | undefined;
  #isOver = false;

  /** @param begin called when the first piece is asked for. */
  constructor(begin: () => Run) {
    this.#begin = begin;
  }

  next(): IteratorResult<string, undefined> {
    while (!this.#isOver) {
      const value = this.#piece();
      if (value !== '') return { done: false, value };
    }
    return DONE;
  }

  #piece(): string {
    try {
      this.#run ??= this.#begin();
      this.#isOver = advance(this.#run).type === 'done';
      return this.#run.take();
    } catch (error) {
      this.return();
      throw error;
    }
  }

  /** Ends the rendering, and closes what it iterates over. */
  return(): IteratorReturnResult<undefined> {
    if (!this.#isOver) {
      this.#isOver = true;
      void this.#run?.close();
    }
    return DONE;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Renders all of it. */
export function renderAll(run: Run): string {
  try {
    while (advance(run).type !== 'done');
    return run.take();
  } catch (error) {
    void run.close();
    throw error;
  }
}

/** Goes on to the next flush. Whatever would have to be waited for fails, in the template that meets it. */
function advance(run: Run): Signal {
  let signal = run.proceed(GO_ON);
  while (signal.type === 'wait') signal = run.proceed(refuse(signal.promise));
  return signal;
}

function refuse(promise: PromiseLike<unknown>): Resume {
  // Its rejection has been told of by this.
  promise.then(undefined, () => {});
  const message =
    'this is a promise, which render() and generate() do not wait for: use renderAsync() or generateAsync()';
  return { type: 'error', error: new TemplateError('PROMISE', message) };
}
