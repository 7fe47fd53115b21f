import type { FrameQueue } from './frameQueue.ts';
import type { HostSignal } from './hostSignal.ts';
import { type EventData, type EventOptions, ServerSentEvent } from './serverSentEvent.ts';

/** An event stream, as its handler has it. Microdot's `SSE`. */
export class SSE {
  /**
   * The id of the last event that the client had, where it connects again: the header `Last-Event-ID`. Whatever a
   * client likes to put there; `undefined` where it is new.
   */
  readonly lastEventId: string | undefined;
  readonly #queue: FrameQueue;
  #controller: AbortController | undefined;
  #closed: Promise<void> | undefined;

  /** @internal */
  constructor(lastEventId: string | undefined, queue: FrameQueue) {
    this.lastEventId = lastEventId;
    this.#queue = queue;
  }

  /**
   * Sends an event. Wait for it to send no faster than the client reads: the promise resolves when the server has taken
   * the event.
   *
   * It rejects with an `SSEError` once the client has left, which ends a handler that waits for it, and its generators
   * and `finally` blocks with it; nobody is told of that error. Who does not wait need not catch it.
   *
   * @param data a string, bytes, or anything else as JSON; or an event that was made before.
   * @throws SSEError `INVALID_EVENT`, at once, from where the event comes.
   */
  send(data: EventData | ServerSentEvent, options?: EventOptions): Promise<void> {
    const event = data instanceof ServerSentEvent ? data : new ServerSentEvent(data, options);
    return this['~push'](event) ?? TAKEN;
  }

  /**
   * Aborts when the client has left, or the server shuts down; not when the handler ends by itself. The reason is an
   * `SSEError`, `CLOSED` or `TOO_SLOW`. A handler that lets go of the `AbortError` that it got for it ends quietly.
   */
  get signal(): HostSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      this.#queue.onClose((reason) => controller.abort(reason));
    }
    return this.#controller.signal;
  }

  /** Resolves when `signal` aborts: what a handler waits for that leaves the sending to others. */
  get closed(): Promise<void> {
    this.#closed ??= new Promise((resolve) => this.#queue.onClose(() => resolve()));
    return this.#closed;
  }

  get '~isOver'(): boolean {
    return this.#queue.isOver;
  }

  /** Like `send()`, without a promise where the server takes the event at once. */
  '~push'(event: ServerSentEvent): Promise<void> | undefined {
    return this.#queue.push(event['~frame']);
  }

  '~onClose'(listener: () => void): void {
    this.#queue.onClose(listener);
  }
}

const TAKEN = Promise.resolve();
