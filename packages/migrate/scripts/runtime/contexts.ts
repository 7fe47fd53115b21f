/** What `contextlib.contextmanager` makes of a generator: `with` runs it up to its `yield`, and later to its end. */
export class Context<T> {
  readonly #steps: Generator<T, unknown, unknown>;

  constructor(steps: Generator<T, unknown, unknown>) {
    this.#steps = steps;
  }

  enter(): T {
    return this.#steps.next().value as T;
  }

  /** True where the generator has dealt with the error. */
  exit(_type: unknown, error: unknown, _traceback: unknown): boolean {
    if (error === null) return Boolean(this.#steps.next().done);
    return Boolean(this.#steps.throw(error).done);
  }
}

/** What `contextlib.asynccontextmanager` makes of a generator. */
export class AsyncContext<T> {
  readonly #steps: AsyncGenerator<T, unknown, unknown>;

  constructor(steps: AsyncGenerator<T, unknown, unknown>) {
    this.#steps = steps;
  }

  async enter(): Promise<T> {
    return (await this.#steps.next()).value as T;
  }

  /** True where the generator has dealt with the error. */
  async exit(_type: unknown, error: unknown, _traceback: unknown): Promise<boolean> {
    if (error === null) return Boolean((await this.#steps.next()).done);
    return Boolean((await this.#steps.throw(error)).done);
  }
}
