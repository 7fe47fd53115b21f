import { AsyncValueError } from './errors.ts';
import {
  closeLater,
  type Outcome,
  outcomeOf,
  proceed,
  type Rendering,
  takePending,
} from './runtime/collect.ts';
import { guardPromises, ignore } from './runtime/guard.ts';
import type { Run } from './runtime/run.ts';

/** How many characters a generator gives at a time, unless it has to wait before there are as many. */
const PIECE = 16_384;

/** A rendering that has not begun. */
export interface Start {
  readonly run: Run;
  readonly rendering: Rendering;
  readonly given: object;
}

/** All of the text. @throws AsyncValueError where a value is a promise */
export function renderNow(start: Start, instead: string): string {
  const { run, rendering } = start;
  let text = '';
  try {
    for (let step = rendering.next(); ; step = rendering.next()) {
      if (step.done) return finish(run, text, step.value);
      if (typeof step.value !== 'string') return refuse(rendering, step.value, instead);
      run.countOutput(step.value.length);
      text += step.value;
    }
  } catch (error) {
    abandon(start);
    throw error;
  }
}

function finish(run: Run, text: string, last: string): string {
  run.countOutput(last.length);
  return text === '' ? last : text + last;
}

/** Fails at the place in the template where the promise is. */
function refuse(rendering: Rendering, value: PromiseLike<unknown>, instead: string): never {
  ignore(value);
  const error = new AsyncValueError(`a value is a promise: use ${instead}, which waits for it`);
  let step = rendering.throw(error);
  // What closes meanwhile may be asynchronous. It is not waited for here.
  while (!step.done) {
    ignore(step.value);
    step = rendering.next();
  }
  throw error;
}

/** After an error, or when the reader has left: nothing that was begun goes on, and nothing is waited for. */
function abandon({ run, given }: Start): void {
  guardPromises(given);
  run.end().forEach(ignore);
}

/** The text in pieces. */
export function* generateNow(start: Start, instead: string): Generator<string, void, undefined> {
  const { run, rendering } = start;
  let text = '';
  let isOver = false;
  try {
    for (let step = rendering.next(); ; step = rendering.next()) {
      if (typeof step.value !== 'string') refuse(rendering, step.value, instead);
      run.countOutput(step.value.length);
      text += step.value;
      if (step.done) break;
      if (text.length >= PIECE) {
        yield text;
        text = '';
      }
    }
    isOver = true;
    if (text !== '') yield text;
  } finally {
    if (!isOver) {
      closeNow(rendering);
      abandon(start);
    }
  }
}

/** Lets every loop close what it has open. */
function closeNow(rendering: Rendering): void {
  let step = rendering.return('');
  while (!step.done) {
    ignore(step.value);
    step = rendering.next();
  }
}

/** All of the text, once all that it needs is there. */
export async function renderLater({ run, rendering }: Start): Promise<string> {
  let text = '';
  try {
    for (let step = rendering.next(); ; ) {
      if (step.done) return finish(run, text, step.value);
      if (typeof step.value === 'string') {
        run.countOutput(step.value.length);
        text += step.value;
        step = rendering.next();
        continue;
      }
      const awaited = step.value;
      const pending = takePending(run);
      run.countOutput(pending.length);
      text += pending;
      step = proceed(rendering, await outcomeOf(awaited));
    }
  } catch (error) {
    run.end().forEach(ignore);
    throw error;
  }
}

const OVER = { done: true, value: '' } as const;

/**
 * The text in pieces, as it comes. Written out rather than as an async generator, so that who leaves while a value is waited for
 * closes everything at once, instead of when the value has come.
 */
export class AsyncPieces implements AsyncGenerator<string, void, undefined> {
  readonly #begin: () => Start | Promise<Start>;
  #start: Start | undefined;
  #text = '';
  #isOver = false;
  #awaited: PromiseLike<unknown> | undefined;
  /** Calls wait for those before them. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(begin: () => Start | Promise<Start>) {
    this.#begin = begin;
  }

  next(): Promise<IteratorResult<string, void>> {
    const result = this.#turn.then(() => this.#next());
    this.#turn = result.catch(() => {});
    return result;
  }

  async #next(): Promise<IteratorResult<string, void>> {
    if (this.#isOver) return { done: true, value: undefined };
    try {
      const piece = await this.#advance();
      return piece === undefined ? { done: true, value: undefined } : { done: false, value: piece };
    } catch (error) {
      this.#isOver = true;
      this.#start?.run.end().forEach(ignore);
      throw error;
    }
  }

  async #advance(): Promise<string | undefined> {
    this.#start ??= await this.#begin();
    const { run, rendering } = this.#start;
    if (this.#isOver) return undefined;
    let step = this.#awaited ? this.#proceed(await outcomeOf(this.#awaited)) : rendering.next();
    for (;;) {
      if (this.#isOver) return undefined;
      if (step.done || typeof step.value === 'string') {
        this.#add(step.value as string);
        if (step.done) {
          this.#isOver = true;
          return this.#take();
        }
        if (this.#text.length >= PIECE) return this.#take();
        step = rendering.next();
        continue;
      }
      const awaited = step.value;
      this.#add(takePending(run));
      const isEnough = this.#text.length >= PIECE;
      if (isEnough || (this.#text !== '' && !(await isSoon(awaited)))) {
        this.#awaited = awaited;
        return this.#take();
      }
      step = this.#proceed(await outcomeOf(awaited));
    }
  }

  /** Goes on with a value that has come, unless everything was closed meanwhile. */
  #proceed(outcome: Outcome): ReturnType<Rendering['next']> {
    this.#awaited = undefined;
    return this.#isOver ? OVER : proceed((this.#start as Start).rendering, outcome);
  }

  #add(text: string): void {
    this.#start?.run.countOutput(text.length);
    this.#text += text;
  }

  #take(): string | undefined {
    const text = this.#text;
    this.#text = '';
    return text === '' ? undefined : text;
  }

  /** Ends the work at once, also where it is waiting. */
  async return(): Promise<IteratorResult<string, void>> {
    if (!this.#isOver) {
      this.#isOver = true;
      ignore(this.#awaited);
      if (this.#start) {
        const closing = this.#start.run.end();
        await Promise.all([...closing, closeLater(this.#start.rendering)]);
      }
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<string, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

/** Whether a promise is settled already, or is as good as: then a small piece need not go out by itself. */
async function isSoon(awaited: PromiseLike<unknown>): Promise<boolean> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  awaited.then(settle, settle);
  for (let i = 0; i < 3 && !isSettled; i++) await undefined;
  return isSettled;
}
