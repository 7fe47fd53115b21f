import { describe, expect, it, jest } from '@jest/globals';
import { abort, Microdot, Request, Response } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import {
  upgradeWebSocket,
  WebSocket,
  WebSocketError,
  type WebSocketHandler,
  type WebSocketOptions,
  withWebSocket,
} from '@microdot/websocket';

function appWith(handler: WebSocketHandler, options: WebSocketOptions = {}) {
  const error = jest.fn();
  const app = new Microdot({ logger: { info() {}, error } });
  app.get('/ws', withWebSocket(options, handler));
  return { app, client: new TestClient(app), error };
}

const echo: WebSocketHandler = async (_request, ws) => {
  for (;;) await ws.send(await ws.receive());
};

describe('withWebSocket', () => {
  it('gives the handler a WebSocket that receives and sends text and bytes', async () => {
    const { client, error } = appWith(echo, { maxMessageLength: 70_000 });
    const received: unknown[] = [];
    await client.websocket('/ws', async function* () {
      received.push(yield 'hello');
      received.push(yield new Uint8Array([1, 2]));
      received.push(yield '');
      received.push(yield '*'.repeat(65_537));
    });
    expect(received).toEqual(['hello', new Uint8Array([1, 2]), '', '*'.repeat(65_537)]);
    expect(error).not.toHaveBeenCalled();
  });

  it('gives the handler the request and the arguments in the URL', async () => {
    const app = new Microdot();
    const rooms = new Microdot();
    rooms.get(
      '/<int:id>/<name>',
      withWebSocket((request, ws, { id, name }) => ws.send(`${request.args.get('q')} ${id + 1} ${name}`)),
    );
    app.mount(rooms, { urlPrefix: '/rooms' });
    const ws = await new TestClient(app).connect('/rooms/41/a%20b?q=x');
    expect(await ws.receive()).toBe('x 42 a b');
  });

  it('closes with 1000 when the handler ends', async () => {
    const ws = await appWith((_request, ws) => ws.send('bye')).client.connect('/ws');
    expect([await ws.receive(), await ws.receive()]).toEqual(['bye', undefined]);
    expect(ws.closeCode).toBe(1000);
  });

  it('closes with 1011 when the handler throws, logs it, and tells the peer nothing', async () => {
    const failure = new Error('the password is hunter2');
    for (const handler of [
      () => {
        throw failure;
      },
      () => Promise.reject(failure),
    ]) {
      const { client, error } = appWith(handler);
      const ws = await client.connect('/ws');
      expect(await ws.receive()).toBeUndefined();
      expect([ws.closeCode, ws.closeReason]).toEqual([1011, '']);
      expect(error).toHaveBeenCalledWith(failure, 'GET /ws');
    }
  });

  it('takes an abort after the upgrade for the failure that it is', async () => {
    const { client, error } = appWith(() => abort(404));
    const ws = await client.connect('/ws');
    await ws.receive();
    expect(ws.closeCode).toBe(1011);
    expect(error).toHaveBeenCalledTimes(1);
  });

  it('logs nothing where the handler ends as the peer has left', async () => {
    const { client, error } = appWith(echo);
    const ws = await client.connect('/ws');
    await ws.close();
    expect(error).not.toHaveBeenCalled();
  });

  it('logs it where a handler fails over the WebSocket of another', async () => {
    let other: WebSocket | undefined;
    const { client, error } = appWith(async (_request, ws) => {
      if (other) await other.send('hello?');
      other = ws;
      await ws.receive();
    });
    await (await client.connect('/ws')).close();
    const ws = await client.connect('/ws');
    await ws.receive();
    expect(ws.closeCode).toBe(1011);
    expect(error).toHaveBeenCalledWith(expect.any(WebSocketError), 'GET /ws');
  });

  it('runs hooks as on any route: what they refuse never upgrades', async () => {
    const app = new Microdot();
    const handler = jest.fn<WebSocketHandler>();
    let isOpen = false;
    app.beforeRequest(async () => (isOpen ? undefined : new Response('Come back tomorrow', 503)));
    app.get('/ws', withWebSocket(handler));
    const client = new TestClient(app);
    await expect(client.connect('/ws')).rejects.toMatchObject({ response: { statusCode: 503 } });
    expect(handler).not.toHaveBeenCalled();
    isOpen = true;
    await (await client.connect('/ws')).close();
    expect(handler).toHaveBeenCalled();
  });

  it('gives after-request hooks a response of their own, on which headers cannot pile up', async () => {
    const app = new Microdot();
    const seen: number[] = [];
    app.afterRequest((_request, response) => {
      response.headers.append('Set-Cookie', 'a=1');
      seen.push(response.headers.getAll('Set-Cookie').length);
    });
    app.get(
      '/ws',
      withWebSocket(() => {}),
    );
    const client = new TestClient(app);
    for (let i = 0; i < 3; i++) await (await client.connect('/ws')).close();
    expect(seen).toEqual([1, 1, 1]);
  });
});

