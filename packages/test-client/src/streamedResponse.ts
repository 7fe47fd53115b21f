import type { RequestHeaders } from '@microdot/core';
import { BodyReader } from './bodyReader.ts';
import { EventStreamParser, type ServerSentEvent } from './events.ts';
import type { Exchange } from './exchange.ts';

/**
 * A response whose head has come, and whose body comes as it is asked for:
 *
 * ```ts
 * const response = await client.stream('GET', '/ticks');
 * for await (const event of response.events()) if (event.data === 'done') break;
 * ```
 *
 * Leaving the loop is to hang up: the generator of the application runs its `finally`, and the body is over.
 * Who wants to go on later calls `next()` instead, on the response or on what `text()` and `events()` return.
 */
export class StreamedResponse implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly statusCode: number;
  readonly reason: string | undefined;
  readonly headers: RequestHeaders;
  readonly #body: BodyReader;

  private constructor(exchange: Exchange, body: BodyReader) {
    this.statusCode = exchange.response.statusCode;
    this.reason = exchange.response.reason;
    this.headers = exchange.headers;
    this.#body = body;
  }

  /** @internal */
  static async of(exchange: Exchange): Promise<StreamedResponse> {
    return new StreamedResponse(exchange, await BodyReader.open(exchange));
  }

  /**
   * The next piece of the body, as the application yielded it.
   *
   * @throws TestClientError `BODY_FAILED` where the application breaks off, by throwing for instance.
   */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.#body.next();
  }

  /** Hangs up, as leaving a loop does. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.#body.return();
  }

  async close(): Promise<void> {
    await this.#body.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The pieces as text; a character that is cut in two comes with the second piece. */
  async *text(): AsyncGenerator<string, void, undefined> {
    const decoder = new TextDecoder();
    for await (const chunk of this) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
  }

  /** The events of a `text/event-stream`. */
  async *events(): AsyncGenerator<ServerSentEvent, void, undefined> {
    const parser = new EventStreamParser();
    for await (const text of this.text()) yield* parser.push(text);
  }
}
