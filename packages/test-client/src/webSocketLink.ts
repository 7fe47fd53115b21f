import type { AcceptOptions, WebSocketChannel } from '@microdot/core';
import { toBytes } from './bytes.ts';
import { TestClientError } from './errors.ts';

/** A message of a WebSocket. */
export type Message = string | Uint8Array;

/**
 * What is between the two ends of a WebSocket: the messages that wait on either side, and whether it is open.
 */
export class WebSocketLink {
  readonly #toServer: Message[] = [];
  readonly #toClient: Message[] = [];
  #waitingServers = 0;
  #wakers: (() => void)[] = [];
  #accepted: AcceptOptions | undefined;
  closing: { readonly code: number; readonly reason: string } | undefined;

  /** `undefined` until the application has accepted. */
  get accepted(): AcceptOptions | undefined {
    return this.#accepted;
  }

  /** The end of the application, which is what `transport.acceptWebSocket` gives. */
  accept = async (options: AcceptOptions): Promise<WebSocketChannel> => {
    if (this.#accepted) throw new TestClientError('WEBSOCKET_CLOSED', 'The WebSocket was accepted before');
    this.#accepted = options;
    this.#wake();
    return {
      receive: () => this.#receiveAsServer(),
      send: async (message) => this.#push(this.#toClient, message),
      close: async (code, reason) => this.close(code, reason),
    };
  };

  send(message: Message): void {
    this.#push(this.#toServer, message);
  }

  /**
   * The next message of the application; `undefined` once the WebSocket is closed and every message has been
   * read.
   */
  async receive(): Promise<Message | undefined> {
    while (this.#toClient.length === 0 && !this.closing) await this.changed();
    return this.#toClient.shift();
  }

  /** As `receive`, but gives up, with `undefined`, where the application itself waits for a message. */
  async receiveReply(): Promise<Message | undefined> {
    const isAsked = (): boolean => this.#waitingServers > 0 && this.#toServer.length === 0;
    while (this.#toClient.length === 0 && !this.closing && !isAsked()) await this.changed();
    return this.#toClient.shift();
  }

  /** The first to close says why. What was sent before is still received. */
  close(code = 1000, reason = ''): void {
    this.closing ??= { code, reason };
    this.#wake();
  }

  /** Resolves when anything happens on the link. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakers.push(resolve);
    });
  }

  async #receiveAsServer(): Promise<Message | undefined> {
    this.#waitingServers++;
    this.#wake();
    while (this.#toServer.length === 0 && !this.closing) await this.changed();
    this.#waitingServers--;
    return this.#toServer.shift();
  }

  #push(queue: Message[], message: Message): void {
    if (this.closing) {
      const { code, reason } = this.closing;
      throw new TestClientError('WEBSOCKET_CLOSED', `The WebSocket is closed: ${code} ${reason}`.trimEnd());
    }
    queue.push(typeof message === 'string' ? message : toBytes(message));
    this.#wake();
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
