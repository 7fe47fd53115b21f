import { LimitError, PyRuntimeError } from '../errors.ts';
import { isMarkup } from './values.ts';

/** How deep macros, blocks and recursive loops may call each other. */
const MAX_DEPTH = 250;

/** What bounds a rendering. */
export interface Limits {
  readonly maxOutput: number;
  readonly maxIterations: number;
}

/** One rendering: what the templates that take part in it share. */
export class Run {
  /** The text before a value that has to be waited for: it may go out in the meantime. */
  pending = '';
  readonly limits: Limits;
  /** The templates that were asked for, so that a page is made of one state of its files, each looked at once. */
  readonly templates: Map<string, unknown>;
  /** Nobody wants any more of it: what waits for something must not go on when that has come. */
  isOver = false;
  readonly #open = new Set<() => unknown>();
  #depth = 0;
  #iterations = 0;
  #output = 0;

  constructor(limits: Limits, templates: Map<string, unknown> = new Map()) {
    this.limits = limits;
    this.templates = templates;
  }

  /** A rendering that others wait for too, and so goes on when this one ends; of the same state of the files. */
  shared(): Run {
    return new Run(this.limits, this.templates);
  }

  /** Something that waits beside the page itself, as a macro does, is open from now on; gives what says that it is no more. */
  opened(close: () => unknown): () => void {
    this.#open.add(close);
    return () => this.#open.delete(close);
  }

  /** Ends what is open, from the innermost outwards; gives the promises of what needs time to close. */
  end(): unknown[] {
    this.isOver = true;
    const open = [...this.#open].reverse();
    this.#open.clear();
    return open.map((close) => close());
  }

  /**
   * Of a macro, a block or a recursive loop: what calls itself without end is an error, long before the stack is used up. That
   * would end the process where it happens to be compiling an expression.
   */
  enter(): void {
    if (++this.#depth <= MAX_DEPTH) return;
    throw new PyRuntimeError(
      `calls nest more than ${MAX_DEPTH} deep: does a macro call itself without end?`,
      'RecursionError',
    );
  }

  leave(): void {
    this.#depth--;
  }

  /** @throws LimitError */
  countIteration(): void {
    if (++this.#iterations > this.limits.maxIterations) {
      throw new LimitError(`more than maxIterations, ${this.limits.maxIterations} rounds of loops`);
    }
  }

  /** Of output, which adds up. @throws LimitError */
  countOutput(length: number): void {
    this.#output += length;
    this.checkText(this.#output);
  }

  /** A value that is about to be printed. @throws LimitError */
  checked(value: unknown): unknown {
    if (typeof value === 'string' || isMarkup(value)) this.checkText(value.length);
    return value;
  }

  /** Of text that is on its way to somewhere, as in a block that is captured. @throws LimitError */
  checkText(length: number): void {
    if (length > this.limits.maxOutput) {
      throw new LimitError(`more than maxOutput, ${this.limits.maxOutput} characters`);
    }
  }
}
