import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { EventLog, type SSE, type SSEError, type SSEHandler, type SSEOptions, withSSE } from '@microdot/sse';
import { seenBy } from './browser.ts';
import { get, wire } from './wire.ts';

const servers: Server[] = [];

async function serve(
  handler: SSEHandler,
  options: SSEOptions = {},
): Promise<{ server: Server; errors: unknown[]; app: Microdot }> {
  const errors: unknown[] = [];
  const app = new Microdot({ logger: { info() {}, error: (error) => void errors.push(error) } });
  app.get('/', withSSE(options, handler));
  const server = await app.startServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  return { server, errors, app };
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Resolves with the reason of the signal, once it has aborted. */
function aborted(sse: SSE): Promise<SSEError> {
  return new Promise((resolve) => {
    sse.signal.addEventListener('abort', () => resolve(sse.signal.reason as SSEError));
  });
}

describe('over the Node server', () => {
  it('the head goes out before the first event, and an event as soon as it is sent', async () => {
    let sse: SSE | undefined;
    const { server } = await serve((_, stream) => {
      sse = stream;
      return stream.closed;
    });
    const line = wire(server);
    line.send(get('/'));
    const head = await line.until(/\r\n\r\n/);
    expect(head).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/event-stream\r\nCache-Control: no-store\r\n/,
    );
    expect(head).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
    await sse?.send('é\r\nx', { event: 'e' });
    await line.until(/\r\n1b\r\nevent: e\ndata: \xc3\xa9\ndata: x\n\n\r\n$/);
    line.socket.destroy();
  });

  it('the handler is told when the client leaves while nothing is sent', async () => {
    const reasons: Promise<SSEError>[] = [];
    const { server, errors } = await serve((_, sse) => {
      reasons.push(aborted(sse));
      return sse.closed;
    });
    for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const line = wire(server);
      line.send(get('/'));
      await line.until(/\r\n\r\n/);
      line.socket[leave]();
    }
    expect((await Promise.all(reasons)).map(({ code }) => code)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    expect(errors).toEqual([]);
  });

  it('a handler that sends for ever ends when the client leaves', async () => {
    let end: () => void;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { server, errors } = await serve(async (_, sse) => {
      try {
        for (let n = 0; ; n++) await sse.send(n);
      } finally {
        end();
      }
    });
    const line = wire(server);
    line.send(get('/'));
    await line.until(/data: 10\n/);
    line.socket.destroy();
    await ended;
    expect(errors).toEqual([]);
  });

  it('a peer that never reads stops the handler that waits, and costs what is bounded', async () => {
    let sent = 0;
    const { server } = await serve(async (_, sse) => {
      for (;;) {
        await sse.send('x'.repeat(10_000));
        sent++;
      }
    });
    const line = wire(server);
    line.socket.pause();
    line.send(get('/'));
    // Until nothing moves: the buffers of two sockets, and 64 KiB.
    let before: number;
    do {
      before = sent;
      await sleep(50);
    } while (sent === 0 || sent > before);
    expect(sent * 10_000).toBeLessThan(32 * 1024 * 1024);
    line.socket.destroy();
  });

  it('a peer that never reads is cut off by a handler that does not wait', async () => {
    let sent = 0;
    let reason: Promise<SSEError> | undefined;
    const { server, errors } = await serve(
      async (_, sse) => {
        reason = aborted(sse);
        while (!sse.signal.aborted) {
          void sse.send('x'.repeat(10_000));
          if (++sent % 10 === 0) await sleep(0);
        }
      },
      { maxQueueLength: 100_000 },
    );
    const line = wire(server);
    line.socket.pause();
    line.send(get('/'));
    while (!reason) await sleep(1);
    expect(await reason).toMatchObject({ code: 'TOO_SLOW' });
    line.socket.resume();
    // A clean end: the browser connects again.
    expect(await line.closed).toMatch(/\r\n0\r\n\r\n$/);
    expect(errors).toEqual([]);
  });

  it('an error of the handler is logged and cuts the connection, behind what was sent', async () => {
    const { server, errors } = await serve(async (_, sse) => {
      await sse.send('one');
      throw new Error('oops');
    });
    const line = wire(server);
    line.send(get('/'));
    const text = await line.closed;
    expect(text).toMatch(/data: one\n\n/);
    expect(text).not.toMatch(/\r\n0\r\n|oops/);
    expect(errors).toEqual([expect.objectContaining({ message: 'oops' })]);
  });

  it('shutting down ends the streams, and aborts their signals', async () => {
    let reason: Promise<SSEError> | undefined;
    const { server, errors } = await serve(async (_, sse) => {
      reason = aborted(sse);
      await sse.send('ready');
      await sleep(60_000, undefined, { signal: sse.signal });
    });
    const line = wire(server);
    line.send(get('/'));
    await line.until(/ready/);
    await server.close();
    expect(await line.closed).toMatch(/ready\n\n\r\n0\r\n\r\n$/);
    expect(await reason).toMatchObject({ code: 'CLOSED' });
    expect(errors).toEqual([]);
  });

  it('HEAD does not start the handler', async () => {
    let starts = 0;
    const { server } = await serve(() => {
      starts++;
    });
    const line = wire(server);
    line.send(get('/').replace('GET', 'HEAD'));
    expect(await line.closed).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/event-stream\r\n[\s\S]*\r\n\r\n$/,
    );
    expect(starts).toBe(0);
  });

  it('HTTP/1.0 gets a stream that ends with the connection', async () => {
    const { server } = await serve(function* () {
      yield 'one';
      yield 'two';
    });
    const line = wire(server);
    line.send('GET / HTTP/1.0\r\n\r\n');
    expect(await line.closed).toMatch(/\r\n\r\ndata: one\n\ndata: two\n\n$/);
  });

  it('a client that connects again gets what it has missed', async () => {
    const log = new EventLog();
    const { server } = await serve((_, sse) => log.follow(sse));
    const first = wire(server);
    first.send(get('/'));
    await first.until(/\r\n\r\n/);
    log.send('one');
    await first.until(/data: one\n\n/);
    first.socket.destroy();
    log.send('two');
    log.send('thr\ree', { event: 'e' });
    const [seen] = seenBy(chunks(first.text)).events;
    const second = wire(server);
    second.send(get('/', `Last-Event-ID: ${seen?.id}`));
    await second.until(/data: ee\n\n/);
    expect(seenBy(chunks(second.text)).events.map(({ data }) => data)).toEqual(['two', 'thr\nee']);
    second.socket.destroy();
  });

  it('every client of many gets every event', async () => {
    const log = new EventLog();
    const { server } = await serve((_, sse) => log.follow(sse));
    const lines = Array.from({ length: 50 }, () => wire(server));
    for (const line of lines) line.send(get('/'));
    await Promise.all(lines.map((line) => line.until(/\r\n\r\n/)));
    for (let n = 0; n < 20; n++) {
      log.send(n);
      if (n % 3 === 0) await sleep(1);
    }
    const texts = await Promise.all(lines.map((line) => line.until(/data: 19\n\n/)));
    for (const text of texts) {
      const { events, errors } = seenBy(chunks(text));
      expect(errors).toEqual([]);
      expect(events.map(({ data }) => data)).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
    }
    for (const line of lines) line.socket.destroy();
  });
});

/** What is in the chunks that have come (RFC 9112 7.1). */
function chunks(text: string): string {
  let rest = text.slice(text.indexOf('\r\n\r\n') + 4);
  let body = '';
  for (;;) {
    const size = /^([0-9a-f]+)\r\n/.exec(rest);
    if (!size) return body;
    const start = size[0].length;
    const length = Number.parseInt(size[1] as string, 16);
    body += rest.slice(start, start + length);
    rest = rest.slice(start + length + 2);
  }
}
