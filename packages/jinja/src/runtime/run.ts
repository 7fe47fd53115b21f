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
  readonly templates: Map<string, unknown> = new Map();
  #depth = 0;
  #iterations = 0;
  #output = 0;

  constructor(limits: Limits) {
    this.limits = limits;
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
