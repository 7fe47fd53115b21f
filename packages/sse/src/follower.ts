import type { Maybe } from '@microdot/core';
import type { Ring } from './ring.ts';
import type { ServerSentEvent } from './serverSentEvent.ts';
import type { SSE } from './sse.ts';

/**
 * Takes one client through a log, as fast as it reads. Without a promise for a client that waits for the next event,
 * which is what most of a thousand do.
 */
export class Follower {
  readonly #events: Ring<ServerSentEvent>;
  readonly #sse: SSE;
  readonly #onMissed: (() => Maybe<unknown>) | undefined;
  #position: number;
  #isWaiting = false;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  /** Resolves when the stream is over; rejects where `onMissed` fails. */
  readonly over: Promise<void>;

  constructor(
    events: Ring<ServerSentEvent>,
    sse: SSE,
    position: number,
    onMissed: (() => Maybe<unknown>) | undefined,
  ) {
    this.#events = events;
    this.#sse = sse;
    this.#position = position;
    this.#onMissed = onMissed;
    this.over = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    sse['~onClose'](this.#resolve);
  }

  /** Sends what there is to send. */
  advance(): void {
    if (this.#sse['~isOver']) this.#resolve();
    while (!this.#isWaiting && this.#position < this.#events.end && !this.#sse['~isOver']) {
      if (this.#position < this.#events.start) {
        this.#position = this.#events.start;
        if (this.#onMissed) void this.#wait(this.#onMissed);
      } else {
        const sent = this.#sse['~push'](this.#events.at(this.#position++));
        if (sent) void this.#wait(() => sent);
      }
    }
  }

  /** Goes on when that is done. */
  async #wait(step: () => Maybe<unknown>): Promise<void> {
    this.#isWaiting = true;
    try {
      await step();
      this.#isWaiting = false;
      this.advance();
    } catch (error) {
      // Where the stream is over, this is what came of it.
      if (this.#sse['~isOver']) this.#resolve();
      else this.#reject(error);
    }
  }
}
