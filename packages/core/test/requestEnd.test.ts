import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { abort, Microdot, Request, RequestHeaders, type Server } from '@microdot/core';
import { endRequest, onEnd } from '@microdot/core/extension';
import { exchange, get, wire } from './wire.ts';

const log: string[] = [];
const app = new Microdot({
  logger: { info() {}, error: (error, message) => void log.push(`${String(error)}, ${message}`) },
});
app.beforeRequest((request) => onEnd(request, () => log.push(`${request.path} is over`)));
app.get('/text', () => 'text');
app.get('/promise', async () => 'promise');
app.get('/abort', () => abort(418));
app.get('/none', () => undefined);
async function* numbers(): AsyncGenerator<string> {
  try {
    yield 'one';
    log.push('half');
    yield 'two';
  } finally {
    await null;
    log.push('closed');
  }
}
app.get('/stream', () => numbers());
app.get('/broken', () =>
  (async function* () {
    yield 'one';
    throw new Error('oops');
  })(),
);
app.get('/endless', () =>
  (async function* () {
    try {
      for (;;) yield 'x'.repeat(10_000);
    } finally {
      log.push('closed');
    }
  })(),
);
app.get('/upgrade', () => 'no upgrade');

let server: Server;

beforeAll(async () => {
  server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500 });
});

afterAll(() => server.close());

async function logged(count: number): Promise<string[]> {
  while (log.length < count) await sleep(5);
  return log.splice(0);
}

describe('a request is over', () => {
  it.each([['/text'], ['/promise'], ['/abort'], ['/none']])('once %s is answered', async (path) => {
    await exchange(server, get(path));
    expect(await logged(1)).toEqual([`${path} is over`]);
  });

  it('once a stream has ended', async () => {
    await exchange(server, get('/stream'));
    expect(await logged(3)).toEqual(['half', 'closed', '/stream is over']);
  });

  it('once a stream has been closed that nobody reads', async () => {
    await exchange(server, get('/stream').replace('GET', 'HEAD'));
    expect(await logged(1)).toEqual(['/stream is over']);
  });

  it('once a stream has broken off', async () => {
    await exchange(server, get('/broken'));
    expect(await logged(2)).toEqual(['Error: oops, GET /broken', '/broken is over']);
  });

  it('once the client has left', async () => {
    const line = wire(server);
    line.send(get('/endless'));
    await line.until(/xxx/);
    line.socket.destroy();
    expect(await logged(2)).toEqual(['closed', '/endless is over']);
  });

  it('once an upgrade is refused', async () => {
    await exchange(server, get('/upgrade', 'Connection: Upgrade\r\nUpgrade: x\r\n'));
    expect(await logged(1)).toEqual(['/upgrade is over']);
  });
});

describe('endRequest()', () => {
  const request = (): Request =>
    new Request(app, {
      method: 'GET',
      url: '/x',
      headers: new RequestHeaders([]),
      transport: { scheme: 'http' },
    });

  it('calls everything once, one after the other, and logs what goes wrong', async () => {
    const ended = request();
    onEnd(ended, async () => {
      await null;
      log.push('first');
    });
    onEnd(ended, () => {
      throw new Error('cannot be put away');
    });
    onEnd(ended, () => log.push('last'));
    await Promise.all([endRequest(ended), endRequest(ended)]);
    expect(log.splice(0)).toEqual(['first', 'Error: cannot be put away, GET /x', 'last']);
  });

  it('promises nothing where there is nothing to do', () => {
    expect(endRequest(request())).toBeUndefined();
  });
});