describe('upgradeWebSocket', () => {
  it('upgrades from within a handler, which may decide otherwise before', async () => {
    const app = new Microdot();
    const log: unknown[] = [];
    app.afterRequest((_request, response) => {
      log.push(response.statusCode);
    });
    app.get('/ws', async (request) => {
      if (!request.args.has('key')) abort(401, 'Who are you?');
      const ws = await upgradeWebSocket(request);
      for await (const message of ws) await ws.send(message);
      return 'never sent';
    });
    const client = new TestClient(app);
    await expect(client.connect('/ws')).rejects.toMatchObject({ response: { statusCode: 401 } });
    const received: unknown[] = [];
    await client.websocket('/ws?key=1', async function* () {
      received.push(yield 'hello');
    });
    expect(received).toEqual(['hello']);
    expect(log).toEqual([200]);
  });

  it('closes when the handler ends, with 1011 where it fails', async () => {
    const error = jest.fn();
    const app = new Microdot({ logger: { info() {}, error } });
    app.get('/ws', async (request) => {
      const ws = await upgradeWebSocket(request);
      if ((await ws.receive()) === 'fail') throw new Error('boom');
    });
    const client = new TestClient(app);
    const good = await client.connect('/ws');
    await good.send('end');
    expect(await good.receive()).toBeUndefined();
    expect(good.closeCode).toBe(1000);
    const bad = await client.connect('/ws');
    await bad.send('fail');
    await expect(bad.receive()).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
    expect(bad.closeCode).toBe(1011);
    expect(error).toHaveBeenCalledTimes(1);
  });
});

