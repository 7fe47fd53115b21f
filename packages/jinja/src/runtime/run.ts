import { LimitError } from '../errors.ts';
import { isMarkup } from './values.ts';

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
  #iterations = 0;
  #output = 0;

  constructor(limits: Limits) {
    this.limits = limits;
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
