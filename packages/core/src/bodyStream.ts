/**
 * The body of a request as it comes in, or one that has been read already. Microdot's `request.stream`.
 *
 * `for await (const chunk of request.stream)` gives the pieces as the network brought them; `read` and `readline`
 * are for those that want to say how much. Both take from the same place: what is read is gone.
 */
export class BodyStream implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #buffer: Uint8Array = EMPTY;

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /**
   * Reads up to `n` bytes, fewer only at the end, where it gives none at all. Without `n` (or with -1) it reads all
   * that is left: no more than `Request.maxContentLength`, as longer bodies are refused with a 413.
   */
  async read(n = -1): Promise<Uint8Array> {
    while (n < 0 || this.#buffer.length < n) if (!(await this.#pull())) break;
    return this.#take(n < 0 ? this.#buffer.length : n);
  }

  /** Reads up to the next newline, which is part of what it gives, or to the end. */
  async readline(): Promise<Uint8Array> {
    let end = this.#buffer.indexOf(10);
    while (end < 0) {
      const seen = this.#buffer.length;
      if (!(await this.#pull())) return this.#take(seen);
      end = this.#buffer.indexOf(10, seen);
    }
    return this.#take(end + 1);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (this.#buffer.length > 0 || (await this.#pull())) yield this.#take(this.#buffer.length);
    } finally {
      await this.#source.return?.();
    }
  }

  /** Adds the next piece to the buffer; false at the end. */
  async #pull(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    if (this.#buffer.length === 0) {
      this.#buffer = value;
    } else {
      const joined = new Uint8Array(this.#buffer.length + value.length);
      joined.set(this.#buffer);
      joined.set(value, this.#buffer.length);
      this.#buffer = joined;
    }
    return true;
  }

  #take(n: number): Uint8Array {
    const taken = this.#buffer.subarray(0, n);
    this.#buffer = this.#buffer.subarray(n);
    return taken;
  }
}

const EMPTY: Uint8Array = new Uint8Array(0);
