import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { HTTPException, type RawSocket, type Request } from '@microdot/core';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Connection } from '../connection.ts';
import { CLOSE_TIMEOUT, type SocketLimits } from './limits.ts';
import { PatientWebSocket } from './patientWebSocket.ts';
import { SocketConnection } from './socketConnection.ts';

/** Completes the handshake on a socket that was taken, with `ws`. The request has been checked. */
export function accept(
  raw: RawSocket,
  request: Request,
  limits: SocketLimits & { readonly perMessageDeflate: boolean },
  protocol: string | undefined,
): Connection {
  const socket = raw.socket as Socket;
  const options: ServerOptions<typeof PatientWebSocket> & Newer = {
    WebSocket: PatientWebSocket,
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessageLength,
    maxFragments: limits.maxFragments,
    closeTimeout: CLOSE_TIMEOUT,
    perMessageDeflate: limits.perMessageDeflate && DEFLATE,
    handleProtocols: () => protocol ?? false,
  };
  const server = new WebSocketServer(options);
  let ws: PatientWebSocket | undefined;
  // What has gone wrong with a handshake, `ws` says itself, and ends the socket.
  raw.onEnd(() => {});
  // Calls back at once, or never: where the peer has left, or offers extensions that make no sense, which is answered.
  server.handleUpgrade(handshakeOf(request, protocol), socket, raw.head as Buffer, (accepted) => {
    ws = accepted;
  });
  if (!ws) throw new HTTPException(400, 'The handshake has failed');
  const connection = new SocketConnection(ws, socket, protocol, limits);
  raw.onEnd((why) => void connection.close(why === 'shutdown' ? 1001 : 1011, ''));
  return connection;
}

/** Options that the types of `ws` do not know yet. */
interface Newer {
  maxFragments: number;
  closeTimeout: number;
}

/**
 * Bounds what compression takes: nothing is remembered from one message to the next. What a message inflates to counts
 * against `maxPayload`.
 */
const DEFLATE = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  zlibDeflateOptions: { memLevel: 7, level: 3 },
  threshold: 1024,
};

/** The request as `ws` wants to see it, and no more of it than it needs. */
function handshakeOf(request: Request, protocol: string | undefined): IncomingMessage {
  const headers: Record<string, string | undefined> = {
    upgrade: 'websocket',
    'sec-websocket-key': request.headers.get('sec-websocket-key'),
    'sec-websocket-version': '13',
    'sec-websocket-protocol': protocol,
    'sec-websocket-extensions': request.headers.get('sec-websocket-extensions'),
  };
  return { method: 'GET', headers } as unknown as IncomingMessage;
}
