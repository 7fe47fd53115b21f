import type { Run } from './run.ts';

/** A step of a template that says: this is a good moment to hand out what there is. */
export const FLUSH: unique symbol = Symbol('flush');

/** Something that is rendered: a template with its data, or what is left of one. */
export interface Part {
  /** Of the template. */
  readonly name: string;
  /** Whether it has an `await` of its own, and so cannot be rendered synchronously. */
  readonly isAsync: boolean;
  /** Whether what it renders is kept, and given to `after`. */
  readonly isHeld: boolean;
  start(run: Run): Steps;
  /** What is rendered in the place of what was kept. Without one, what was kept is. */
  after?(text: string): Part | undefined;
}

/**
 * What a template yields: that it may be flushed; something to wait for, which it is resumed with; a part that is rendered
 * at this point; or one that it becomes a part of.
 */
export type Step = typeof FLUSH | PromiseLike<unknown> | Part | Handover;

/** A template that is being rendered. It writes to `run.text`. */
export type Steps = Generator<Step, void, unknown> | AsyncGenerator<Step, void, unknown>;

/** A template that goes on within another one: a page that has named its layout. */
export class Handover {
  readonly to: (rest: Part) => Part;

  constructor(to: (rest: Part) => Part) {
    this.to = to;
  }
}