describe('a WebSocket', () => {
  it('rejects from receive with a WebSocketError once the peer has closed', async () => {
    let error: unknown;
    const { client } = appWith(async (_request, ws) => {
      expect([ws.closed, ws.closeCode]).toEqual([false, undefined]);
      await ws.receive();
      error = await ws.receive().catch((reason) => reason);
      expect([ws.closed, ws.closeReason]).toEqual([true, '']);
      await expect(ws.send('x')).rejects.toMatchObject({ code: 'CLOSED' });
    });
    await client.websocket('/ws', async function* () {
      yield 'one';
    });
    expect(error).toBeInstanceOf(WebSocketError);
    expect(error).toMatchObject({ name: 'WebSocketError', code: 'CLOSED', closeCode: 1005 });
  });

  it('iterates over the messages, and ends quietly when the peer closes', async () => {
    const messages: unknown[] = [];
    const { client, error } = appWith(async (_request, ws) => {
      for await (const message of ws) messages.push(message);
      messages.push('end');
    });
    const ws = await client.connect('/ws');
    await ws.send('a');
    await ws.send('b');
    await ws.close();
    expect(messages).toEqual(['a', 'b', 'end']);
    expect(error).not.toHaveBeenCalled();
  });

  it('stays open when an iteration is left', async () => {
    const { client } = appWith(async (_request, ws) => {
      for await (const message of ws) if (message === 'stop') break;
      await ws.send(`then ${await ws.receive()}`);
    });
    const ws = await client.connect('/ws');
    for (const message of ['a', 'stop', 'more']) await ws.send(message);
    expect(await ws.receive()).toBe('then more');
  });

  it('closes with a code and a reason, once, and is closed from then on', async () => {
    const outcome: unknown[] = [];
    const { client } = appWith(async (_request, ws) => {
      await ws.receive();
      await ws.close(4001, 'enough');
      await ws.close(4002, 'more than enough');
      outcome.push(ws.closed, ws.closeCode, ws.closeReason);
      await expect(ws.send('x')).rejects.toThrow('The WebSocket is closed: 4001 enough');
      await expect(ws.receive()).rejects.toMatchObject({ code: 'CLOSED', closeCode: 4001 });
      for await (const _ of ws) outcome.push('never');
    });
    const ws = await client.connect('/ws');
    await ws.send('read');
    await ws.send('unread');
    expect(await ws.receive()).toBeUndefined();
    expect([ws.closeCode, ws.closeReason]).toEqual([4001, 'enough']);
    await ws.close();
    expect(outcome).toEqual([true, 4001, 'enough']);
  });

  it.each([0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 1.5, Number.NaN])(
    'refuses to close with %d, and stays open',
    async (code) => {
      const { client } = appWith(async (_request, ws) => {
        await expect(ws.close(code)).rejects.toMatchObject({ code: 'INVALID_CLOSE' });
        await ws.send('still here');
      });
      expect(await (await client.connect('/ws')).receive()).toBe('still here');
    },
  );

  it('refuses a reason of more than 123 bytes', async () => {
    const { client } = appWith(async (_request, ws) => {
      for (const reason of [
        'x'.repeat(124),
        'é'.repeat(62),
        '€'.repeat(42),
        '😀'.repeat(31),
        '\ud800'.repeat(42),
      ])
        await expect(ws.close(1000, reason)).rejects.toMatchObject({ code: 'INVALID_CLOSE' });
      await ws.close(1000, `${'😀'.repeat(30)}xxx`);
    });
    const ws = await client.connect('/ws');
    await ws.receive();
    expect(ws.closeReason).toBe(`${'😀'.repeat(30)}xxx`);
  });

  it('sends nothing but text and bytes', async () => {
    const { client } = appWith(async (_request, ws) => {
      for (const message of [1, { a: 1 }, null, undefined, [1], new Uint16Array(1), new ArrayBuffer(1)])
        await expect(ws.send(message as never)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
      await ws.send(Buffer.from('a buffer'));
    });
    expect(await (await client.connect('/ws')).receive()).toEqual(new Uint8Array(Buffer.from('a buffer')));
  });
});

describe('messages are bounded', () => {
  const failed: unknown[] = [];
  const keep: WebSocketHandler = async (_request, ws) => {
    failed.length = 0;
    try {
      for (;;) await ws.send(await ws.receive());
    } catch (error) {
      failed.push(error);
    }
  };

  async function ask(client: TestClient, message: string | Uint8Array): Promise<unknown> {
    const ws = await client.connect('/ws');
    await ws.send(message);
    const answer = await ws.receive();
    await ws.close();
    return answer ?? ws.closeCode;
  }

  it('by maxBodyLength, an oversized message closes with 1009', async () => {
    const app = new Microdot({ maxBodyLength: 10 });
    app.get('/ws', withWebSocket(keep));
    const client = new TestClient(app);
    expect(await ask(client, '0123456789')).toBe('0123456789');
    expect(await ask(client, '0123456789a')).toBe(1009);
    expect(failed).toMatchObject([
      {
        code: 'MESSAGE_TOO_LARGE',
        closeCode: 1009,
        message: 'A message exceeds 10 bytes (WebSocket.maxMessageLength)',
      },
    ]);
    expect(await ask(client, new Uint8Array(11))).toBe(1009);
    expect(await ask(client, '€€€')).toBe('€€€');
    expect(await ask(client, '€€€€')).toBe(1009);
  });

  it('and not unbounded where an application holds no bodies at all', async () => {
    const app = new Microdot({ maxBodyLength: 0 });
    app.get('/ws', withWebSocket(keep));
    expect(await ask(new TestClient(app), 'x'.repeat(100_000))).toBe(1009);
    WebSocket.maxMessageLength = Number.NaN;
    expect(await ask(new TestClient(app), 'x'.repeat(100_000))).toBe(1009);
    WebSocket.maxMessageLength = -1;
  });

  it('by Request.maxBodyLength where nothing else is said', async () => {
    const saved = Request.maxBodyLength;
    Request.maxBodyLength = 10;
    const app = new Microdot();
    app.get('/ws', withWebSocket(keep));
    expect(await ask(new TestClient(app), '0123456789abcdef')).toBe(1009);
    Request.maxBodyLength = saved;
  });

  it('by WebSocket.maxMessageLength, which may be changed at any time, and by the option before it', async () => {
    const { client } = appWith(keep);
    const { client: other } = appWith(keep, { maxMessageLength: 3 });
    expect(WebSocket.maxMessageLength).toBe(-1);
    WebSocket.maxMessageLength = 5;
    expect(await ask(client, '12345')).toBe('12345');
    expect(await ask(client, '123456')).toBe(1009);
    expect(await ask(other, '1234')).toBe(1009);
    WebSocket.maxMessageLength = 0;
    expect(await ask(client, 'x'.repeat(100_000))).toBe('x'.repeat(100_000));
    WebSocket.maxMessageLength = -1;
    expect(await ask(client, 'x'.repeat(16_384))).toBe('x'.repeat(16_384));
    expect(await ask(client, 'x'.repeat(16_385))).toBe(1009);
  });
});

describe('subprotocols', () => {
  it.each([
    [[], ['chat.v1'], undefined],
    [['chat.v2', 'chat.v1'], [], undefined],
    [['chat.v2', 'chat.v1'], ['chat.v1', 'chat.v2'], 'chat.v2'],
    [['chat.v2', 'chat.v1'], ['chat.v1', 'other'], 'chat.v1'],
    [['chat.v1'], ['CHAT.V1'], undefined],
  ])('supported %j, offered %j: %j', async (protocols, offered, chosen) => {
    let seen: string | undefined;
    const { client } = appWith(
      (_request, ws) => {
        seen = ws.protocol;
      },
      { protocols },
    );
    const ws = await client.connect('/ws', { protocols: offered });
    await ws.close();
    expect([ws.protocol, seen]).toEqual([chosen, chosen]);
  });
});

describe('options are checked when the handler is made', () => {
  it.each<[WebSocketOptions, string]>([
    [{ maxMessageLength: -2 }, 'maxMessageLength'],
    [{ maxMessageLength: Number.POSITIVE_INFINITY }, 'maxMessageLength'],
    [{ maxFragments: 0 }, 'maxFragments'],
    [{ maxSendBuffer: 1.5 }, 'maxSendBuffer'],
    [{ pingInterval: '30' as never }, 'pingInterval'],
    [{ pingInterval: 2 ** 31 }, 'pingInterval'],
    [{ protocols: ['a b'] }, 'Not a subprotocol: "a b"'],
    [{ protocols: ['a,b'] }, 'Not a subprotocol'],
    [
      { allowedOrigins: 'example.com' },
      'Not an origin: "example.com": write it as browsers do, \'https://app',
    ],
    [{ allowedOrigins: 'https://example.com/' }, 'Not an origin'],
    [{ allowedOrigins: 'https://Example.com' }, 'Not an origin'],
    [{ allowedOrigins: 'https://example.com:443' }, 'Not an origin'],
    [{ allowedOrigins: 'http://example.com:80' }, 'Not an origin'],
    [{ allowedOrigins: ['https://example.com', 'https://*'] }, 'Not an origin: "https://*"'],
    [{ allowedOrigins: 'https://a*.example.com' }, 'Not an origin'],
    [{ allowedOrigins: '' }, 'Not an origin'],
    [{ allowedOrigins: 'https://*.com' }, "write 'https://*.example.com'"],
    [{ allowedOrigins: ['https://*.dev:8443'] }, "write 'https://*.example.dev:8443'"],
  ])('%j', (options, message) => {
    expect(() => withWebSocket(options, () => {})).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
  });

  it('and so is the handler', () => {
    expect(() => withWebSocket({} as never)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
