// By hand, on node:http and node:crypto: the same token as Microdot's, and nothing beyond what the request needs.
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { host, port } from '../common.js';
import { SECRET } from './common.js';

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

createServer((req, res) => {
  const session = read(/(?:^|; )session=([^;]*)/.exec(req.headers.cookie ?? '')?.[1] ?? '');
  session.count = (session.count ?? 0) + 1;
  const signed = `${HEADER}.${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
  const body = String(session.count);
  res.writeHead(200, {
    'Set-Cookie': `session=${signed}.${sign(signed).toString('base64url')}; Path=/; HttpOnly`,
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': body.length,
  });
  res.end(body);
}).listen(port, host);

/** @param {string} token */
function read(token) {
  const dot = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(dot + 1), 'base64url');
  const signed = token.slice(0, dot);
  if (
    signature.length !== 32 ||
    !signed.startsWith(`${HEADER}.`) ||
    !timingSafeEqual(signature, sign(signed))
  )
    return {};
  return JSON.parse(Buffer.from(signed.slice(HEADER.length + 1), 'base64url').toString());
}

/** @param {string} text */
function sign(text) {
  return createHmac('sha256', SECRET).update(text).digest();
}
