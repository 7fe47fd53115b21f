import type { Request } from '@microdot/core';
import { SSEError } from './errors.ts';
import { DONE, FrameQueue, type Step } from './frameQueue.ts';
import { lastEventId } from './lastEventId.ts';
import { play } from './play.ts';
import type { Settings } from './settings.ts';
import { SSE } from './sse.ts';

/**
 * The body of the response. The handler starts when the server asks for the first piece, which it does not for HEAD.
 *
 * Written by hand, as an async generator does not end while a `next()` of it is pending: nobody would hear of a client
 * that leaves between two events.
 */
export class EventStream implements AsyncIterableIterator<string, undefined, undefined> {
  readonly #request: Request<never>;
  readonly #call: (sse: SSE) => unknown;
  readonly #queue: FrameQueue;
  readonly #keepAlive: number;
  /** Resolves when the handler has ended; `undefined` before it has started. */
  #playing: Promise<void> | undefined;

  constructor(request: Request<never>, call: (sse: SSE) => unknown, settings: Settings) {
    this.#request = request;
    this.#call = call;
    this.#queue = new FrameQueue(settings.maxQueueLength);
    this.#keepAlive = settings.keepAlive;
  }

  next(): Promise<Step> {
    this.#playing ??= this.#start();
    return this.#queue.pull();
  }

  /** The client has left, or the server shuts down. Resolves when the handler has cleaned up. */
  async return(): Promise<Step> {
    this.#queue.close(new SSEError('CLOSED', 'The client has left, or the server shuts down'));
    this.#playing ??= Promise.resolve();
    await this.#playing;
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #start(): Promise<void> {
    const request = this.#request;
    const timer = this.#keepAlive > 0 ? setInterval(() => this.#ping(), this.#keepAlive) : undefined;
    // Where timers keep a process alive, this one does not: the connection does.
    (timer as { unref?(): void } | undefined)?.unref?.();
    const stop = (): void => clearInterval(timer);
    this.#queue.onClose(stop);
    try {
      await play(this.#call, new SSE(lastEventId(request), this.#queue), this.#queue);
    } catch (error) {
      // The connection cannot tell it any more.
      request.app.logger.error(error, `${request.method} ${request.path}`);
    } finally {
      stop();
    }
  }

  /** A comment, unless other things are waiting to be read. */
  #ping(): void {
    if (this.#queue.isPulled) void this.#queue.push(':\n\n');
  }
}
