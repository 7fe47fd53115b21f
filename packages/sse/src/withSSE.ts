import { type Globals, type Handler, type Maybe, type Request, Response } from '@microdot/core';
import { SSEError } from './errors.ts';
import { EventStream } from './eventStream.ts';
import type { EventData, ServerSentEvent } from './serverSentEvent.ts';
import { resolveOptions, type Settings, type SSEOptions } from './settings.ts';
import type { SSE } from './sse.ts';

/** What a handler may yield: events, or what events are made from. Nothing is nothing. */
type Yielded = EventData | ServerSentEvent | undefined | void;

/** Nothing, where a handler sends by itself; or a generator, or anything else that can be iterated. */
export type SSEHandlerResult =
  | void
  | Iterator<Yielded, unknown, undefined>
  | AsyncIterator<Yielded, unknown, undefined>
  | AsyncIterable<Yielded>;

/** Handles an event stream, which lasts until the handler has ended, or the client has left. */
export type SSEHandler<Args = Record<never, never>, G = Globals> = (
  request: Request<G>,
  sse: SSE,
  args: Args,
) => Maybe<SSEHandlerResult>;

/**
 * Makes a handler of one that sends events. Microdot's `with_sse`.
 *
 * ```ts
 * app.get('/countdown/<int:from>', withSSE(async (request, sse, { from }) => {
 *   for (let n = from; n > 0; n--) await sse.send({ n });
 *   await sse.send('Lift-off', { event: 'end' });
 * }));
 * ```
 *
 * The head of the response is on its way before the handler starts: an error in the handler cuts the connection. To
 * answer with another status, decide before, with {@link sseResponse}.
 *
 * @throws SSEError `INVALID_OPTION`
 */
export function withSSE<Args, G>(handler: SSEHandler<Args, G>): Handler<Args, G>;
export function withSSE<Args, G>(options: SSEOptions, handler: SSEHandler<Args, G>): Handler<Args, G>;
export function withSSE<Args, G>(
  first: SSEOptions | SSEHandler<Args, G>,
  second?: SSEHandler<Args, G>,
): Handler<Args, G> {
  const [options, handler] = typeof first === 'function' ? [{}, first] : [first, second];
  if (typeof handler !== 'function') {
    throw new SSEError('INVALID_OPTION', 'withSSE() takes a handler, and options before it');
  }
  const settings = resolveOptions(options);
  return (request, args) => respond(request, (sse) => handler(request, sse, args), settings);
}

/**
 * The response that a handler returns which has made up its mind to send events. Microdot's `sse_response`.
 *
 * ```ts
 * app.get('/rooms/<int:id>', (request, { id }) => {
 *   const room = rooms.get(id) ?? abort(404);
 *   return sseResponse(request, (sse) => room.follow(sse));
 * });
 * ```
 *
 * @throws SSEError `INVALID_OPTION`
 */
export function sseResponse<G>(
  request: Request<G>,
  handler: (sse: SSE) => Maybe<SSEHandlerResult>,
  options: SSEOptions = {},
): Response {
  return respond(request, handler, resolveOptions(options));
}

function respond<G>(request: Request<G>, call: (sse: SSE) => unknown, settings: Settings): Response {
  return new Response(new EventStream(request as unknown as Request<never>, call, settings), 200, {
    'Content-Type': 'text/event-stream',
    // Nobody is to keep it. The client does not, but what is in between might.
    'Cache-Control': 'no-store',
    // What nginx and its kin ask, which would otherwise collect events until a buffer is full.
    'X-Accel-Buffering': 'no',
  });
}
