import type { WebSocketChannel } from '@microdot/core';
import { TestClientError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { StreamedResponse } from './streamedResponse.ts';
import { TestResponse } from './testResponse.ts';
import type { Message, WebSocketLink } from './webSocketLink.ts';

/**
 * The client's end of a WebSocket.
 *
 * ```ts
 * const ws = await client.connect('/chat');
 * await ws.send('hello');
 * expect(await ws.receive()).toBe('welcome');
 * await ws.close();
 * ```
 */
export class TestWebSocket implements WebSocketChannel {
  readonly #link: WebSocketLink;
  /** Resolves when the handler has ended, with what is wrong about how it did. */
  readonly #ended: Promise<Error | undefined>;
  #failure: Error | undefined;

  private constructor(link: WebSocketLink, exchange: Promise<Exchange>) {
    this.#link = link;
    // Kept instead of thrown: who never asks how the handler ended has no promise that rejects.
    const ended = exchange.then(failureOf).catch((error: Error) => error);
    this.#ended = ended.then((failure) => {
      this.#failure = failure;
      // A handler that ends ends the WebSocket, as a host does it (RFC 6455 7.4.1).
      link.end(failure ? 1011 : 1000);
      return failure;
    });
  }

  /**
   * Waits for the application to accept.
   *
   * @internal
   * @throws TestClientError `NOT_UPGRADED` where it answers instead.
   */
  static async open(link: WebSocketLink, exchange: Promise<Exchange>): Promise<TestWebSocket> {
    const answer = await Promise.race([exchange, accepted(link)]);
    if (link.accepted) return new TestWebSocket(link, exchange);
    throw await notUpgraded(answer as Exchange);
  }

  /** The subprotocol that the application chose. */
  get protocol(): string | undefined {
    return this.#link.accepted?.protocol;
  }

  /** Why the WebSocket was closed, by whichever end (RFC 6455 7.4); `undefined` while it is open. */
  get closeCode(): number | undefined {
    return this.#link.closing?.code;
  }

  get closeReason(): string | undefined {
    return this.#link.closing?.reason;
  }

  /** @throws TestClientError `WEBSOCKET_CLOSED` once either end has closed. */
  async send(message: Message): Promise<void> {
    this.#link.send(message);
  }

  /**
   * The next message of the application, or `undefined` once either end has closed and there is none.
   *
   * @throws TestClientError `HANDLER_FAILED` where the handler has failed.
   */
  async receive(): Promise<Message | undefined> {
    const message = await this.#link.receive();
    if (message === undefined && this.#failure) throw this.#failure;
    return message;
  }

  /**
   * Closes the WebSocket and waits for the handler to end. What was sent before is still answered.
   *
   * @throws TestClientError `HANDLER_FAILED` where it answers with anything but `Response.alreadyHandled`.
   */
  async close(code?: number, reason?: string): Promise<void> {
    this.#link.close(code, reason);
    const failure = await this.#ended;
    if (failure) throw failure;
  }

  /** The messages of the application until either end closes. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Message, void, undefined> {
    for (let message = await this.receive(); message !== undefined; message = await this.receive())
      yield message;
  }
}

async function accepted(link: WebSocketLink): Promise<void> {
  while (!link.accepted) await link.changed();
}

async function notUpgraded(exchange: Exchange): Promise<TestClientError> {
  const { name, response } = exchange;
  if (response['~isHandled']) {
    return new TestClientError('NO_RESPONSE', `${name} was neither answered nor accepted as a WebSocket`);
  }
  const message = `${name} was answered ${response.statusCode}, and not accepted as a WebSocket`;
  return new TestClientError('NOT_UPGRADED', message, { response: await read(exchange) });
}

async function failureOf(exchange: Exchange): Promise<TestClientError | undefined> {
  if (exchange.response['~isHandled']) return undefined;
  const what = `${exchange.name} was accepted as a WebSocket, and then answered ${exchange.response.statusCode}`;
  const message = `${what}: its handler has failed, or does not return Response.alreadyHandled`;
  return new TestClientError('HANDLER_FAILED', message, { response: await read(exchange) });
}

async function read(exchange: Exchange): Promise<TestResponse> {
  return TestResponse.read(await StreamedResponse.of(exchange));
}
