import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, type Server, type ServerOptions } from '@microdot/core';
import {
  upgradeWebSocket,
  type WebSocketHandler,
  type WebSocketOptions,
  withWebSocket,
} from '@microdot/websocket';
import { WebSocket as Client, type ClientOptions } from 'ws';
import { closeFrame, frame, Peer, TEXT } from './peer.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(
  handler: WebSocketHandler,
  options: WebSocketOptions = {},
  serverOptions: ServerOptions = {},
) {
  const error = jest.fn();
  const app = new Microdot({ logger: { info() {}, error } });
  app.get('/ws', withWebSocket(options, handler));
  app.get('/up', async (request) => {
    const ws = await upgradeWebSocket(request, options);
    await handler(request, ws, {});
  });
  const server = await app.startServer({ port: 0, host: '127.0.0.1', ...serverOptions });
  servers.push(server);
  return { server, error };
}

/** A client whose messages are kept from the start. */
class Talk {
  readonly client: Client;
  readonly messages: unknown[] = [];
  readonly closed: Promise<[code: number, reason: string]>;

  constructor(server: Server, path = '/ws', protocols: string[] = [], options: ClientOptions = {}) {
    const scheme = server.url.startsWith('https') ? 'wss' : 'ws';
    this.client = new Client(`${scheme}://127.0.0.1:${server.port}${path}`, protocols, options);
    this.client.on('message', (data, isBinary) => this.messages.push(isBinary ? data : String(data)));
    this.client.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.client.on('close', (code, reason) => resolve([code, String(reason)]));
    });
  }

  static async open(...args: ConstructorParameters<typeof Talk>): Promise<Talk> {
    const talk = new Talk(...args);
    await new Promise((resolve, reject) => {
      talk.client.once('open', resolve).once('error', reject);
    });
    return talk;
  }

  async received(count: number): Promise<unknown[]> {
    while (this.messages.length < count) await new Promise((resolve) => this.client.once('message', resolve));
    return this.messages.slice(0, count);
  }
}

const echo: WebSocketHandler = async (_request, ws) => {
  for await (const message of ws) await ws.send(message);
};

