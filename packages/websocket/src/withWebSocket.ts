import {
  type Globals,
  type Handler,
  type Maybe,
  MicrodotError,
  type Request,
  Response,
} from '@microdot/core';
import { WebSocketError } from './errors.ts';
import { resolveOptions, type Settings, type WebSocketOptions } from './options.ts';
import { upgrade } from './upgradeWebSocket.ts';
import type { WebSocket } from './webSocket.ts';

/** Talks through a WebSocket, which is closed when it ends. The third parameter holds the arguments in the URL. */
export type WebSocketHandler<Args = Record<never, never>, G = Globals> = (
  request: Request<G>,
  ws: WebSocket,
  args: Args,
) => Maybe<unknown>;

/**
 * Makes the handler of a route of WebSockets. Microdot's `with_websocket`.
 *
 * ```ts
 * app.get('/echo', withWebSocket(async (request, ws) => {
 *   for await (const message of ws) await ws.send(message);
 * }));
 * ```
 *
 * The WebSocket is closed with 1000 when the handler ends. With 1011 when it throws: that goes to the log, and nothing of
 * it to the peer. The `WebSocketError` that says that the peer has left is no failure.
 *
 * @throws MicrodotError `INVALID_OPTION`
 */
export function withWebSocket<Args, G>(handler: WebSocketHandler<Args, G>): Handler<Args, G>;
export function withWebSocket<Args, G>(
  options: WebSocketOptions,
  handler: WebSocketHandler<Args, G>,
): Handler<Args, G>;
export function withWebSocket<Args, G>(
  first: WebSocketOptions | WebSocketHandler<Args, G>,
  second?: WebSocketHandler<Args, G>,
): Handler<Args, G> {
  const [options, handler] = typeof first === 'function' ? [{}, first] : [first, second];
  if (typeof handler !== 'function')
    throw new MicrodotError(
      'INVALID_OPTION',
      'Write withWebSocket(handler), or withWebSocket(options, handler)',
    );
  return serve(resolveOptions(options), handler);
}

function serve<Args, G>(settings: Settings, handler: WebSocketHandler<Args, G>): Handler<Args, G> {
  return async (request, args): Promise<Response> => {
    const ws = await upgrade(request as unknown as Request, settings);
    try {
      await handler(request, ws, args);
      void ws.close();
    } catch (error) {
      // Of this peer: that another one has left, which the handler has sent to, is an error like any other.
      if (!(ws.closed && error instanceof WebSocketError))
        request.app.logger.error(error, `${request.method} ${request.path}`);
      void ws.close(1011);
    }
    return Response.alreadyHandled;
  };
}
