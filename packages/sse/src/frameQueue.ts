import { SSEError } from './errors.ts';

/** A step of the iteration that a server does over the body. */
export type Step = IteratorResult<string, undefined>;

interface Waiting {
  readonly frame: string;
  readonly resolve: () => void;
  readonly reject: (error: SSEError) => void;
}

type Pull = (step: Step | PromiseLike<Step>) => void;

/**
 * What lies between a handler that pushes and a server that pulls. One side or the other is waiting: frames for a pull,
 * or pulls for a frame.
 */
export class FrameQueue {
  readonly #maxLength: number;
  readonly #frames: Waiting[] = [];
  readonly #pulls: Pull[] = [];
  readonly #listeners: ((reason: SSEError) => void)[] = [];
  #length = 0;
  /** Why nothing more is sent. */
  #reason: SSEError | undefined;
  /** What the handler ended with, once it has. */
  #end: { readonly error?: unknown } | undefined;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Why the stream was cut short, once it was: by the client, by the server, or because the client is too slow. */
  get reason(): SSEError | undefined {
    return this.#reason;
  }

  /** True when nothing can be sent any more, be it that the handler has ended. */
  get isOver(): boolean {
    return this.#reason !== undefined || this.#end !== undefined;
  }

  /** True while the server waits for a frame. */
  get isPulled(): boolean {
    return this.#pulls.length > 0;
  }

  /**
   * Resolves when the server has taken the frame, which it does when what it took before is on its way; `undefined`
   * where it has. A promise that nobody waits for may reject without harm.
   */
  push(frame: string): Promise<void> | undefined {
    if (this.isOver) return rejected(this.#reason ?? handlerHasEnded());
    const pull = this.#pulls.shift();
    if (pull) {
      pull({ value: frame, done: false });
      return undefined;
    }
    if (this.#length > this.#maxLength) return rejected(this.close(tooSlow(this.#maxLength)));
    this.#length += frame.length;
    const taken = new Promise<void>((resolve, reject) => this.#frames.push({ frame, resolve, reject }));
    taken.catch(() => {});
    return taken;
  }

  pull(): Promise<Step> {
    const first = this.#frames.shift();
    if (first) {
      this.#length -= first.frame.length;
      first.resolve();
      return Promise.resolve({ value: first.frame, done: false });
    }
    if (this.#reason) return Promise.resolve(DONE);
    if (!this.#end) return new Promise((resolve) => this.#pulls.push(resolve));
    return this.#lastStep(this.#end);
  }

  /** Ends the stream behind what was pushed before; with an error, it breaks off there. */
  end(end: { readonly error?: unknown }): void {
    if (this.isOver) return;
    this.#end = end;
    for (const pull of this.#pulls.splice(0)) pull(this.#lastStep(end));
  }

  /** Ends the stream here and now, and gives everybody who waits the reason, which is that of the first call. */
  close(reason: SSEError): SSEError {
    if (this.#reason) return this.#reason;
    this.#reason = reason;
    this.#length = 0;
    const frames = this.#frames.splice(0);
    for (const pull of this.#pulls.splice(0)) pull(DONE);
    for (const { reject } of frames) reject(reason);
    for (const listener of this.#listeners.splice(0)) listener(reason);
    return reason;
  }

  /** Calls `listener` when the stream is cut short, or at once where it was. */
  onClose(listener: (reason: SSEError) => void): void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.push(listener);
  }

  /** An error is thrown once. */
  #lastStep(end: { readonly error?: unknown }): Promise<Step> {
    if (!('error' in end)) return Promise.resolve(DONE);
    this.#end = {};
    return Promise.reject(end.error);
  }
}

export const DONE: Step = Object.freeze({ value: undefined, done: true });

/** Already handled: who listens to an emitter calls `send()` without waiting, and the process must not end over it. */
function rejected(error: SSEError): Promise<void> {
  const promise = Promise.reject<void>(error);
  promise.catch(() => {});
  return promise;
}

function handlerHasEnded(): SSEError {
  return new SSEError('CLOSED', 'The handler of this event stream has ended');
}

function tooSlow(maxLength: number): SSEError {
  return new SSEError(
    'TOO_SLOW',
    `The client reads too slowly: over ${maxLength} characters wait (maxQueueLength)`,
  );
}
