import { ResponseHeaders } from '@microdot/core';
import type { RequestOptions, WebSocketOptions } from './exchange.ts';

/** The request that asks for a WebSocket (RFC 6455 4.1), with that standard's own example of a key. */
export function upgradeOptions({ headers, protocols = [] }: WebSocketOptions): RequestOptions {
  const request = new ResponseHeaders({
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  });
  if (protocols.length > 0) request.set('Sec-WebSocket-Protocol', protocols.join(', '));
  const given = new ResponseHeaders(headers);
  for (const [name] of given) request.delete(name);
  for (const [name, value] of given) request.append(name, value);
  return { headers: request };
}
