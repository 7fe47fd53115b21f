import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Microdot, type Server, type ServerOptions } from '@microdot/core';
import { exchange, get, post, wire } from './wire.ts';

const servers: Server[] = [];

async function serve(app: Microdot, options: ServerOptions = {}): Promise<Server> {
  const server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500, ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const CHUNKED = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';

function echoing(): Microdot {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  app.get('/', () => 'ok');
  app.post('/', (request) => String(request.body.length));
  app.post('/stream', async (request) => {
    let length = 0;
    for await (const chunk of request.stream) length += chunk.length;
    return String(length);
  });
  return app;
}

describe('the body of a request', () => {
  it('over the limit by Content-Length is 413, unread', async () => {
    const text = await exchange(await serve(echoing()), post('/', 'x'.repeat(20_000)));
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close[\s\S]*Payload too large$/);
  });

  it('over the limit by chunks is 413, and the connection ends', async () => {
    const line = wire(await serve(echoing()));
    line.send(CHUNKED);
    for (let i = 0; i < 100; i++) line.send(`1000\r\n${'x'.repeat(4096)}\r\n`);
    expect(await line.closed).toMatch(/^(HTTP\/1\.1 413 [\s\S]*Payload too large)?$/);
  });

  it('over the limit by chunks is 413 for whoever reads the stream', async () => {
    const app = new Microdot({ maxBodyLength: 10, maxContentLength: 5000 });
    app.post('/', async (request) => String((await request.stream.read()).length));
    const line = wire(await serve(app));
    line.send(`${CHUNKED}64\r\n${'x'.repeat(100)}\r\n`);
    await sleep(50);
    line.send(`1388\r\n${'x'.repeat(5000)}\r\n`);
    expect(await line.closed).toMatch(/^HTTP\/1\.1 413/);
  });

  it('that is endless does not fill the memory', async () => {
    const server = await serve(echoing());
    const line = wire(server);
    line.send(CHUNKED);
    const before = process.memoryUsage().arrayBuffers;
    let sent = 0;
    const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`;
    while (!line.socket.destroyed && sent < 64 * 1024 * 1024) {
      line.send(chunk);
      sent += 65536;
      await sleep(0);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
    expect(await exchange(server, get('/'))).toMatch(/ok$/);
  });

  it('shorter than its Content-Length never reaches a handler', async () => {
    let called = false;
    const app = new Microdot();
    app.post('/', () => {
      called = true;
      return '';
    });
    const line = wire(await serve(app, { requestTimeout: 1000, headersTimeout: 500 }));
    line.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    expect(await line.closed).toMatch(/^(HTTP\/1\.1 408 [\s\S]*)?$/);
    expect(called).toBe(false);
  });

  it('read in part leaves the connection to the next request', async () => {
    const app = new Microdot({ maxContentLength: 1e6 });
    app.post('/part', async (request) => String((await request.stream.read(10)).length));
    app.get('/', () => 'next');
    const line = wire(await serve(app));
    line.send(`POST /part HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n${'x'.repeat(500_000)}`);
    await line.until(/\r\n\r\n10$/);
    line.send(get('/'));
    expect(await line.closed).toMatch(/next$/);
  });

  it('longer than its Content-Length is not part of it', async () => {
    const seen: string[] = [];
    const app = new Microdot();
    app.post('/', (request) => {
      seen.push(Buffer.from(request.body).toString());
      return 'done';
    });
    const text = await exchange(
      await serve(app),
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcdef\r\n\r\n',
    );
    // What follows is a malformed request of its own, and Node ends the connection over it.
    expect(text).toMatch(/HTTP\/1\.1 400/);
    expect(seen.every((body) => body === 'abc')).toBe(true);
  });

  it.each([
    ['two lengths', 'Content-Length: 3\r\nContent-Length: 4\r\n'],
    ['a length and chunks (request smuggling)', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n'],
    ['a negative length', 'Content-Length: -3\r\n'],
    ['an encoding that nobody knows', 'Transfer-Encoding: chunked, identity\r\n'],
  ])('with %s is 400', async (_, headers) => {
    const text = await exchange(await serve(echoing()), `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\nabc`);
    expect(text).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe('the head of a request', () => {
  it('with two Host lines is 400', async () => {
    expect(await exchange(await serve(echoing()), 'GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400/,
    );
  });

  it.each(['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'])(
    'without Host is 400 (%j)',
    async (headers) => {
      expect(await exchange(await serve(echoing()), `GET / HTTP/1.1\r\n${headers}\r\n`)).toMatch(
        /^HTTP\/1\.1 400/,
      );
    },
  );

  it.each(['a b', 'a/c', 'b@d', 'a?', 'a#', 'a\\b'])('with %s for a Host is 400', async (host) => {
    expect(await exchange(await serve(echoing()), `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400/,
    );
  });

  it('with a line over maxReadline is 414 or 431', async () => {
    const server = await serve(echoing());
    expect(await exchange(server, get(`/${'x'.repeat(2048)}`))).toMatch(
      /^HTTP\/1\.1 414 [\s\S]*Request\.maxReadline/,
    );
    expect(await exchange(server, get('/', `X-Long: ${'x'.repeat(2048)}`))).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*Request\.maxReadline/,
    );
    expect(await exchange(server, get('/', `Cookie: a=${'x'.repeat(4096)}`))).toMatch(/^HTTP\/1\.1 200/);
    expect(await exchange(server, get('/', `Cookie: a=${'x'.repeat(20_000)}`))).toMatch(/^HTTP\/1\.1 431/);
  });

  it('with more than 100 lines is 431', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => `X-${i}: 1`);
    expect(await exchange(await serve(echoing()), get('/', ...lines))).toMatch(/^HTTP\/1\.1 431/);
  });

  it.each([
    'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nX Y: a\r\n\r\n',
    'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n',
    'nonsense\r\n\r\n',
  ])('that is malformed is 400: %j', async (text) => {
    expect(await exchange(await serve(echoing()), text)).toMatch(/^HTTP\/1\.1 400/);
  });

  it('that 200 clients send byte by byte frees their connections within 10 s', async () => {
    const server = await serve(echoing());
    const started = performance.now();
    const lines = Array.from({ length: 200 }, () => wire(server));
    for (const line of lines) line.send('GET / HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => {
      for (const line of lines) if (!line.socket.destroyed) line.send('X: y\r\n');
    }, 500);
    // Others are served meanwhile.
    expect(await exchange(server, get('/'))).toMatch(/ok$/);
    await Promise.all(lines.map((line) => line.closed));
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 20_000);
});

describe('a client that leaves', () => {
  it('in the middle of its body is forgotten, and no error of the application', async () => {
    const errors: unknown[] = [];
    const app = new Microdot({
      maxBodyLength: 10,
      logger: { info() {}, error: (error) => errors.push(error) },
    });
    app.get('/', () => 'ok');
    app.post('/', () => 'whole');
    let seen = (): void => {};
    const over = new Promise<void>((resolve) => {
      seen = resolve;
    });
    app.post('/stream', async (request) => {
      try {
        await request.stream.read();
      } finally {
        seen();
      }
    });
    const server = await serve(app);
    for (const path of ['/', '/stream']) {
      const line = wire(server);
      line.send(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc`);
      await sleep(20);
      line.socket.destroy();
    }
    await over;
    expect(await exchange(server, get('/'))).toMatch(/ok$/);
    expect(errors).toEqual([]);
  });
});
