import { EventEmitter, on } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { abort, Microdot } from '@microdot/core';
import {
  ServerSentEvent,
  type SSE,
  SSEError,
  type SSEHandler,
  type SSEOptions,
  sseResponse,
  withSSE,
} from '@microdot/sse';
import { TestClient } from '@microdot/test-client';

function serve(
  handler: SSEHandler,
  options: SSEOptions = {},
): { client: TestClient; errors: unknown[]; app: Microdot } {
  const errors: unknown[] = [];
  const app = new Microdot({ logger: { info() {}, error: (error) => void errors.push(error) } });
  app.get('/', withSSE(options, handler));
  return { client: new TestClient(app), errors, app };
}

describe('a handler', () => {
  it('sends events until it ends', async () => {
    const { client } = serve(async (_, sse) => {
      await sse.send('one');
      await sse.send({ n: 2 }, { event: 'two', eventId: '2', retry: 0.5 });
    });
    const response = await client.get('/');
    expect(response.statusCode).toBe(200);
    expect(response.events).toEqual([
      { data: 'one', dataJson: undefined, event: undefined, eventId: undefined, retry: undefined },
      { data: '{"n": 2}', dataJson: { n: 2 }, event: 'two', eventId: '2', retry: 0.5 },
    ]);
  });

  it('answers with headers that keep caches and proxies from holding events back', async () => {
    const { client } = serve(() => {});
    const { headers } = await client.get('/');
    expect([...headers]).toEqual([
      ['Content-Type', 'text/event-stream'],
      ['Cache-Control', 'no-store'],
      ['X-Accel-Buffering', 'no'],
    ]);
  });

  it('need not wait for what it sends', async () => {
    const { client } = serve((_, sse) => {
      for (let n = 0; n < 3; n++) void sse.send(n);
    });
    expect((await client.get('/')).text).toBe('data: 0\n\ndata: 1\n\ndata: 2\n\n');
  });

  it('gets the arguments in the URL, and what hooks have left', async () => {
    const app = new Microdot<{ user: string }>();
    app.beforeRequest((request) => {
      request.g.user = 'susan';
    });
    app.get(
      '/<int:id>',
      withSSE((request, sse, { id }) => sse.send([request.g.user, id + 1])),
    );
    expect((await new TestClient(app).get('/7')).text).toBe('data: ["susan", 8]\n\n');
  });

  it('does not start for HEAD', async () => {
    let starts = 0;
    const { client } = serve(() => {
      starts++;
    });
    const response = await client.head('/');
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    expect([response.body.length, starts]).toEqual([0, 0]);
  });

  it('sends no faster than the client reads', async () => {
    let sent = 0;
    const { client } = serve(async (_, sse) => {
      for (;;) {
        await sse.send(sent);
        sent++;
      }
    });
    const response = await client.stream('GET', '/');
    expect(sent).toBe(0);
    for (let n = 1; n <= 3; n++) {
      await response.next();
      await sleep(1);
      expect(sent).toBe(n);
    }
    await response.close();
    expect(sent).toBe(3);
  });

  it('answers every one of several pulls', async () => {
    const { client } = serve(async (_, sse) => {
      await sse.send(0);
      await sleep(1);
      void sse.send(1);
      void sse.send(2);
    });
    const response = await client.stream('GET', '/');
    await response.next();
    const steps = await Promise.all([response.next(), response.next(), response.next()]);
    expect(steps.map(({ value }) => value && Buffer.from(value).toString())).toEqual([
      'data: 1\n\n',
      'data: 2\n\n',
      undefined,
    ]);
  });

  it('breaks the stream off when it fails, behind what it has sent', async () => {
    for (const handler of [
      async (_: unknown, sse: SSE) => {
        void sse.send('one');
        throw new Error('oops');
      },
      (_: unknown, sse: SSE) => {
        void sse.send('one');
        throw new Error('oops');
      },
    ]) {
      const { client } = serve(handler);
      const response = await client.stream('GET', '/');
      expect(Buffer.from((await response.next()).value ?? []).toString()).toBe('data: one\n\n');
      await expect(response.next()).rejects.toMatchObject({
        code: 'BODY_FAILED',
        message: expect.stringMatching(/oops/),
      });
    }
  });

  it('breaks the stream off also where the client waits for an event', async () => {
    const { client } = serve(async () => {
      await sleep(1);
      throw new Error('oops');
    });
    const response = await client.stream('GET', '/');
    await expect(response.next()).rejects.toThrow(/oops/);
  });

  it('is told of an event that it must not send where it sends it', async () => {
    const { client } = serve(async (_, sse) => {
      expect(() => sse.send('x', { event: 'a\nb' })).toThrow(SSEError);
      await sse.send('still here');
    });
    expect((await client.get('/')).text).toBe('data: still here\n\n');
  });

  it('that has ended sends nothing more', async () => {
    let kept: SSE | undefined;
    const { client } = serve((_, sse) => {
      kept = sse;
    });
    expect((await client.get('/')).text).toBe('');
    await expect(kept?.send('late')).rejects.toMatchObject({
      code: 'CLOSED',
      message: expect.stringMatching(/has ended/),
    });
  });
});

