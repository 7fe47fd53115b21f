import { TemplateError } from './errors.ts';
import type { Limits } from './limits.ts';
import { FLUSH, Handover, type Part, type Step, type Steps } from './part.ts';
import type { Program } from './program.ts';
import { isThenable } from './python/values.ts';

/** How many templates may be within each other. */
const MAX_DEPTH = 200;

/** What a run stops for. */
export type Signal =
  | { readonly type: 'flush' | 'done' }
  /** A promise that the template is to be resumed with. */
  | { readonly type: 'wait'; readonly promise: PromiseLike<unknown> }
  /** A promise of the next step of a template with an `await`. */
  | { readonly type: 'step'; readonly promise: PromiseLike<IteratorResult<Step, void>> };

/** How a run goes on. */
export type Resume =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'step'; readonly step: IteratorResult<Step, void> }
  /** The template has thrown, and is over. */
  | { readonly type: 'failure'; readonly error: unknown };

export const GO_ON: Resume = { type: 'value', value: undefined };

const FLUSH_SIGNAL: Signal = { type: 'flush' };
const DONE: Signal = { type: 'done' };

interface Frame {
  readonly part: Part;
  readonly steps: Steps;
  /** The text before what is kept of this part. */
  readonly before: string | undefined;
  /** How many templates it is within, layouts included. */
  readonly depth: number;
}

/** One rendering: the templates that are within each other at a time, and the text that they have written so far. */
export class Run {
  /** What has been written, and not been handed out. Templates add to it. */
  text = '';
  /** Templates offer to be flushed once the text is longer. */
  limit: number;
  readonly limits: Limits;
  /** The templates that have been included so far. */
  readonly programs: Map<string, Program> = new Map();
  readonly #isAsync: boolean;
  readonly #chunkSize: number;
  readonly #depth: number;
  readonly #stack: Frame[] = [];
  /** Templates that have handed over and wait to be gone on with. */
  readonly #suspended: Set<Steps> = new Set();
  readonly #onClose: Set<() => unknown> = new Set();
  #held = 0;
  readonly #closings: Promise<void>[] = [];
  #isClosing = false;

  /**
   * @param chunkSize how many characters are handed out at a time; `Infinity` for all.
   * @param depth how many templates this is within.
   */
  constructor(part: Part, limits: Limits, isAsync: boolean, chunkSize: number, depth = 0) {
    this.limits = limits;
    this.#isAsync = isAsync;
    this.#chunkSize = Math.min(chunkSize, limits.maxOutput);
    this.#depth = depth;
    this.limit = this.#chunkSize;
    this.#push(part);
  }

  get depth(): number {
    return this.#stack.at(-1)?.depth ?? this.#depth;
  }

  /** Whether what is in `text` may be handed out. */
  get isFlushable(): boolean {
    return this.#held === 0;
  }

  /** Hands out what has been written. */
  take(): string {
    const { text } = this;
    this.text = '';
    this.limits.check(text.length);
    this.limits.handOut(text.length);
    return text;
  }

  /** Calls a function when the run is closed before its end; returns one that takes that back. */
  onClose(close: () => unknown): () => void {
    this.#onClose.add(close);
    return () => void this.#onClose.delete(close);
  }

