import type { IncomingMessage } from 'node:http';

/**
 * A request as it came, but for its wish to go on in another protocol, to be read again. Who sends one with a body, as clients
 * that would rather speak HTTP/2 do, wants an answer in HTTP/1.1 otherwise (RFC 9110 7.8), and Node would drop the body.
 *
 * @param head what has been read of the connection behind the head of the request.
 */
export function withoutUpgrade(req: IncomingMessage, head: Buffer): Buffer {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] as string;
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${req.rawHeaders[i + 1]}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]);
}
