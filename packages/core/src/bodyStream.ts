/**
 * The body of a request as it comes in, or one that has been read already. Microdot's `request.stream`.
 *
 * `for await (const chunk of request.stream)` gives the pieces as the network brought them; `read` and `readline`
 * are for those that want to say how much. Both take from the same place: what is read is gone.
 */
export class BodyStream implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /**
   * Reads up to `n` bytes, fewer only at the end, where it gives none at all. Without `n` (or with -1) it reads all
   * that is left: no more than `Request.maxContentLength`, as longer bodies are refused with a 413.
   */
  async read(n = -1): Promise<Uint8Array> {
    await this.#gather((length) => n >= 0 && length >= n);
    return this.#take(n < 0 ? this.#buffer.length : n);
  }

  /** Reads up to the next newline, which is part of what it gives, or to the end. */
  async readline(): Promise<Uint8Array> {
    await this.#gather((_, last) => last.includes(10));
    return this.#take(this.#buffer.indexOf(10) + 1 || this.#buffer.length);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        await this.#gather((length) => length > 0);
        if (this.#buffer.length === 0) return;
        yield this.#take(this.#buffer.length);
      }
    } finally {
      await this.#source.return?.();
    }
  }

  /** Adds pieces to the buffer until there is enough of them, or no more. Joined once, as a body has many. */
  async #gather(isEnough: (length: number, last: Uint8Array) => boolean): Promise<void> {
    const pieces = [this.#buffer];
    let { length } = this.#buffer;
    while (!isEnough(length, pieces.at(-1) as Uint8Array)) {
      const { value, done } = await this.#source.next();
      if (done) break;
      pieces.push(value);
      length += value.length;
    }
    if (pieces.length === 1) return;
    this.#buffer = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      this.#buffer.set(piece, at);
      at += piece.length;
    }
  }

  #take(n: number): Uint8Array {
    const taken = this.#buffer.subarray(0, n);
    this.#buffer = this.#buffer.subarray(n);
    return taken;
  }
}
