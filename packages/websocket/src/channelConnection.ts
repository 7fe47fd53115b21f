import type { WebSocketChannel } from '@microdot/core';
import {
  type Closing,
  type Connection,
  closedError,
  type Message,
  type Reader,
  unattended,
} from './connection.ts';
import { WebSocketError } from './errors.ts';
import { utf8Length } from './utf8Length.ts';

/** A WebSocket of a host that speaks messages: ASGI, the test client, Deno, Bun, Workers. */
export class ChannelConnection implements Connection {
  readonly protocol: string | undefined;
  closing: Closing | undefined;
  readonly #channel: WebSocketChannel;
  readonly #maxMessageLength: number;
  /** What the peer sent before it closed can still be received, unlike what it sent before we did. */
  #isOver = false;

  constructor(channel: WebSocketChannel, protocol: string | undefined, maxMessageLength: number) {
    this.#channel = channel;
    this.protocol = protocol;
    this.#maxMessageLength = maxMessageLength;
  }

  receive<T>(reader: Reader<T>): Promise<T> {
    return unattended(this.#receive().then(reader.message, reader.end));
  }

  send(message: Message): Promise<void> {
    return unattended(this.#send(message));
  }

  async close(code: number, reason: string): Promise<void> {
    if (this.closing) return;
    this.#end({ code, reason });
    // The peer may have been faster.
    await this.#channel.close(code, reason).catch(() => {});
  }

  async #receive(): Promise<Message> {
    if (!this.#isOver) {
      const message = await this.#channel.receive().catch((cause: unknown) => this.#lose(cause));
      if (this.#isOver) throw closedError(this.closing as Closing);
      if (message !== undefined && !this.#isTooLarge(message)) return message;
      if (message === undefined) this.#end({ code: 1005, reason: '' });
      else await this.#refuse();
    }
    throw closedError(this.closing as Closing);
  }

  async #send(message: Message): Promise<void> {
    if (this.closing) throw closedError(this.closing);
    try {
      await this.#channel.send(message);
    } catch (cause) {
      this.closing ??= { code: 1005, reason: '' };
      throw closedError(this.closing, cause);
    }
  }

  #isTooLarge(message: Message): boolean {
    const max = this.#maxMessageLength;
    if (max === 0) return false;
    if (typeof message !== 'string') return message.byteLength > max;
    // Counted only where it matters: a unit takes three bytes at most.
    return message.length * 3 > max && utf8Length(message) > max;
  }

  async #refuse(): Promise<void> {
    const text = `A message exceeds ${this.#maxMessageLength} bytes (WebSocket.maxMessageLength)`;
    const error = new WebSocketError('MESSAGE_TOO_LARGE', text, { closeCode: 1009, closeReason: '' });
    this.#end({ code: 1009, reason: '', error });
    await this.#channel.close(1009, '').catch(() => {});
  }

  #lose(cause: unknown): undefined {
    const details = { closeCode: 1006, closeReason: '', cause };
    this.#end({
      code: 1006,
      reason: '',
      error: new WebSocketError('CONNECTION_LOST', 'The connection is lost', details),
    });
  }

  #end(closing: Closing): void {
    this.closing ??= closing;
    this.#isOver = true;
  }
}
