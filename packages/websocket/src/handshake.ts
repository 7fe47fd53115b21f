import { abort, HTTPException, type Request } from '@microdot/core';

/**
 * Checks the opening handshake of RFC 6455 4.2.1.
 *
 * What does not ask for a WebSocket at all is answered as Microdot does, with the body `400 error`.
 *
 * @throws HTTPException 426 where the client speaks another version, 400 where it did not ask for a WebSocket.
 */
export function checkHandshake({ method, httpVersion, headers }: Request): void {
  if (!hasToken(headers.get('upgrade'), 'websocket')) abort(400);
  if (!hasToken(headers.get('connection'), 'upgrade')) abort(400);
  if (method !== 'GET') abort(400, 'Bad request: the method is not GET');
  if (httpVersion === '1.0') abort(400, 'Bad request: HTTP/1.0 has no WebSockets');
  if (headers.get('sec-websocket-version') !== '13') {
    // The one version that is spoken here (RFC 6455 4.4). RFC 9110 15.5.22: 426 names the protocol, and 7.8: Upgrade is an
    // option of the connection.
    throw new HTTPException(426, 'Upgrade required: Sec-WebSocket-Version: 13', {
      'Sec-WebSocket-Version': '13',
      Upgrade: 'websocket',
      Connection: 'Upgrade, close',
    });
  }
  // 16 bytes in base64, once.
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers.get('sec-websocket-key') ?? '')) abort(400);
  // Bytes of a body would be taken for frames: request smuggling.
  if (headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0')
    abort(400, 'Bad request: the handshake has a body');
}

/** Whether a list of tokens holds one, in any case (RFC 9110 5.6.1). */
function hasToken(header: string | undefined, token: string): boolean {
  return header?.split(',').some((text) => text.trim().toLowerCase() === token) ?? false;
}
