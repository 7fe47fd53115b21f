import type { Maybe } from '@microdot/core';
import { SSEError } from './errors.ts';
import { Follower } from './follower.ts';
import { Ring } from './ring.ts';
import { type EventData, type EventOptions, ServerSentEvent } from './serverSentEvent.ts';
import type { SSE } from './sse.ts';

export interface EventLogOptions {
  /** How many events are kept; 1,000 by default. */
  size?: number | undefined;
}

/** As `sse.send()` has them; an event without an id gets one. */
export type LoggedEventOptions = Omit<EventOptions, 'comment'>;

export interface FollowOptions {
  /**
   * Called before the next event where the client has missed some that are no longer kept: it was away too long, or
   * reads too slowly, or the server has started anew in between. Tell it to load everything again.
   */
  onMissed?: (() => Maybe<unknown>) | undefined;
}

/**
 * The last events of a stream that many clients follow, so that one which connects again gets what it has missed:
 *
 * ```ts
 * const log = new EventLog({ size: 500 });
 * app.post('/messages', (request) => void log.send(request.json as object));
 * app.get('/messages/live', withSSE((request, sse) => log.follow(sse)));
 * ```
 *
 * An event is put into words once, for however many clients. One that reads slowly is behind in the log, and takes no
 * memory of its own.
 *
 * @throws SSEError `INVALID_OPTION`
 */
export class EventLog {
  readonly #events: Ring<ServerSentEvent>;
  readonly #followers: Set<Follower> = new Set();
  /** So that an id of another log, or of the one before the server was started anew, is not taken for one of this. */
  readonly #name: string = Math.random().toString(36).slice(2, 10);

  constructor({ size = 1000 }: EventLogOptions = {}) {
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new SSEError('INVALID_OPTION', `size is a whole number of events from 1 on, not ${String(size)}`);
    }
    this.#events = new Ring(size);
  }

  /**
   * Keeps an event, and sends it to those that follow.
   *
   * @returns its id.
   * @throws SSEError `INVALID_EVENT`
   */
  send(data: EventData, options: LoggedEventOptions = {}): string {
    const eventId = options.eventId || `${this.#name}-${this.#events.end}`;
    this.#events.push(new ServerSentEvent(data, { ...options, eventId, comment: false }));
    for (const follower of this.#followers) follower.advance();
    return eventId;
  }

  /**
   * Sends a client what came after the last event that it had, and then every event that comes; a client that is new,
   * only the latter. Resolves when the stream is over.
   */
  async follow(sse: SSE, { onMissed }: FollowOptions = {}): Promise<void> {
    const follower = new Follower(this.#events, sse, this.#positionAfter(sse.lastEventId), onMissed);
    this.#followers.add(follower);
    try {
      follower.advance();
      await follower.over;
    } finally {
      this.#followers.delete(follower);
    }
  }

  /** -1, which is before everything, where nothing is known of the id. */
  #positionAfter(eventId: string | undefined): number {
    if (!eventId) return this.#events.end;
    return this.#events.findLast((event) => event.eventId === eventId) + 1 || -1;
  }
}
