import { TemplateError } from './errors.ts';

/** How much a rendering may still do. */
export class Limits {
  readonly maxOutput: number;
  readonly maxIterations: number;
  readonly #whole: Limits | undefined;
  #output = 0;
  #iterations = 0;

  /** @param whole the limits of the rendering that this is a part of. */
  constructor(maxOutput: number, maxIterations: number, whole?: Limits) {
    this.maxOutput = maxOutput;
    this.maxIterations = maxIterations;
    this.#whole = whole;
  }

  /** The limits of something that is rendered on its own, and becomes part of this: its output is counted there. */
  ofPart(): Limits {
    return new Limits(this.maxOutput, this.maxIterations, this);
  }

  /** Counts what has been handed out. */
  handOut(length: number): void {
    this.#output += length;
  }

  /** @throws TemplateError `TOO_MUCH_OUTPUT` where so much more than was handed out is too much. */
  check(length: number): void {
    if (this.#output + length <= this.maxOutput) return;
    throw new TemplateError('TOO_MUCH_OUTPUT', `more than maxOutput, ${this.maxOutput} characters`);
  }

  /** @throws TemplateError `TOO_MANY_ITERATIONS` */
  tick(): void {
    if (this.#whole) this.#whole.tick();
    else if (++this.#iterations > this.maxIterations) throw this.#tooMany();
  }

  #tooMany(): TemplateError {
    return new TemplateError(
      'TOO_MANY_ITERATIONS',
      `more iterations than maxIterations, ${this.maxIterations}`,
    );
  }
}
