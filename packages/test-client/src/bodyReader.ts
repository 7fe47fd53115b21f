import type { ChunkSource } from '@microdot/core';
import { toBytes } from './bytes.ts';
import { TestClientError } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** The body of a response, piece by piece, as fast as it is asked for. */
export class BodyReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #exchange: Exchange;
  #source: ChunkSource | undefined;
  #length = 0;

  private constructor(exchange: Exchange, source: ChunkSource) {
    this.#exchange = exchange;
    this.#source = source;
  }

  /**
   * A response to HEAD, a 204 and a 304 have no body (RFC 9110 6.4.1): a generator is closed before it
   * starts.
   */
  static async open(exchange: Exchange): Promise<BodyReader> {
    const { method, response } = exchange;
    const { body, statusCode } = response;
    const isStream = body !== null && typeof body !== 'string' && !ArrayBuffer.isView(body);
    const source = isStream ? response['~openBody']() : [body ?? ''][Symbol.iterator]();
    const reader = new BodyReader(exchange, source);
    if (method === 'HEAD' || statusCode === 204 || statusCode === 304) await reader.return();
    // A server has such a body off its hands, whoever reads it and when.
    else if (!isStream) await exchange.end();
    return reader;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      while (this.#source) {
        const { value, done } = await this.#source.next();
        if (done) {
          this.#source = undefined;
          this.#checkLength(true);
          break;
        }
        const bytes = toBytes(value);
        this.#length += bytes.length;
        this.#checkLength(false);
        // Nothing of an empty piece would be seen on the wire.
        if (bytes.length > 0) return { value: bytes, done: false };
      }
    } catch (error) {
      await this.return();
      throw this.#failed(error);
    }
    return this.return();
  }

  /**
   * The peer leaves: the generator runs its `finally`, and so does that of a request that is still being
   * sent.
   */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    const source = this.#source;
    this.#source = undefined;
    await source?.return?.();
    await this.#exchange.upload?.return();
    await this.#exchange.end();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** A body of another length than its head says breaks the connection (RFC 9112 6.3). */
  #checkLength(isComplete: boolean): void {
    const text = this.#exchange.headers.get('Content-Length');
    if (text === undefined) return;
    const isWrong = isComplete ? this.#length !== Number(text) : this.#length > Number(text);
    if (isWrong) throw new RangeError(`its Content-Length is ${text}`);
  }

  #failed(cause: unknown): TestClientError {
    const what = `The body of ${this.#exchange.name} broke off after ${this.#length} bytes`;
    return new TestClientError('BODY_FAILED', `${what}: ${String(cause)}`, { cause });
  }
}
