import type { AcceptOptions, WebSocketChannel } from '@microdot/core';
import { toBytes } from './bytes.ts';
import { TestClientError } from './errors.ts';

/** A message of a WebSocket. */
export type Message = string | Uint8Array;

interface Closing {
  readonly code: number;
  readonly reason: string;
}

// Taken before a test can replace it by one that nobody moves on.
const { setTimeout, clearTimeout } = globalThis;

/** How long the application may take over its replies when the client has closed, in milliseconds. Servers give it more. */
const CLOSE_TIMEOUT = 1000;

/**
 * What is between the two ends of a WebSocket: the messages that wait on either side, and whether it is open.
 */
export class WebSocketLink {
  readonly #toServer: Message[] = [];
  readonly #toClient: Message[] = [];
  #waitingServers = 0;
  /** Whether the application has received anything. */
  #hasGiven = false;
  /** The client has closed, and the application may have something to say to what came before. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakers: (() => void)[] = [];
  #accepted: AcceptOptions | undefined;
  closing: Closing | undefined;

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
      send: async (message) => this.#sendAsServer(message),
      close: async (code, reason) => this.end(code, reason),
    };
  };

  send(message: Message): void {
    if (this.closing) throw closedError(this.closing);
    this.#push(this.#toServer, message);
  }

  /**
   * The next message of the application; `undefined` once the WebSocket is closed and every message has been
   * read.
   */
  async receive(): Promise<Message | undefined> {
    while (this.#toClient.length === 0 && !this.#isOver) await this.changed();
    return this.#toClient.shift();
  }

  /** As `receive`, but gives up, with `undefined`, where the application itself waits for a message. */
  async receiveReply(): Promise<Message | undefined> {
    const isAsked = (): boolean => this.#waitingServers > 0 && this.#toServer.length === 0;
    while (this.#toClient.length === 0 && !this.#isOver && !isAsked()) await this.changed();
    return this.#toClient.shift();
  }

  /**
   * The client closes. What was sent before is still received, and answered: until the application has read it all
   * and asks for more, or has ended.
   */
  close(code = 1000, reason = ''): void {
    if (this.closing) return;
    this.closing = { code, reason };
    const isBusy = this.#toServer.length > 0 || (this.#hasGiven && this.#waitingServers === 0);
    if (isBusy) this.#timer = setTimeout(() => this.end(), CLOSE_TIMEOUT);
    this.#wake();
  }

  /** Ends it for both. The first to close says why. */
  end(code = 1000, reason = ''): void {
    this.closing ??= { code, reason };
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake();
  }

  get #isOver(): boolean {
    return this.closing !== undefined && this.#timer === undefined;
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
    const message = this.#toServer.shift();
    if (message === undefined) this.end();
    else this.#hasGiven = true;
    return message;
  }

  #sendAsServer(message: Message): void {
    if (this.closing && this.#isOver) throw closedError(this.closing);
    this.#push(this.#toClient, message);
  }

  #push(queue: Message[], message: Message): void {
    queue.push(typeof message === 'string' ? message : toBytes(message));
    this.#wake();
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}

function closedError({ code, reason }: Closing): TestClientError {
  return new TestClientError('WEBSOCKET_CLOSED', `The WebSocket is closed: ${code} ${reason}`.trimEnd());
}
