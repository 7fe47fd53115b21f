import { HTTPException, type Request, Response } from '@microdot/core';
import { ChannelConnection } from './channelConnection.ts';
import type { Connection } from './connection.ts';
import { checkHandshake } from './handshake.ts';
import { resolveOptions, type Settings, type WebSocketOptions } from './options.ts';
import { chooseProtocol } from './protocols.ts';
import { WebSocket } from './webSocket.ts';

/**
 * Turns a request into a WebSocket, from within a handler. It is closed when the handler ends, and what that returns is
 * not sent. Microdot's `websocket_upgrade`.
 *
 * ```ts
 * app.get('/echo', async (request) => {
 *   if (!isKnown(request)) abort(401);
 *   const ws = await upgradeWebSocket(request);
 *   for await (const message of ws) await ws.send(message);
 * });
 * ```
 *
 * @throws HTTPException 400 or 426 where it is no valid handshake, 403 where the page of another site asks, 501 where the
 * host has no WebSockets.
 * @throws MicrodotError `INVALID_OPTION`
 */
export async function upgradeWebSocket<G>(
  request: Request<G>,
  options: WebSocketOptions = {},
): Promise<WebSocket> {
  const ws = await upgrade(request as unknown as Request, resolveOptions(options));
  request.afterRequest(() => {
    void ws.close();
    return Response.alreadyHandled;
  });
  return ws;
}

export async function upgrade(request: Request, settings: Settings): Promise<WebSocket> {
  const { transport, headers } = request;
  // Over HTTP/2 a WebSocket has another handshake (RFC 8441), which is the host's affair.
  if (!transport.acceptWebSocket || headers.has('upgrade')) checkHandshake(request);
  if (!settings.isAllowed(request)) throw new HTTPException(403, 'Forbidden: the Origin is not allowed');
  const protocol = chooseProtocol(headers.get('sec-websocket-protocol'), settings.protocols);
  return new WebSocket(await connect(request, settings, protocol));
}

async function connect(
  request: Request,
  settings: Settings,
  protocol: string | undefined,
): Promise<Connection> {
  const { transport } = request;
  const limits = { ...settings, maxMessageLength: maxMessageLength(request, settings) };
  if (transport.acceptWebSocket)
    return new ChannelConnection(
      await transport.acceptWebSocket({ protocol }),
      protocol,
      limits.maxMessageLength,
    );
  if (!transport.takeSocket) throw new HTTPException(501, 'This server has no WebSockets');
  // Other hosts never load what speaks the protocol. Loaded before the socket is taken: a failure is still an answer.
  const { accept } = await import('./node/accept.ts');
  return accept(transport.takeSocket(), request, limits, protocol);
}

/** In bytes; 0 is no limit, and nobody gets there but by saying so. */
function maxMessageLength(request: Request, settings: Settings): number {
  const length = settings.maxMessageLength ?? WebSocket.maxMessageLength;
  const limit = length >= 0 ? length : Math.max(request.app.limit('maxBodyLength'), 1);
  // To what the parser counts to.
  return Math.min(Math.ceil(limit), 2 ** 31 - 1);
}