  /**
   * Renders on, until there is something to hand out or to wait for.
   *
   * @throws what a template throws and none around it catches.
   */
  proceed(resume: Resume): Signal {
    let next = resume;
    for (;;) {
      const frame = this.#stack.at(-1);
      if (!frame) return DONE;
      let step: IteratorResult<Step, void> | PromiseLike<IteratorResult<Step, void>>;
      try {
        step = next.type === 'step' ? next.step : resumeSteps(frame.steps, next);
      } catch (error) {
        // It is over, and what it was within may catch that.
        this.#pop();
        if (this.#stack.length === 0) throw error;
        next = { type: 'error', error };
        continue;
      }
      if (isThenable(step)) return { type: 'step', promise: step };
      next = GO_ON;
      try {
        const signal = this.#follow(step);
        if (signal) return signal;
      } catch (error) {
        // What was asked for cannot be done: that is told to who has asked, and still is there.
        if (this.#stack.length === 0) throw error;
        next = { type: 'error', error };
      }
    }
  }

  /** Does what a step says; returns what has to be said to whoever renders. */
  #follow(step: IteratorResult<Step, void>): Signal | undefined {
    if (step.done) {
      this.#finish();
      return undefined;
    }
    const { value } = step;
    if (value === FLUSH) {
      this.limits.check(this.text.length);
      return this.isFlushable ? FLUSH_SIGNAL : undefined;
    }
    if (value instanceof Handover) this.#handOver(value);
    else if (isThenable(value)) return { type: 'wait', promise: value };
    else this.#push(value);
    return undefined;
  }

  /** @param depth that of what it is within, or in the place of. */
  #push(part: Part, depth = this.depth): void {
    if (depth >= MAX_DEPTH) throw this.#tooDeep(part);
    if (part.isAsync && !this.#isAsync) {
      throw new TemplateError(
        'PROMISE',
        `${part.name} has an await: render it with renderAsync() or generateAsync()`,
      );
    }
    const before = part.isHeld ? this.#hold() : undefined;
    this.#stack.push({ part, steps: part.start(this), before, depth: depth + 1 });
  }

  #tooDeep({ name }: Part): TemplateError {
    const names = [...this.#stack.slice(-3).map(({ part }) => part.name), name].join(' -> ');
    return new TemplateError(
      'INCLUDE_DEPTH',
      `more than ${MAX_DEPTH} templates within each other: ... ${names}`,
    );
  }

  /** The template on top is over. */
  #finish(): void {
    const { part, text, depth } = this.#pop();
    const after = part.after?.(text);
    if (after) this.#push(after, depth);
    else this.text += text;
  }

  #handOver({ to }: Handover): void {
    const steps = this.#stack.at(-1)?.steps as Steps;
    const { part, text, depth } = this.#pop();
    this.#suspended.add(steps);
    this.#push(
      to({
        name: part.name,
        isAsync: part.isAsync,
        isHeld: false,
        start: () => {
          this.#suspended.delete(steps);
          this.text += text;
          return steps;
        },
      }),
      depth,
    );
  }

  /** Takes the template on top away, with what was kept of it. */
  #pop(): { part: Part; text: string; depth: number } {
    const { part, before, depth } = this.#stack.pop() as Frame;
    if (before === undefined) return { part, text: '', depth };
    const { text } = this;
    this.text = before;
    this.#held--;
    if (this.#held === 0) this.limit = this.#chunkSize;
    return { part, text, depth };
  }

  #hold(): string {
    const { text } = this;
    this.text = '';
    this.#held++;
    this.limit = this.limits.maxOutput;
    return text;
  }

  /** Closes what a loop has not come to the end of. Where that takes time, only `close()` waits for it. */
  closeSource(close: () => unknown): void {
    const closing = settled(close);
    if (this.#isClosing) this.#closings.push(closing);
  }

  /** Ends everything that is under way, from the inside out. Resolves when that is over. */
  close(): PromiseLike<unknown> {
    this.#isClosing = true;
    const steps = [
      ...this.#stack
        .splice(0)
        .reverse()
        .map((frame) => frame.steps),
      ...this.#suspended,
    ];
    this.#suspended.clear();
    const closings = steps.map((one) => settled(() => one.return()));
    const hooks = [...this.#onClose].map((hook) => settled(hook));
    this.#onClose.clear();
    return Promise.all([...closings, ...hooks, ...this.#closings]);
  }
}

function resumeSteps(
  steps: Steps,
  resume: Exclude<Resume, { type: 'step' }>,
): IteratorResult<Step, void> | PromiseLike<IteratorResult<Step, void>> {
  switch (resume.type) {
    case 'value':
      return steps.next(resume.value);
    case 'error':
      return steps.throw(resume.error);
    case 'failure':
      throw resume.error;
  }
}

/** What goes wrong while something is closed concerns nobody: who reads has left, or has been told of an error already. */
async function settled(close: () => unknown): Promise<void> {
  try {
    await close();
  } catch {}
}
