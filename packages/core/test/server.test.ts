import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Microdot, Response, type Server, type ServerOptions } from '@microdot/core';
import { onEnd } from '@microdot/core/extension';
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

function quiet(): { app: Microdot; errors: unknown[]; lines: string[] } {
  const errors: unknown[] = [];
  const lines: string[] = [];
  const logger = {
    info: (line: string) => void lines.push(line),
    error: (error: unknown) => void errors.push(error),
  };
  return { app: new Microdot({ logger }), errors, lines };
}

describe('the server', () => {
  it('serves requests one after the other on one connection', async () => {
    const app = new Microdot();
    app.get('/<x>', (_, { x }) => x);
    const line = wire(await serve(app));
    line.send('GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n');
    const text = await line.until(/two$/);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(text).toMatch(/Date: .* GMT/);
    line.socket.destroy();
  });

  it('goes on with a connection when a body that was read in part is let go after the answer', async () => {
    const app = new Microdot({ maxContentLength: 1_000_000 });
    app.post('/', async (request) => {
      const chunks = request.stream[Symbol.asyncIterator]();
      await chunks.next();
      onEnd(request, async () => {
        await sleep(20);
        await chunks.return();
      });
      return 'one';
    });
    app.get('/', () => 'two');
    const line = wire(await serve(app));
    line.send(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`);
    line.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await line.until(/one[^]*two$/);
    line.socket.destroy();
  });

  it('writes HEAD, 204 and 304 without a body', async () => {
    const app = new Microdot();
    app.get('/', () => 'body');
    app.get('/none', () => undefined);
    app.get('/same', () => new Response('ignored', 304, { ETag: '"x"' }));
    const server = await serve(app);
    const head = await exchange(server, get('/').replace('GET', 'HEAD'));
    expect(head).toMatch(/Content-Length: 4\r\n/);
    expect(head).toMatch(/\r\n\r\n$/);
    for (const [path, status] of [
      ['/none', 204],
      ['/same', 304],
    ] as const) {
      const text = await exchange(server, get(path));
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(text).not.toMatch(/Content-Length|Content-Type|Transfer-Encoding/);
      expect(text).toMatch(/\r\n\r\n$/);
    }
  });

  it('writes a head in Latin-1 whatever the body is', async () => {
    const app = new Microdot();
    const headers = { 'X-City': 'Zürich' };
    app.get('/ascii', () => new Response('plain', 200, headers));
    app.get('/text', () => new Response('Zürich, 東京', 200, headers));
    app.get('/bytes', () => new Response(Buffer.from('Zürich'), 200, headers));
    const server = await serve(app);
    for (const [path, body] of [
      ['/ascii', 'plain'],
      ['/text', 'Zürich, 東京'],
      ['/bytes', 'Zürich'],
    ] as const) {
      const text = await exchange(server, get(path));
      expect(text).toMatch(/\r\nX-City: Z\xfcrich\r\n/);
      expect(Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').toString()).toBe(body);
    }
  });

  it('says the length that a body has, not one that would part it from the next (response splitting)', async () => {
    const app = new Microdot();
    const say = (headers: Record<string, string>) => new Response('abcabc', 200, headers);
    app.get('/less', () => say({ 'Content-Length': '3' }));
    app.get('/more', () => say({ 'Content-Length': '10' }));
    app.get('/empty', () => new Response('', 200, { 'Content-Length': '10' }));
    app.get('/chunked', () => say({ 'Transfer-Encoding': 'chunked' }));
    const server = await serve(app);
    for (const path of ['/less', '/more', '/empty', '/chunked']) {
      const text = await exchange(server, get(path));
      expect(text.match(/Content-Length: .*/g)).toEqual([
        path === '/empty' ? 'Content-Length: 0' : 'Content-Length: 6',
      ]);
      expect(text).not.toMatch(/Transfer-Encoding/);
    }
  });

  it('writes the bytes of any view', async () => {
    const app = new Microdot();
    app.get('/', () => new DataView(Uint8Array.of(0, 0x61, 0x62).buffer, 1));
    expect(await exchange(await serve(app), get('/'))).toMatch(/Content-Length: 2\r\n[\s\S]*\r\n\r\nab$/);
  });

  it('says the length of an empty body, and a reason of the application', async () => {
    const app = new Microdot();
    app.get('/', () => new Response(null, 404, {}, 'Gone Fishing'));
    expect(await exchange(await serve(app), get('/'))).toMatch(
      /^HTTP\/1\.1 404 Gone Fishing\r\n[\s\S]*Content-Length: 0\r\n/,
    );
  });

  it('reads a body, chunked or not, before the handler runs', async () => {
    const app = new Microdot();
    app.post('/', (request) => [request.contentLength, Buffer.from(request.body).toString()]);
    const server = await serve(app);
    expect(await exchange(server, post('/', 'héllo'))).toMatch(/\[6,"héllo"\]$|\[6,"hÃ©llo"\]$/);
    const chunked =
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n';
    expect(await exchange(server, chunked)).toMatch(/\[5,"abcde"\]$/);
  });

  it('gives a larger body as a stream', async () => {
    const app = new Microdot({ maxBodyLength: 10, maxContentLength: 1e6 });
    app.post('/', async (request) => {
      let length = 0;
      for await (const chunk of request.stream) length += chunk.length;
      return `${request.body.length} ${length}`;
    });
    const server = await serve(app);
    expect(await exchange(server, post('/', 'x'.repeat(500_000)))).toMatch(/0 500000$/);
    const chunk = `186a0\r\n${'x'.repeat(100_000)}\r\n`;
    const chunked = `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`;
    expect(await exchange(server, chunked)).toMatch(/0 300000$/);
  });

  it('goes on with a connection where a handler has answered without reading the body', async () => {
    const app = new Microdot({ maxBodyLength: 10, maxContentLength: 1e6 });
    app.post('/', () => 'early');
    app.get('/', () => 'next');
    const line = wire(await serve(app));
    line.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n');
    await line.until(/early/);
    line.send('x'.repeat(500_000));
    line.send(get('/'));
    expect(await line.closed).toMatch(/next$/);
  });

  it('tells a client to go on only where its body is wanted', async () => {
    const app = new Microdot();
    app.post('/', (request) => String(request.body.length));
    const server = await serve(app);
    const line = wire(server);
    line.send(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    );
    await line.until(/100 Continue/);
    line.send('abc');
    expect(await line.closed).toMatch(/3$/);
    const refused = await exchange(
      server,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(refused).toMatch(/^HTTP\/1\.1 413/);
  });

  it('refuses a target beyond ASCII, which is to be percent-encoded', async () => {
    const app = new Microdot();
    app.get('/<x>', (_, { x }) => x);
    const server = await serve(app);
    expect(await exchange(server, get('/é'))).toMatch(/^HTTP\/1\.1 400/);
    expect(await exchange(server, get('/%C3%A9'))).toMatch(Buffer.from('é').toString('latin1'));
  });

  it('knows its client', async () => {
    const app = new Microdot();
    app.get('/', (request) => [request.scheme, request.clientAddr?.[0]]);
    expect(await exchange(await serve(app), get('/'))).toMatch(/\["http","127.0.0.1"\]$/);
  });

  it('logs a line per request when debugging', async () => {
    const { app, lines } = quiet();
    app.get('/', () => 'x');
    const server = await serve(app, { debug: true });
    await exchange(server, get('/?a=1'));
    await exchange(server, get('/none'));
    expect(lines).toEqual(['GET / 200', 'GET /none 404']);
  });

  it('speaks TLS', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'microdot-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '1',
        '-subj',
        '/CN=localhost',
      ],
      { stdio: 'ignore' },
    );
    const app = new Microdot();
    app.get('/', (request) => request.scheme);
    const server = await serve(app, { tls: { key: readFileSync(key), cert: readFileSync(cert) } });
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`);
    const text = await new Promise<string>((resolve, reject) => {
      const req = httpsRequest(server.url, { rejectUnauthorized: false, agent: false }, (res) => {
        res.setEncoding('utf8').on('data', resolve);
      });
      req.on('error', reject).end();
    });
    expect(text).toBe('https');
  });

  it('explains why it cannot listen', async () => {
    const { port } = await serve(new Microdot());
    await expect(new Microdot().startServer({ port, host: '127.0.0.1' })).rejects.toThrow(
      `Port ${port} is taken`,
    );
    await expect(new Microdot().startServer({ port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'CANNOT_LISTEN',
    });
  });

  it.each([
    ['a length', 'Content-Length: 7\r\n', '{"a":1}'],
    ['chunks', 'Transfer-Encoding: chunked\r\n', '7\r\n{"a":1}\r\n0\r\n\r\n'],
  ])('reads a body with %s of a client that would rather speak HTTP/2', async (_, headers, body) => {
    const app = new Microdot();
    app.post('/', (request) => ({ got: request.json }));
    const line = wire(await serve(app));
    const head =
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    for (const _ of [1, 2]) {
      line.send(`${head}Content-Type: application/json\r\n${headers}\r\n${body}`);
      await line.until(/\{"got":\{"a":1\}\}$/);
    }
    line.socket.destroy();
  });

  it('explains what is wrong with its options', async () => {
    const { app } = quiet();
    await expect(app.startServer({ port: 70_000 })).rejects.toMatchObject({ code: 'CANNOT_LISTEN' });
    await expect(app.startServer({ port: 0, tls: { cert: 'no', key: 'no' } })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });

  it('answers, and cuts what fails, where its logger throws', async () => {
    const throws = (): never => {
      throw new Error('log');
    };
    const app = new Microdot({ logger: { info: throws, error: throws } });
    app.get('/', () => 'ok');
    app.get('/throw', () => throws());
    app.get('/stream', function* () {
      yield 'half';
      throws();
    });
    const server = await serve(app, { debug: true });
    expect(await exchange(server, get('/'))).toMatch(/ok$/);
    expect(await exchange(server, get('/throw'))).toMatch(/^HTTP\/1\.1 500/);
    expect(await exchange(server, get('/stream'))).not.toMatch(/0\r\n\r\n$/);
  });

  it('gives a raw socket to a handler that takes it, and writes no response then', async () => {
    const app = new Microdot();
    app.get('/up', (request) => {
      const socket = request.transport.takeSocket?.().socket as Socket;
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
      socket.pipe(socket);
      return Response.alreadyHandled;
    });
    app.get('/no', () => new Response('no', 403));
    const server = await serve(app);
    const line = wire(server);
    const upgrade = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`;
    line.send(upgrade('/up'));
    await line.until(/101[\s\S]*\r\n\r\n$/);
    line.send('ping');
    await line.until(/ping$/);
    line.socket.destroy();
    expect(await exchange(server, upgrade('/no'))).toMatch(
      /^HTTP\/1\.1 403[\s\S]*Connection: close[\s\S]*no$/,
    );
  });
});

describe('a socket that was taken', () => {
  const upgrade = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n';

  it('is destroyed where its handler fails and nobody has said how to end it', async () => {
    const { app, errors } = quiet();
    app.get('/', (request) => {
      request.transport.takeSocket?.();
      throw new Error('after that');
    });
    expect(await exchange(await serve(app), upgrade)).toBe('');
    expect(errors).toHaveLength(1);
  });

  it('is told when the server shuts down', async () => {
    const app = new Microdot();
    app.get('/', (request) => {
      const raw = request.transport.takeSocket?.();
      const socket = raw?.socket as Socket;
      socket.write('taken');
      raw?.onEnd((why) => socket.end(why));
      return Response.alreadyHandled;
    });
    const server = await serve(app);
    const line = wire(server);
    line.send(upgrade);
    await line.until(/taken/);
    void server.close();
    expect(await line.closed).toBe('takenshutdown');
  });
});

describe('a streamed response', () => {
  it('arrives piece by piece', async () => {
    const app = new Microdot();
    let release = (): void => {};
    app.get('/', async function* () {
      yield 'first';
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield 'second';
    });
    const line = wire(await serve(app));
    line.send(get('/'));
    await line.until(/first/);
    expect(line.text).not.toMatch(/second/);
    release();
    expect(await line.closed).toMatch(/second\r\n0\r\n\r\n$/);
  });

  it('has its head sent while the first piece takes its time', async () => {
    const app = new Microdot();
    app.get('/', async function* () {
      await sleep(60_000, undefined, { ref: false });
      yield 'late';
    });
    const line = wire(await serve(app));
    line.send(get('/'));
    await line.until(/HTTP\/1\.1 200[\s\S]*\r\n\r\n$/);
    line.socket.destroy();
  });

  it('that was sent before is a server error for the second client', async () => {
    const { app, errors } = quiet();
    const once = new Response(['x'].values());
    app.get('/', () => once);
    const server = await serve(app);
    expect(await exchange(server, get('/'))).toMatch(/^HTTP\/1\.1 200/);
    expect(await exchange(server, get('/'))).toMatch(/^HTTP\/1\.1 500/);
    expect(errors).toEqual([expect.objectContaining({ code: 'BODY_USED' })]);
  });

  it('is not pulled where the client has left before', async () => {
    const app = new Microdot();
    let pulled = 0;
    app.get('/', async (request) => {
      line.socket.destroy();
      // What the server knows of a socket, it knows when a client that came later is answered.
      await exchange(server, get('/other'));
      const over = new Promise<void>((resolve) => onEnd(request, resolve));
      void over.then(ended);
      return (async function* () {
        for (; pulled < 1000; pulled++) yield 'x';
      })();
    });
    app.get('/other', () => 'other');
    let ended = (): void => {};
    const isOver = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const server = await serve(app);
    const line = wire(server);
    line.send(get('/'));
    await isOver;
    expect(pulled).toBe(0);
  });

  it('whose generator throws midway is cut, not ended', async () => {
    const { app, errors } = quiet();
    app.get('/', function* () {
      yield 'half';
      throw new Error('midway');
    });
    const text = await exchange(await serve(app), get('/'));
    expect(text).toMatch(/half/);
    expect(text).not.toMatch(/0\r\n\r\n$/);
    expect(errors).toEqual([expect.objectContaining({ message: 'midway' })]);
  });

  it('that is shorter or longer than it said is cut', async () => {
    const { app, errors } = quiet();
    app.get('/short', () => new Response(['a'].values(), 200, { 'Content-Length': '5' }));
    app.get('/long', () => new Response(['abc', 'def'].values(), 200, { 'Content-Length': '5' }));
    const server = await serve(app);
    await exchange(server, get('/short'));
    expect(await exchange(server, get('/long'))).not.toMatch(/def/);
    expect(errors).toHaveLength(2);
  });

  it('stops its generator when the peer leaves', async () => {
    const app = new Microdot();
    let stopped = (): void => {};
    const over = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    app.get('/', async function* () {
      try {
        for (;;) {
          yield 'tick\n';
          await sleep(5);
        }
      } finally {
        stopped();
      }
    });
    const line = wire(await serve(app));
    line.send(get('/'));
    await line.until(/tick/);
    line.socket.destroy();
    await over;
  });

  it('is not run for HEAD, but closed', async () => {
    const app = new Microdot();
    let [started, closed] = [false, false];
    const source = {
      next: () => {
        started = true;
        return { done: true as const, value: undefined };
      },
      return: () => {
        closed = true;
        return { done: true as const, value: undefined };
      },
    };
    app.get('/', () => source);
    await exchange(await serve(app), get('/').replace('GET', 'HEAD'));
    expect([started, closed]).toEqual([false, true]);
  });

  it('waits for a slow reader: an endless stream leaves memory flat', async () => {
    const app = new Microdot();
    let produced = 0;
    app.get('/', function* () {
      const chunk = new Uint8Array(16384);
      for (;;) {
        produced += chunk.length;
        yield chunk;
      }
    });
    const line = wire(await serve(app));
    line.socket.pause();
    line.send(get('/'));
    await sleep(300);
    const before = produced;
    await sleep(300);
    // What the kernel's two socket buffers took, and 64 KiB of ours; nothing is made after that.
    expect(produced).toBe(before);
    expect(produced).toBeLessThan(32 * 1024 * 1024);
    line.socket.destroy();
  });
});

describe('shutdown', () => {
  it('finishes what is in flight, refuses what comes, and closes idle connections', async () => {
    const app = new Microdot();
    app.get('/', async () => {
      await sleep(150);
      return 'finished';
    });
    const server = await serve(app, { shutdownTimeout: 5000 });
    const idle = wire(server);
    idle.send('GET /none HTTP/1.1\r\nHost: x\r\n\r\n');
    await idle.until(/Not found/);
    const busy = wire(server);
    busy.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await sleep(50);
    const closing = server.close();
    await idle.closed;
    expect(await busy.closed).toMatch(/Connection: close[\s\S]*finished$/);
    await closing;
    const late = wire(server);
    expect(await late.closed).toBe('');
  });

  it('does not wait for clients that have sent nothing', async () => {
    const server = await serve(new Microdot(), { shutdownTimeout: 60_000 });
    const fresh = wire(server);
    await exchange(server, get('/'));
    await server.close();
    expect(await fresh.closed).toBe('');
  });

  it('gives up after its deadline, and stops the generators', async () => {
    const app = new Microdot();
    let stopped = false;
    app.get('/', async function* () {
      try {
        for (;;) {
          yield 'tick';
          await sleep(10);
        }
      } finally {
        stopped = true;
      }
    });
    const server = await serve(app, { shutdownTimeout: 100 });
    const line = wire(server);
    line.send(get('/'));
    await line.until(/tick/);
    await server.close();
    await line.closed;
    expect(line.text).not.toMatch(/0\r\n\r\n$/);
    await sleep(20);
    expect(stopped).toBe(true);
  });

  it('ends event streams at once', async () => {
    const app = new Microdot();
    app.get('/', () => {
      async function* events(): AsyncGenerator<string> {
        for (;;) {
          yield 'data: x\n\n';
          await sleep(10);
        }
      }
      return new Response(events(), 200, { 'Content-Type': 'text/event-stream' });
    });
    const server = await serve(app, { shutdownTimeout: 5000 });
    const line = wire(server);
    line.send(get('/'));
    await line.until(/data: x/);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(2000);
    expect(await line.closed).toMatch(/0\r\n\r\n$/);
  });

  it('can be asked for by a handler', async () => {
    const app = new Microdot();
    app.get('/stop', () => {
      void app.shutdown();
      return 'stopping';
    });
    const server = await serve(app);
    expect(await exchange(server, get('/stop'))).toMatch(/stopping$/);
    await server.closed;
  });
});

// A program of its own, as signals go to processes: it runs the built package.
const built = fileURLToPath(new URL('../dist/node.js', import.meta.url));

(process.env.MICRODOT_TARGET === 'dist' ? describe : describe.skip)('run()', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints where it listens, and ends on %s', async (signal) => {
    const program = `import { Microdot } from ${JSON.stringify(built)};
      const app = new Microdot(); app.get('/', () => 'x');
      await app.run({ port: 0 }); console.log('over');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        output += data;
        if (/\(Ctrl-C/.test(output)) resolve();
      });
    });
    expect(output).toMatch(/^Listening on http:\/\/localhost:\d+ /);
    child.kill(signal);
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(0);
    expect(output).toMatch(/over\n$/);
  });
});
