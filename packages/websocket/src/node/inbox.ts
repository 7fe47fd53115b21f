import { type Message, type Reader, unattended } from '../connection.ts';
import type { WebSocketError } from '../errors.ts';

/** What may wait to be received before the peer is made to wait: messages, and their bytes. */
const MAX_MESSAGES = 128;
const MAX_BYTES = 65536;

/** How to stop a peer, and to let it go on. */
export interface Flow {
  pause(): void;
  resume(): void;
}

/**
 * The messages that have come and were not asked for, or those who have asked and wait. A peer that sends faster than
 * the handler receives is stopped until the inbox is empty.
 */
export class Inbox {
  readonly #flow: Flow;
  readonly #messages: Message[] = [];
  readonly #waiters: Waiter[] = [];
  #bytes = 0;
  #hasGiven = false;
  #failure: (() => WebSocketError) | undefined;
  isPaused = false;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** How many messages are there to take. */
  get size(): number {
    return this.#messages.length;
  }

  /** Whether there is something to take, or was taken by somebody who has not asked for more since: there may be an answer to it. */
  get isBusy(): boolean {
    return this.#messages.length > 0 || (this.#hasGiven && this.#waiters.length === 0);
  }

  put(message: Message): void {
    const waiter = this.#waiters.shift();
    if (waiter) {
      this.#hasGiven = true;
      waiter.resolve(waiter.reader.message(message));
      return;
    }
    this.#bytes += message.length;
    if (this.#messages.push(message) >= MAX_MESSAGES || this.#bytes >= MAX_BYTES) this.#pause();
  }

  take<T>(reader: Reader<T>): Promise<T> {
    const message = this.#messages.shift();
    if (message !== undefined) {
      this.#hasGiven = true;
      this.#bytes -= message.length;
      if (this.isPaused && this.#messages.length === 0) this.#resume();
      return Promise.resolve(reader.message(message));
    }
    const waiter = { reader } as unknown as Waiter;
    waiter.promise = new Promise((resolve) => {
      waiter.resolve = resolve;
    });
    this.#waiters.push(waiter);
    if (this.#failure) this.end(this.#failure);
    return waiter.promise as Promise<T>;
  }

  /** Nothing more will come. What is there can still be taken; after that, `failure` says why there is no more. */
  end(failure: () => WebSocketError): void {
    this.#failure = failure;
    for (const { reader, promise, resolve } of this.#waiters.splice(0)) {
      void unattended(promise);
      resolve(Promise.resolve(failure()).then(reader.end));
    }
  }

  /** Drops what is there, and lets the peer go on: what it says last is still of interest. */
  clear(): void {
    this.#messages.length = 0;
    this.#bytes = 0;
    if (this.isPaused) this.#resume();
  }

  #pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.#flow.pause();
  }

  #resume(): void {
    this.isPaused = false;
    this.#flow.resume();
  }
}

interface Waiter {
  readonly reader: Reader<unknown>;
  promise: Promise<unknown>;
  resolve(result: unknown): void;
}