describe('a generator', () => {
  it('yields data, and events that have more to them', async () => {
    const { client } = serve(async function* (_, sse) {
      yield 'one';
      yield { n: 2 };
      yield new ServerSentEvent('three', { event: 'e', eventId: '3' });
      yield sse.send('four', { event: 'f' });
      yield;
      yield new TextEncoder().encode('five');
    });
    expect((await client.get('/')).text).toBe(
      'data: one\n\ndata: {"n": 2}\n\nevent: e\nid: 3\ndata: three\n\nevent: f\ndata: four\n\ndata: five\n\n',
    );
  });

  it('may be synchronous, and is asked for no more than is read', async () => {
    let made = 0;
    const { client } = serve(function* () {
      for (;;) yield made++;
    });
    const response = await client.stream('GET', '/');
    const seen: string[] = [];
    for await (const { data } of response.events()) {
      seen.push(data);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['0', '1', '2']);
    expect(made).toBeLessThanOrEqual(4);
  });

  it('runs its finally when the client leaves, wherever it is', async () => {
    const ends: string[] = [];
    const { client, errors } = serve(async function* (_, sse) {
      try {
        yield 'ready';
        await sleep(60_000, undefined, { signal: sse.signal });
      } finally {
        ends.push('waiting');
      }
    });
    const waiting = await client.stream('GET', '/');
    await waiting.next();
    void waiting.next();
    await sleep(1);
    await waiting.close();

    const { client: other } = serve(async function* () {
      try {
        for (;;) yield 'x';
      } finally {
        ends.push('yielding');
      }
    });
    const yielding = await other.stream('GET', '/');
    await yielding.next();
    await yielding.close();
    expect(ends).toEqual(['waiting', 'yielding']);
    expect(errors).toEqual([]);
  });

  it('runs its finally where it yields what is no event', async () => {
    let ended = false;
    const { client } = serve(async function* () {
      try {
        yield Symbol('x') as never;
      } finally {
        ended = true;
      }
    });
    await expect(client.get('/')).rejects.toThrow(/symbol/);
    expect(ended).toBe(true);
  });

  it('may be any iterator: one that waits is asked to stop', async () => {
    const emitter = new EventEmitter();
    const { client } = serve(() => on(emitter, 'news'));
    const response = await client.stream('GET', '/');
    const first = response.next();
    await sleep(1);
    emitter.emit('news', 'x', 1);
    expect(Buffer.from((await first).value ?? []).toString()).toBe('data: ["x", 1]\n\n');
    const second = response.next();
    await sleep(1);
    expect(emitter.listenerCount('news')).toBe(1);
    await response.close();
    expect(emitter.listenerCount('news')).toBe(0);
    expect((await second).done).toBe(true);
  });
});

describe('when the client leaves', () => {
  it('the signal aborts, closed resolves, and what was waiting to be sent is rejected', async () => {
    const log: unknown[] = [];
    const { client, errors } = serve(async (_, sse) => {
      sse.signal.addEventListener('abort', () => log.push('abort'));
      void sse.closed.then(() => log.push('closed'));
      await sse.send('taken');
      try {
        await sse.send('never');
      } catch (error) {
        log.push((error as SSEError).code, error === sse.signal.reason);
      }
      await expect(sse.send('late')).rejects.toMatchObject({ code: 'CLOSED' });
    });
    const response = await client.stream('GET', '/');
    await response.next();
    await sleep(1);
    await response.close();
    expect(log).toEqual(['abort', 'CLOSED', true, 'closed']);
    expect(errors).toEqual([]);
  });

  it('who asks late gets a signal that has aborted', async () => {
    let kept: SSE | undefined;
    const { client } = serve((_, sse) => {
      kept = sse;
      return sse.closed;
    });
    const response = await client.stream('GET', '/');
    void response.next();
    await sleep(1);
    await response.close();
    expect(kept?.signal.aborted).toBe(true);
    await kept?.closed;
  });

  it('a send that nobody waits for fails without ending the process', async () => {
    const rejections: unknown[] = [];
    const listener = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', listener);
    const emitter = new EventEmitter();
    const { client } = serve(async (_, sse) => {
      emitter.on('news', (text: string) => void sse.send(text));
      await sse.closed;
    });
    const response = await client.stream('GET', '/');
    void response.next();
    await sleep(1);
    emitter.emit('news', 'one');
    emitter.emit('news', 'two');
    await response.close();
    emitter.emit('news', 'three');
    await sleep(5);
    process.off('unhandledRejection', listener);
    expect(rejections).toEqual([]);
  });

  it('a handler that does not start needs no end', async () => {
    let starts = 0;
    const { client } = serve(() => {
      starts++;
    });
    const response = await client.stream('GET', '/');
    await response.close();
    expect((await response.next()).done).toBe(true);
    expect(starts).toBe(0);
  });

  it('errors that come of it are no news, and others are logged', async () => {
    const failures = [
      (sse: SSE) => sse.signal.reason,
      (sse: SSE) => new Error('wrapped', { cause: sse.signal.reason }),
      () => new DOMException('', 'AbortError'),
    ];
    for (const failure of failures) {
      const { client, errors } = serve(async (_, sse) => {
        await sse.closed;
        throw failure(sse);
      });
      const response = await client.stream('GET', '/');
      void response.next();
      await response.close();
      expect(errors).toEqual([]);
    }
    const { client, errors } = serve(async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what goes wrong while cleaning up
        throw new Error('the database has gone');
      }
    });
    const response = await client.stream('GET', '/');
    await response.next();
    await sleep(1);
    await response.close();
    expect(errors).toEqual([expect.objectContaining({ message: 'the database has gone' })]);
  });
});

