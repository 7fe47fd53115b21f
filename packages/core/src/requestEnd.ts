import type { Maybe } from './maybe.ts';
import type { Request } from './request.ts';

/** What may have something to be told at the end. */
export interface Ending {
  '~onEnd'?: (() => unknown)[] | undefined;
}

/**
 * Sets what is done once a request is over, whatever came of it: the response has been written, its stream has ended or was closed,
 * the handler has failed, the client has left. For what must be put away: temporary files, locks. Unlike `request.afterRequest`,
 * which is about the response, and only where there is no error.
 *
 * A handler that never ends, and a stream that never does, keep a request from being over.
 */
export function onEnd(request: Ending, listener: () => unknown): void {
  request['~onEnd'] ??= [];
  request['~onEnd'].push(listener);
}

/**
 * Does what {@link onEnd} has set. Every server calls it when it has written a response; twice is once. What goes wrong is
 * logged: there is nobody left to be told.
 */
export function endRequest(request: Request): Maybe<void> {
  const listeners = request['~onEnd'];
  if (!listeners) return;
  request['~onEnd'] = undefined;
  return callAll(request, listeners);
}

async function callAll(request: Request, listeners: readonly (() => unknown)[]): Promise<void> {
  for (const listener of listeners) {
    try {
      await listener();
    } catch (error) {
      request.app.logger.error(error, `${request.method} ${request.path}`);
    }
  }
}
