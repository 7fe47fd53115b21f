import type { Chunk } from '@microdot/core';
import { toBytes } from './bytes.ts';
import { TestClientError } from './errors.ts';

/**
 * A body that the test streams. It remembers what it failed with: the application sees a client that hangs
 * up, and the test gets its own error back.
 */
export class Upload implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: AsyncIterator<Chunk> | Iterator<Chunk>;
  /** The `Content-Length` of the request, where it has one: no more than that is sent. */
  declared: number = Number.POSITIVE_INFINITY;
  #length = 0;
  failure: { readonly error: unknown } | undefined;

  constructor(source: AsyncIterable<Chunk> | Iterator<Chunk>) {
    this.#source = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#length === this.declared) return DONE;
    try {
      const { value, done } = await this.#source.next();
      if (done) return this.#end();
      const bytes = toBytes(value).subarray(0, this.declared - this.#length);
      this.#length += bytes.length;
      return { value: bytes, done: false };
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** Nobody reads on: the generator runs its `finally`. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    await this.#source.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): IteratorResult<Uint8Array, undefined> {
    if (this.declared !== Number.POSITIVE_INFINITY) throw shortBody(this.declared, this.#length);
    return DONE;
  }
}

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/** A server would wait for the rest. */
export function shortBody(declared: number, length: number): TestClientError {
  const message = `The Content-Length is ${declared}, and the body has ${length} bytes`;
  return new TestClientError('INVALID_REQUEST', message);
}