describe('a client that does not read', () => {
  it('is cut off when more waits than may', async () => {
    let reason: unknown;
    const { client, errors } = serve(
      async (_, sse) => {
        const sends = Array.from({ length: 100 }, () => sse.send('x'.repeat(100)));
        const results = await Promise.allSettled(sends);
        expect(results.every(({ status }) => status === 'rejected')).toBe(true);
        reason = sse.signal.reason;
      },
      { maxQueueLength: 1000 },
    );
    const response = await client.stream('GET', '/');
    expect((await response.next()).done).toBe(true);
    expect(reason).toMatchObject({ code: 'TOO_SLOW', message: expect.stringContaining('maxQueueLength') });
    expect(errors).toEqual([]);
  });

  it('gets one event of any size', async () => {
    const { client } = serve((_, sse) => sse.send('x'.repeat(10_000)), { maxQueueLength: 0 });
    expect((await client.get('/')).body.length).toBe(10_008);
  });
});

describe('comments', () => {
  it('keep an idle connection alive, and stop with it', async () => {
    const { client } = serve((_, sse) => sse.closed, { keepAlive: 1 });
    const response = await client.stream('GET', '/');
    for (let n = 0; n < 3; n++) {
      expect(Buffer.from((await response.next()).value ?? []).toString()).toBe(':\n\n');
    }
    await response.close();
    expect((await response.next()).done).toBe(true);
  });

  it('do not pile up for a client that does not read, and can be turned off', async () => {
    const { client } = serve(
      async (_, sse) => {
        await sleep(20);
        await sse.send('x');
      },
      { keepAlive: 1 },
    );
    const response = await client.stream('GET', '/');
    await response.next();
    await sleep(20);
    const texts: string[] = [];
    for await (const text of response.text()) texts.push(text);
    expect(texts.join('')).toBe('data: x\n\n');

    const { client: other } = serve((_, sse) => sleep(5).then(() => sse.send('x')), { keepAlive: 0 });
    expect((await other.get('/')).text).toBe('data: x\n\n');
  });
});

describe('sseResponse', () => {
  it('is for handlers that may answer otherwise', async () => {
    const app = new Microdot();
    app.get('/<int:id>', (request, { id }) => {
      if (id > 1) abort(404, 'No such room');
      const response = sseResponse(request, (sse) => sse.send(`room ${id}`));
      response.setCookie('room', String(id));
      return response;
    });
    const client = new TestClient(app);
    expect((await client.get('/2')).text).toBe('No such room');
    expect((await client.get('/1')).text).toBe('data: room 1\n\n');
    expect(client.cookies.room).toBe('1');
  });
});

describe('Last-Event-ID', () => {
  it.each([
    [undefined, undefined],
    ['42', '42'],
    // As it is on the wire: the UTF-8 that a browser sends.
    ['\xc3\xa9-1', 'é-1'],
    ['\xff', '\ufffd'],
  ])('%j is %j', async (header, id) => {
    const { client } = serve((_, sse) => sse.send([sse.lastEventId ?? null]));
    const headers = header === undefined ? {} : { 'Last-Event-ID': header };
    expect((await client.get('/', { headers })).events?.[0]?.dataJson).toEqual([id ?? null]);
  });
});

describe('options that make no sense', () => {
  it.each([
    { keepAlive: -1 },
    { keepAlive: 2 ** 31 },
    { keepAlive: Number.NaN },
    { maxQueueLength: -1 },
    { maxQueueLength: '1' },
  ])('%j are refused when the handler is made', (options) => {
    expect(() => withSSE(options as SSEOptions, () => {})).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });

  it('among them no handler', () => {
    expect(() => withSSE({} as never)).toThrow(/takes a handler/);
  });
});
