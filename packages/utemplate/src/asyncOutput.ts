import { GO_ON, type Resume, type Run } from './run.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The pieces of a page, where something may have to be waited for. What has been rendered by then is handed out first.
 *
 * Written by hand, as an async generator does not end while a `next()` of it is pending: a reader that leaves would wait
 * for what the page waits for.
 */
export class AsyncOutput implements AsyncIterableIterator<string, undefined, undefined> {
  readonly #begin: () => Run;
  #run: Run | undefined;
  /** What the page waits for, once the text before it has been handed out. */
  #waiting: Promise<Resume | undefined> | undefined;
  /** Ends a wait at once. */
  #interrupt: ((resume: undefined) => void) | undefined;
  /** What the last `next()` was answered with, as long as that is not settled. */
  #last: Promise<IteratorResult<string, undefined>> | undefined;
  /** Whether a template with an `await` is at work, which nothing can interrupt. */
  #isAtWork = false;
  #isOver = false;

  /** @param begin called when the first piece is asked for. */
  constructor(begin: () => Run) {
    this.#begin = begin;
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const pull = (): Promise<IteratorResult<string, undefined>> => this.#pull();
    const step = this.#last ? this.#last.then(pull, pull) : this.#pull();
    if (this.#last || this.#waiting) this.#follow(step);
    return step;
  }

  /** Has whoever asks before this is answered come after it. */
  #follow(step: Promise<IteratorResult<string, undefined>>): void {
    const settled = (): void => {
      if (this.#last === step) this.#last = undefined;
    };
    this.#last = step;
    step.then(settled, settled);
  }

  /** Most pieces need no waiting for, and then not more than one promise. */
  #pull(): Promise<IteratorResult<string, undefined>> {
    try {
      const value = this.#waiting ? '' : this.#piece(GO_ON);
      if (value !== '') return Promise.resolve({ done: false, value });
      return this.#waiting ? this.#pullLater() : Promise.resolve(DONE);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #pullLater(): Promise<IteratorResult<string, undefined>> {
    while (this.#waiting) {
      const resume = await this.#waiting;
      this.#waiting = undefined;
      // The reader may have left in the meantime.
      const value = resume ? this.#piece(resume) : '';
      if (value !== '') return { done: false, value };
    }
    return DONE;
  }

  /** Renders on, until there is something to hand out, or to wait for. */
  #piece(resume: Resume): string {
    let next = resume;
    let value = '';
    while (value === '' && !this.#isOver && !this.#waiting) {
      value = this.#advance(next);
      next = GO_ON;
    }
    return value;
  }

  /** Renders on; returns what can be handed out, if anything. */
  #advance(resume: Resume): string {
    try {
      this.#run ??= this.#begin();
      const signal = this.#run.proceed(resume);
      if (signal.type === 'done') this.#isOver = true;
      if (signal.type === 'wait') this.#waiting = this.#wait(signal.promise, 'value', 'error');
      this.#isAtWork = signal.type === 'step';
      if (signal.type === 'step') {
        this.#waiting = this.#wait(signal.promise, 'step', 'failure');
        // The template is at work, and the text its own.
        return '';
      }
      return this.#run.isFlushable ? this.#run.take() : '';
    } catch (error) {
      this.#isOver = true;
      void this.#run?.close();
      throw error;
    }
  }

  /** Listens to the promise at once, so that it is not unhandled where it rejects before the next piece is asked for. */
  #wait(
    promise: PromiseLike<unknown>,
    then: 'value' | 'step',
    otherwise: 'error' | 'failure',
  ): Promise<Resume | undefined> {
    return new Promise((resolve) => {
      this.#interrupt = resolve;
      promise.then(
        (value) =>
          resolve((then === 'value' ? { type: then, value } : { type: then, step: value }) as Resume),
        (error) => resolve({ type: otherwise, error }),
      );
    });
  }

  /** Ends the rendering at once, and closes what it iterates over. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#interrupt?.(undefined);
      const closed = this.#run?.close();
      // What is at work comes to its end in its own time.
      if (!this.#isAtWork) await closed;
    }
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Renders all of it. */
export async function renderAllAsync(begin: () => Run): Promise<string> {
  const output = new AsyncOutput(begin);
  let text = '';
  for await (const piece of output) text += piece;
  return text;
}
