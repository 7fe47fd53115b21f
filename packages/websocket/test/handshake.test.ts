import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Microdot, Request, RequestHeaders, Response, type Server } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import { type AllowedOrigins, upgradeWebSocket, withWebSocket } from '@microdot/websocket';
import { type HandshakeOptions, handshake, KEY, Peer } from './peer.ts';

let server: Server;
const handler = jest.fn(() => {});

beforeAll(async () => {
  const app = new Microdot();
  app.get('/ws', withWebSocket({ protocols: ['chat'] }, handler));
  app.route('/any', { methods: ['GET', 'POST', 'PUT'] }, withWebSocket(handler));
  app.get('/up', async (request) => void (await upgradeWebSocket(request)));
  app.get('/deflate', withWebSocket({ perMessageDeflate: true }, handler));
  app.get('/plain', () => 'plain');
  server = await app.startServer({ port: 0, host: '127.0.0.1' });
});

afterAll(() => server.close());

async function shake(path: string, options: HandshakeOptions = {}): Promise<string> {
  const peer = new Peer(server.port);
  peer.send(handshake(path, options));
  await peer.until(() => peer.bytes.includes('\r\n\r\n'));
  const text = peer.bytes.toString('latin1');
  peer.socket.destroy();
  return text;
}

describe('the opening handshake', () => {
  it('is answered by the digest of the key, as in RFC 6455 1.3', async () => {
    const answer = await shake('/ws');
    expect(answer).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(answer).toMatch(/\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
    expect(answer).not.toMatch(/Sec-WebSocket-(Protocol|Extensions)/);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Record<string, string>, string?]>([
    ['upper case', { Upgrade: 'WebSocket', Connection: 'UPGRADE' }],
    ['other options of the connection', { Connection: 'keep-alive, Upgrade' }],
    ['other protocols to upgrade to', { Upgrade: 'websocket, foo/2' }],
    [
      'extensions that are not spoken',
      { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' },
    ],
    ['extensions that make no sense', { 'Sec-WebSocket-Extensions': ';;;=' }],
    ['subprotocols', { 'Sec-WebSocket-Protocol': 'x, chat' }, 'Sec-WebSocket-Protocol: chat'],
    ['a body of no bytes', { 'Content-Length': '0' }],
  ])('may have %s', async (...[, headers, expected = '']) => {
    const answer = await shake('/ws', { headers });
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).toContain(expected);
  });

  it.each<[string, number, HandshakeOptions, string?]>([
    ['no key', 400, { headers: { 'Sec-WebSocket-Key': undefined } }],
    ['an empty key', 400, { headers: { 'Sec-WebSocket-Key': '' } }],
    ['a short key', 400, { headers: { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZQ==' } }],
    ['a long key', 400, { headers: { 'Sec-WebSocket-Key': `${KEY.slice(0, -2)}AAAA==` } }],
    ['a key that is not base64', 400, { headers: { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZ!==' } }],
    ['two keys', 400, { headers: { 'Sec-WebSocket-Key': `${KEY}\r\nSec-WebSocket-Key: ${KEY}` } }],
    ['no version', 426, { headers: { 'Sec-WebSocket-Version': undefined } }],
    ['version 8', 426, { headers: { 'Sec-WebSocket-Version': '8' } }],
    ['version 14', 426, { headers: { 'Sec-WebSocket-Version': '14' } }],
    ['version 013', 426, { headers: { 'Sec-WebSocket-Version': '013' } }],
    ['two versions', 426, { headers: { 'Sec-WebSocket-Version': '13, 8' } }],
    ['another protocol', 400, { headers: { Upgrade: 'h2c' } }],
    ['a protocol that is only similar', 400, { headers: { Upgrade: 'websockets' } }],
    ['a POST', 400, { method: 'POST' }, '/any'],
    ['a PUT', 400, { method: 'PUT' }, '/any'],
    ['a POST to a route that has none', 405, { method: 'POST' }],
    ['HTTP/1.0', 400, { version: '1.0' }],
    ['a body', 400, { headers: { 'Content-Length': '5' } }],
    ['a chunked body', 400, { headers: { 'Transfer-Encoding': 'chunked' } }],
    ['a subprotocol twice', 400, { headers: { 'Sec-WebSocket-Protocol': 'chat, chat' } }],
    ['a subprotocol that is no token', 400, { headers: { 'Sec-WebSocket-Protocol': 'chat, a b' } }],
    ['an empty subprotocol', 400, { headers: { 'Sec-WebSocket-Protocol': 'chat,,x' } }],
    [
      'compression that makes no sense',
      400,
      { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; x=' } },
      '/deflate',
    ],
    ['two hosts', 400, { headers: { Host: 'a\r\nHost: b' } }],
    ['a path that there is not', 404, {}, '/none'],
  ])('is refused with %s: %d', async (...[, status, options, path = '/ws']) => {
    handler.mockClear();
    const answer = await shake(path, options);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    if (status === 426) expect(answer).toMatch(/\r\nUpgrade: websocket\r\n/);
    expect(handler).not.toHaveBeenCalled();
  });

  it('says which version is spoken, also from upgradeWebSocket', async () => {
    for (const path of ['/ws', '/up']) {
      const headers = { 'Sec-WebSocket-Version': '8' };
      expect(await shake(path, { headers })).toMatch(/\r\nSec-WebSocket-Version: 13\r\n/);
    }
  });

  it('is for routes of WebSockets: others answer as ever', async () => {
    expect(await shake('/plain')).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*plain$/);
  });

  it('is 501 where the host has no WebSockets', async () => {
    const headers = Object.fromEntries(
      handshake('/')
        .split('\r\n')
        .slice(1, -2)
        .map((text) => text.split(': ') as [string, string]),
    );
    const app = new Microdot();
    app.get('/', withWebSocket(handler));
    expect((await new TestClient(app).get('/', { headers })).statusCode).toBe(501);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['Connection alone', { Connection: 'Upgrade' }],
    ['another Connection', { Connection: 'foo' }],
    ['Upgrade alone', { Upgrade: 'websocket' }],
    ['another Upgrade', { Upgrade: 'bar' }],
    ['no version', { Connection: 'Upgrade', Upgrade: 'bar' }],
    ['the key alone', { 'Sec-WebSocket-Key': 'xxx' }],
  ])('a plain request is 400: %s', async (_, headers) => {
    const app = new Microdot();
    app.get('/', withWebSocket(handler));
    const response = await new TestClient(app).get('/', { headers });
    expect([response.statusCode, response.text]).toEqual([400, '400 error']);
  });

  it('is refused in the words of the application', async () => {
    const app = new Microdot();
    app.errorHandler(426, () => new Response({ error: 'old' }, 426));
    app.get('/', withWebSocket(handler));
    const refused = new TestClient(app).connect('/', { headers: { 'Sec-WebSocket-Version': '12' } });
    await expect(refused).rejects.toMatchObject({ response: { statusCode: 426, json: { error: 'old' } } });
  });

  it('is the affair of the host where it is another: over HTTP/2 (RFC 8441)', async () => {
    const app = new Microdot();
    app.get(
      '/',
      withWebSocket((_, ws) => ws.send('hello')),
    );
    const sent: unknown[] = [];
    const channel = {
      receive: async () => undefined,
      send: async (message: unknown) => void sent.push(message),
      close: async () => {},
    };
    const request = new Request(app, {
      method: 'GET',
      url: '/',
      headers: new RequestHeaders(['host', 'example.com']),
      transport: { scheme: 'https', acceptWebSocket: async () => channel },
    });
    await app.dispatchRequest(request);
    expect(sent).toEqual(['hello']);
  });
});

describe('cross-site WebSocket hijacking', () => {
  async function status(
    headers: Record<string, string>,
    allowedOrigins?: AllowedOrigins,
    scheme: 'http' | 'https' = 'http',
  ): Promise<number> {
    const app = new Microdot();
    app.get(
      '/',
      withWebSocket(allowedOrigins === undefined ? {} : { allowedOrigins }, () => {}),
    );
    const client = new TestClient(app, { scheme, host: 'example.com' });
    try {
      await (await client.connect('/', { headers })).close();
      return 101;
    } catch (error) {
      return (error as { response: { statusCode: number } }).response.statusCode;
    }
  }

  it.each<[string, number, Record<string, string>, ('http' | 'https')?]>([
    ['no Origin, which no browser is without', 101, {}],
    ['the host itself', 101, { Origin: 'http://example.com' }],
    ['the host itself behind a proxy that speaks TLS', 101, { Origin: 'https://example.com' }],
    ['the host itself over TLS', 101, { Origin: 'https://example.com' }, 'https'],
    ['an http page of the host that is asked over TLS', 403, { Origin: 'http://example.com' }, 'https'],
    ['the port of the host', 101, { Host: 'example.com:5000', Origin: 'http://example.com:5000' }],
    ['the default port, written out', 101, { Host: 'example.com:80', Origin: 'http://example.com' }],
    ['another case', 101, { Host: 'EXAMPLE.com', Origin: 'http://example.com' }],
    ['an IPv6 address', 101, { Host: '[::1]:5000', Origin: 'http://[::1]:5000' }],
    ['another site', 403, { Origin: 'https://evil.example' }],
    ['another port', 403, { Origin: 'http://example.com:8080' }],
    ['another port of a host with one', 403, { Host: 'example.com:5000', Origin: 'http://example.com:5001' }],
    ['a subdomain', 403, { Origin: 'https://www.example.com' }],
    ['a host that ends alike', 403, { Origin: 'https://badexample.com' }],
    ['a host that begins alike', 403, { Origin: 'https://example.com.evil.example' }],
    ['the host as the user of another', 403, { Origin: 'https://example.com@evil.example' }],
    ['a sandboxed page', 403, { Origin: 'null' }],
    ['an empty Origin', 403, { Origin: '' }],
    ['two Origins', 403, { Origin: 'http://example.com, http://example.com' }],
    ['another scheme', 403, { Origin: 'chrome-extension://example.com' }],
    ['a host without a scheme', 403, { Origin: 'example.com' }],
    ['a path', 403, { Origin: 'http://example.com/' }],
  ])('by default, %s: %d', async (...[, expected, headers, scheme]) => {
    expect(await status(headers, undefined, scheme)).toBe(expected);
  });

  const only: AllowedOrigins = ['https://app.example.org', 'https://*.example.net', 'null', 'app://desktop'];
  it.each<[string, number, AllowedOrigins]>([
    ['https://app.example.org', 101, only],
    ['https://app.example.org', 101, 'https://app.example.org'],
    ['http://app.example.org', 403, only],
    ['https://example.org', 403, only],
    ['https://a.example.net', 101, only],
    ['https://a.b.example.net', 101, only],
    ['https://example.net', 403, only],
    ['https://.example.net', 403, only],
    ['http://a.example.net', 403, only],
    ['https://a.example.net:8443', 403, only],
    ['https://evil.example?.example.net', 403, only],
    ['https://evil.example/.example.net', 403, only],
    ['https://evilexample.net', 403, only],
    ['https://*.example.net', 403, only],
    ['null', 101, only],
    ['app://desktop', 101, only],
    ['http://example.com', 101, only],
    ['https://anything.example', 101, '*'],
    ['https://good.example', 101, (origin) => origin.includes('good')],
    ['https://bad.example', 403, (origin) => origin.includes('good')],
    ['http://shop.localhost:3000', 101, 'http://*.localhost:3000'],
  ])('%s: %d', async (Origin, expected, allowedOrigins) => {
    expect(await status({ Origin }, allowedOrigins)).toBe(expected);
  });

  it('never reaches the handler, over the Node server either', async () => {
    handler.mockClear();
    expect(await shake('/ws', { headers: { Origin: 'https://evil.example' } })).toMatch(
      /^HTTP\/1\.1 403 Forbidden\r\n/,
    );
    expect(handler).not.toHaveBeenCalled();
    expect(await shake('/ws', { headers: { Origin: 'http://x' } })).toMatch(/^HTTP\/1\.1 101 /);
  });
});
