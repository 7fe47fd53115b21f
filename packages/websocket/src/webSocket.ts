import type { Connection, Message, Reader } from './connection.ts';
import { WebSocketError } from './errors.ts';
import { utf8Length } from './utf8Length.ts';

/**
 * A WebSocket, as a handler has it. Microdot's `WebSocket`.
 *
 * ```ts
 * for await (const message of ws) await ws.send(message);
 * ```
 */
export class WebSocket {
  /**
   * The largest message that is received, in bytes: -1, the default, is the `maxBodyLength` of the application, and 0 is
   * no limit, which lets anyone fill the memory. A larger one closes the WebSocket with 1009. Microdot's
   * `max_message_length`.
   */
  static maxMessageLength = -1;

  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The subprotocol that was chosen among those that the client offers. */
  get protocol(): string | undefined {
    return this.#connection.protocol;
  }

  /** True once either end has closed. Messages that came before may still be there to receive. */
  get closed(): boolean {
    return this.#connection.closing !== undefined;
  }

  /** Why it was closed, by RFC 6455 7.4; `undefined` while it is open. */
  get closeCode(): number | undefined {
    return this.#connection.closing?.code;
  }

  get closeReason(): string | undefined {
    return this.#connection.closing?.reason;
  }

  /**
   * The next message. Bytes are a `Uint8Array` with a buffer of its own.
   *
   * @throws WebSocketError once either end has closed and what came before is read, or the peer broke the protocol.
   */
  receive(): Promise<Message> {
    return this.#connection.receive(MESSAGES);
  }

  /**
   * Sends text or bytes. Resolves when they have been handed to the network: who waits for it sends as fast as the
   * peer reads. Do not change the bytes until then.
   *
   * @throws WebSocketError once either end has closed. Left alone, that rejection harms nobody.
   */
  send(message: Message): Promise<void> {
    if (typeof message === 'string' || isBytes(message)) return this.#connection.send(message);
    const what = `Not a message: ${typeof message}: send text or a Uint8Array, and objects with JSON.stringify`;
    return Promise.reject(new WebSocketError('INVALID_MESSAGE', what));
  }

  /**
   * Closes the WebSocket. Messages that have not been received are dropped. Resolves when the peer has answered, or has
   * had its time to.
   *
   * @param code 1000, a normal end, by default; from 3000 to 4999 for meanings of your own.
   * @param reason up to 123 bytes, for the log of the peer.
   * @throws WebSocketError `INVALID_CLOSE` where they cannot be sent.
   */
  async close(code = 1000, reason = ''): Promise<void> {
    if (!isCloseCode(code))
      throw new WebSocketError('INVALID_CLOSE', `${code} cannot be sent: use 1000, or 3000 to 4999`);
    if (utf8Length(reason) > 123) throw new WebSocketError('INVALID_CLOSE', 'A reason has at most 123 bytes');
    await this.#connection.close(code, reason);
  }

  /**
   * The messages, until either end closes in good order.
   *
   * @throws WebSocketError where it ends otherwise.
   */
  [Symbol.asyncIterator](): AsyncIterator<Message, undefined> {
    const connection = this.#connection;
    return { next: () => connection.receive(STEPS) };
  }
}

const MESSAGES: Reader<Message> = {
  message: (message) => message,
  end: (error) => {
    throw error;
  },
};

const STEPS: Reader<IteratorResult<Message, undefined>> = {
  message: (value) => ({ value, done: false }),
  end: (error) => {
    if (error.code !== 'CLOSED') throw error;
    return { value: undefined, done: true };
  },
};

/** By its tag, as arrays of other realms are arrays too. */
function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** The codes that may stand in a close frame: 1004, 1005, 1006 and 1015 are for the one end to itself (RFC 6455 7.4.1). */
function isCloseCode(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  return (code >= 1000 && code <= 1014 && !(code >= 1004 && code <= 1006)) || (code >= 3000 && code <= 4999);
}
