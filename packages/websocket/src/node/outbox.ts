import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { type Message, unattended } from '../connection.ts';
import { smallFrame } from './smallFrame.ts';

const TEXT = { binary: false };
const SENT: Promise<void> = Promise.resolve();
/** What is gathered before it is written, in bytes. */
const BATCH = 16 * 1024;

/**
 * The messages on their way to the network. Nearly every one is taken by the operating system at once, and costs no
 * promise. Answers to several messages that have come together are written together.
 */
export class Outbox {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #failure: (cause: Error) => Promise<Error>;
  readonly #isCompressing: boolean;
  readonly #waiting: Waiting[] = [];
  #isGathering = false;
  #sent = 0;
  #written = 0;

  /** @param failure says in the end why a message was not sent. */
  constructor(ws: WebSocket, socket: Socket, failure: (cause: Error) => Promise<Error>) {
    this.#ws = ws;
    this.#socket = socket;
    this.#failure = failure;
    this.#isCompressing = ws.extensions !== '';
  }

  /** What waits for the operating system, in bytes. A million empty messages are no small thing either. */
  get size(): number {
    return this.#ws.bufferedAmount + this.#waiting.length * 128;
  }

  /**
   * Resolves when the message is with the operating system, or will be by the end of this turn of the event loop.
   *
   * @param hasMore whether there are more messages to be answered in this turn.
   */
  send(message: Message, hasMore: boolean): Promise<void> {
    const ws = this.#ws;
    if (hasMore && !this.#isGathering && ws.bufferedAmount === 0) this.#gather();
    this.#sent++;
    this.#put(message);
    const { bufferedAmount } = ws;
    if (bufferedAmount === 0 || (this.#isGathering && bufferedAmount < BATCH)) return SENT;
    this.#write();
    return unattended(
      new Promise((resolve, reject) => {
        this.#waiting.push({ number: this.#sent, resolve, reject });
      }),
    );
  }

  #put(message: Message): void {
    const frame = this.#isCompressing ? undefined : smallFrame(message);
    if (frame) this.#socket.write(frame, 'latin1', this.#onWritten);
    // As bytes: Node writes text behind the head of a frame at twice the cost.
    else if (typeof message === 'string') this.#ws.send(Buffer.from(message), TEXT, this.#onWritten);
    else this.#ws.send(message, this.#onWritten);
  }

  #gather(): void {
    this.#isGathering = true;
    this.#socket.cork();
    process.nextTick(this.#write);
  }

  readonly #write = (): void => {
    if (!this.#isGathering) return;
    this.#isGathering = false;
    this.#socket.uncork();
  };

  /** Called once for every message, in their order. */
  readonly #onWritten = (error?: Error | null): void => {
    const number = ++this.#written;
    if (this.#waiting[0]?.number !== number) return;
    const { resolve, reject } = this.#waiting.shift() as Waiting;
    if (error) void this.#failure(error).then(reject);
    else resolve();
  };
}

interface Waiting {
  readonly number: number;
  resolve(): void;
  reject(error: Error): void;
}