/** Resolves when `isTrue`, which something else brings about. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('over the Node server', () => {
  it.each(['/ws', '/up'])('talks with a client on %s', async (path) => {
    const { server, error } = await serve(echo);
    const { client, ...talk } = await Talk.open(server, path);
    for (const message of ['hello', Buffer.from([1, 2, 0]), '', 'ünï', Buffer.alloc(0)]) client.send(message);
    await until(() => talk.messages.length === 5);
    expect(talk.messages).toEqual(['hello', Buffer.from([1, 2, 0]), '', 'ünï', Buffer.alloc(0)]);
    client.close(4000, 'done');
    expect(await talk.closed).toEqual([4000, 'done']);
    expect(error).not.toHaveBeenCalled();
  });

  it('gives bytes with a buffer of their own, and no Buffer', async () => {
    const seen: unknown[] = [];
    const { server } = await serve(async (_request, ws) => {
      for await (const message of ws) {
        if (typeof message === 'string') break;
        seen.push(message.constructor.name, message.buffer.byteLength);
      }
    });
    const talk = await Talk.open(server);
    talk.client.send(Buffer.from([1, 2, 3]));
    talk.client.send('end');
    expect(await talk.closed).toEqual([1000, '']);
    expect(seen).toEqual(['Uint8Array', 3]);
  });

  it('closes with 1000 when the handler ends, and with 1011 when it throws', async () => {
    const { server, error } = await serve(async (_request, ws) => {
      if ((await ws.receive()) === 'fail') throw new Error('boom');
    });
    for (const path of ['/ws', '/up']) {
      const good = await Talk.open(server, path);
      good.client.send('end');
      expect(await good.closed).toEqual([1000, '']);
      const bad = await Talk.open(server, path);
      bad.client.send('fail');
      expect(await bad.closed).toEqual([1011, '']);
    }
    expect(error).toHaveBeenCalledTimes(2);
  });

  it('closes with a code and a reason, and waits for the peer to answer', async () => {
    const log: unknown[] = [];
    const { server } = await serve(async (_request, ws) => {
      await ws.close(4001, 'enough');
      log.push(ws.closed, ws.closeCode, ws.closeReason);
    });
    const talk = await Talk.open(server);
    expect(await talk.closed).toEqual([4001, 'enough']);
    await until(() => log.length > 0);
    expect(log).toEqual([true, 4001, 'enough']);
  });

  it('tells the handler why the peer has closed', async () => {
    let error: unknown;
    const { server } = await serve(async (_request, ws) => {
      error = await ws.receive().catch((reason) => reason);
      throw error;
    });
    const talk = await Talk.open(server);
    talk.client.close(4002, 'bored');
    await talk.closed;
    await until(() => error !== undefined);
    expect(error).toMatchObject({
      code: 'CLOSED',
      closeCode: 4002,
      closeReason: 'bored',
      message: 'The WebSocket is closed: 4002 bored',
    });
  });

  it('gives the handler what came before the close', async () => {
    const messages: unknown[] = [];
    const { server } = await serve(async (_request, ws) => {
      await until(() => ws.closed);
      for await (const message of ws) messages.push(message);
      messages.push('end');
    });
    const talk = await Talk.open(server);
    for (const message of ['a', 'b', 'c']) talk.client.send(message);
    talk.client.close();
    await talk.closed;
    expect(messages).toEqual(['a', 'b', 'c', 'end']);
  });

  it('sends the answers to what came before the close, also those that take their time', async () => {
    const ends: unknown[] = [];
    const { server } = await serve(async (_request, ws) => {
      for await (const message of ws) {
        await until(() => ws.closed);
        await ws.send(`re: ${message}`);
      }
      ends.push(ws.closeCode, await ws.send('late').catch((error) => error.code));
    });
    const talk = await Talk.open(server);
    for (const message of ['a', 'b']) talk.client.send(message);
    talk.client.close(4000, 'bye');
    expect(await talk.closed).toEqual([4000, 'bye']);
    expect(talk.messages).toEqual(['re: a', 're: b']);
    await until(() => ends.length === 2);
    expect(ends).toEqual([4000, 'CLOSED']);
  });

  it('answers a close when the handler ends, or throws, without having read what came before', async () => {
    for (const end of [() => {}, () => Promise.reject(new Error('oops'))]) {
      const { server } = await serve(async (_request, ws) => {
        await until(() => ws.closed);
        await ws.send('last');
        await end();
      });
      for (const path of ['/ws', '/up']) {
        const talk = await Talk.open(server, path);
        talk.client.send('unread');
        talk.client.close();
        expect(await talk.closed).toEqual([1005, '']);
        expect(talk.messages).toEqual(['last']);
      }
    }
  });

  it('answers a close at once where no message has come, and in the end where nobody asks for more', async () => {
    const ends: unknown[] = [];
    const { server } = await serve(
      async (_request, ws) => {
        if (ws.protocol) await ws.receive();
        await until(() => ws.closed);
        for (;;) {
          await ws.send('news').catch((error) => {
            ends.push(error.code);
            throw error;
          });
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
      { protocols: ['subscribe'] },
    );
    const silent = await Talk.open(server);
    silent.client.close();
    await silent.closed;
    expect(silent.messages).toEqual([]);
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setInterval', 'Date', 'queueMicrotask'] });
    try {
      const subscribed = await Talk.open(server, '/ws', ['subscribe']);
      subscribed.client.send('everything');
      subscribed.client.close();
      await sleep(50);
      jest.advanceTimersByTime(4900);
      await subscribed.received(1);
      jest.advanceTimersByTime(200);
      await subscribed.closed;
    } finally {
      jest.useRealTimers();
    }
    await until(() => ends.length === 2);
    expect(ends).toEqual(['CLOSED', 'CLOSED']);
  });

  it('answers a peer that has closed its side of the connection behind the close', async () => {
    let isOver = (): void => {};
    const over = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    const { server } = await serve(async (_request, ws) => {
      await ws.receive();
      await over;
    });
    const peer = await Peer.open(server.port, '/ws');
    peer.socket.end(Buffer.concat([frame(TEXT, 'hello'), closeFrame(1000)]));
    expect(await peer.rest()).toEqual(['close 1000']);
    isOver();
  });

  it('agrees on a subprotocol', async () => {
    const { server } = await serve((_request, ws) => ws.send(`${ws.protocol}`), { protocols: ['v2', 'v1'] });
    const talk = await Talk.open(server, '/ws', ['v1', 'v2']);
    expect(talk.client.protocol).toBe('v2');
    expect(await talk.received(1)).toEqual(['v2']);
  });

  it('speaks behind TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microdot-'));
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    execFileSync('openssl', [...request, '-subj', '/CN=localhost', '-keyout', keyFile, '-out', certFile], {
      stdio: 'ignore',
    });
    const tls = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
    rmSync(folder, { recursive: true });
    const { server } = await serve(echo, { pingInterval: 10, maxMessageLength: 500_000 }, { tls });
    const talk = await Talk.open(server, '/ws', [], { rejectUnauthorized: false });
    let pings = 0;
    talk.client.on('ping', () => pings++);
    await until(() => pings >= 3);
    talk.client.send('secret');
    talk.client.send('x'.repeat(300_000));
    expect(await talk.received(2)).toEqual(['secret', 'x'.repeat(300_000)]);
    talk.client.close();
    await talk.closed;
  });

  it('closes with 1001 when the server shuts down, and need not wait for the deadline', async () => {
    const ends: unknown[] = [];
    const { server, error } = await serve(async (_request, ws) => {
      for await (const message of ws) await ws.send(message);
      ends.push(ws.closeCode);
    });
    const talks = [await Talk.open(server), await Talk.open(server, '/up')];
    for (const talk of talks) talk.client.send('hello');
    for (const talk of talks) await talk.received(1);
    await server.close();
    for (const talk of talks) expect(await talk.closed).toEqual([1001, '']);
    expect(ends).toEqual([1001, 1001]);
    expect(error).not.toHaveBeenCalled();
  });

  it('closes at once with 1001 where the handshake ends after the shutdown has begun', async () => {
    const app = new Microdot();
    let arrived = (): void => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let release = (): void => {};
    app.beforeRequest(async () => {
      arrived();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    app.get('/ws', withWebSocket(echo));
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    const talk = new Talk(server);
    await isThere;
    const closed = server.close();
    release();
    expect(await talk.closed).toEqual([1001, '']);
    await closed;
  });

  it('is dropped at the deadline of the shutdown where the peer does not answer', async () => {
    const { server } = await serve(echo, {}, { shutdownTimeout: 20 });
    const talk = await Talk.open(server);
    talk.client.pause();
    await server.close();
    talk.client.terminate();
  });
});

describe('compression', () => {
  const options = { perMessageDeflate: true, maxMessageLength: 200_000 };

  it('is off by default', async () => {
    const { server } = await serve(echo);
    const talk = await Talk.open(server, '/ws', [], { perMessageDeflate: true });
    expect(talk.client.extensions).toBe('');
  });

  it('is agreed on where it is allowed and the client offers it', async () => {
    const { server } = await serve(echo, options);
    const talk = await Talk.open(server, '/ws', [], { perMessageDeflate: { threshold: 0 } });
    expect(talk.client.extensions).toBe('permessage-deflate');
    const messages = ['short', 'x'.repeat(100_000), 'ünïcödé '.repeat(2000), ''];
    for (const message of messages) talk.client.send(message);
    expect(await talk.received(4)).toEqual(messages);
    const plain = await Talk.open(server, '/ws', [], { perMessageDeflate: false });
    plain.client.send('plain');
    expect(await plain.received(1)).toEqual(['plain']);
  });

  it('keeps the order of messages that are not waited for', async () => {
    const { server } = await serve(async (_request, ws) => {
      const sent = Array.from({ length: 50 }, (_, i) => ws.send(`${i} `.repeat(i % 2 === 0 ? 2000 : 1)));
      await Promise.all(sent);
      await ws.receive();
    }, options);
    const talk = await Talk.open(server, '/ws', [], { perMessageDeflate: true });
    const messages = (await talk.received(50)) as string[];
    expect(messages.map((text) => Number.parseInt(text, 10))).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
  });

  it('does not let a bomb go off: what inflates beyond the limit closes with 1009', async () => {
    let error: unknown;
    const { server } = await serve(async (_request, ws) => {
      error = await ws.receive().catch((reason) => reason);
    }, options);
    const talk = await Talk.open(server, '/ws', [], { perMessageDeflate: { threshold: 0 } });
    talk.client.send(Buffer.alloc(50_000_000));
    expect((await talk.closed)[0]).toBe(1009);
    expect(error).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
  });
});
