import { LimitError, PyRuntimeError } from '../errors.ts';
import type { Program } from './program.ts';
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
  /** The templates that were asked for; null for what there is not. */
  readonly templates: Map<string, Program | null> = new Map();
  readonly #around: Run | undefined;
  /** Nobody wants any more of it: what waits for something must not go on when that has come. */
  isOver = false;
  readonly #open = new Set<() => unknown>();
  #depth = 0;
  #iterations = 0;
  #output = 0;

  constructor(limits: Limits, around?: Run) {
    this.limits = limits;
    this.#around = around;
  }

  /** A rendering that others wait for too, and so goes on when this one ends. It knows which templates it has used itself. */
  shared(): Run {
    return new Run(this.limits, this);
  }

  /** A template that was asked for already: a page is made of one state of its files, each looked at once. */
  find(name: string): Program | null | undefined {
    const known = this.templates.get(name) ?? this.#around?.find(name);
    if (known) this.templates.set(name, known);
    return known;
  }

  keep(name: string, program: Program | null): void {
    this.templates.set(name, program);
    this.#around?.keep(name, program);
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
