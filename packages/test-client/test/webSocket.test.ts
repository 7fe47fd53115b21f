import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Microdot, type Request, Response, type WebSocketChannel } from '@microdot/core';
import { TestClient, TestWebSocket } from '@microdot/test-client';

const quiet = { info() {}, error() {} };

/** An application with a route that talks over a bare channel. */
function talk(handler: (channel: WebSocketChannel, request: Request) => Promise<unknown>): TestClient {
  const app = new Microdot({ logger: quiet });
  app.get('/ws', async (request) => {
    const channel = await request.transport.acceptWebSocket?.({ protocol: request.args.get('protocol') });
    if (!channel) return new Response('Not a WebSocket', 400);
    await handler(channel, request);
    return Response.alreadyHandled;
  });
  app.get('/no', () => new Response('no', 403, { 'Set-Cookie': 'a=1' }));
  return new TestClient(app);
}

async function echo(channel: WebSocketChannel): Promise<void> {
  for (let message = await channel.receive(); message !== undefined; message = await channel.receive()) {
    await channel.send(message);
  }
}

describe('websocket()', () => {
  it('sends what the generator yields, and gives it the answers', async () => {
    const received: unknown[] = [];
    await talk(echo).websocket('/ws', async function* () {
      received.push(yield 'hello');
      received.push(yield new Uint8Array([1, 2]));
      received.push(yield 'x'.repeat(70_000));
    });
    expect(received).toEqual(['hello', new Uint8Array([1, 2]), 'x'.repeat(70_000)]);
  });

  it('takes a plain generator, and returns what it returns', async () => {
    const answer = await talk(echo).websocket('/ws', function* () {
      return `${yield 'a'}${yield 'b'}`;
    });
    expect(answer).toBe('ab');
  });

  it('loses none of several messages in a row', async () => {
    const client = talk(async (channel) => {
      await channel.send('greeting');
      const name = await channel.receive();
      for (const text of ['one', 'two', 'three']) await channel.send(`${text} ${name}`);
      await echo(channel);
    });
    const received: unknown[] = [];
    await client.websocket('/ws', async function* () {
      received.push(yield);
      received.push(yield 'joe');
      received.push(yield);
      received.push(yield 'last');
      received.push(yield);
    });
    expect(received).toEqual(['greeting', 'one joe', 'two joe', 'three joe', 'last']);
  });

  it('goes on where the application waits for more instead of answering', async () => {
    const client = talk(async (channel) => {
      await channel.send(`${await channel.receive()} ${await channel.receive()} ${await channel.receive()}`);
    });
    const received: unknown[] = [];
    await client.websocket('/ws', async function* () {
      received.push(yield 'a');
      received.push(yield 'b');
      received.push(yield 'c');
    });
    expect(received).toEqual([undefined, undefined, 'a b c']);
  });

  it('waits for messages that come by themselves', async () => {
    const client = talk(async (channel) => {
      const timer = setInterval(() => void channel.send('tick'), 5);
      await echo(channel);
      clearInterval(timer);
    });
    await client.websocket('/ws', async function* () {
      expect(yield).toBe('tick');
      expect(yield).toBe('tick');
    });
  });

  it('gives undefined when the application has closed, and ends a generator that goes on', async () => {
    const client = talk(async (channel) => {
      await channel.send('only');
      await channel.close(1008, 'enough');
    });
    const log: unknown[] = [];
    const answer = await client.websocket('/ws', async function* () {
      try {
        log.push(yield 'hello');
        log.push(yield 'hello?');
        log.push(yield 'anybody?');
        return 'never';
      } finally {
        log.push('ended');
      }
    });
    expect(log).toEqual(['only', undefined, 'ended']);
    expect(answer).toBeUndefined();
  });

  it('tells the application when the generator has ended', async () => {
    const seen: unknown[] = [];
    const client = talk(async (channel) => {
      seen.push(await channel.receive(), await channel.receive());
      await expect(channel.send('late')).rejects.toMatchObject({ code: 'WEBSOCKET_CLOSED' });
      seen.push('done');
    });
    await client.websocket('/ws', async function* () {
      yield 'hello';
    });
    expect(seen).toEqual(['hello', undefined, 'done']);
  });

  it('rejects with what the generator throws, and does not wait for the handler', async () => {
    const client = talk(() => new Promise(() => {}));
    const answer = client.websocket('/ws', async function* () {
      yield* [];
      throw new Error('not what I expected');
    });
    await expect(answer).rejects.toThrow('not what I expected');
  });

  it('rejects with the response where the application does not upgrade', async () => {
    const client = talk(echo);
    let isCalled = false;
    function* script() {
      isCalled = true;
      yield 'x';
    }
    await expect(client.websocket('/no', script)).rejects.toMatchObject({
      name: 'TestClientError',
      code: 'NOT_UPGRADED',
      message: 'GET /no was answered 403, and not accepted as a WebSocket',
      response: { statusCode: 403, text: 'no' },
    });
    await expect(client.websocket('/none', script)).rejects.toMatchObject({ response: { statusCode: 404 } });
    expect(isCalled).toBe(false);
    expect(client.cookies).toEqual({ a: '1' });
  });

  it('rejects where the handler fails after it has accepted', async () => {
    const client = talk(async (channel) => {
      await channel.receive();
      throw new Error('boom');
    });
    const received: unknown[] = [];
    const answer = client.websocket('/ws', async function* () {
      received.push(yield 'hello');
    });
    await expect(answer).rejects.toMatchObject({ code: 'HANDLER_FAILED', response: { statusCode: 500 } });
    expect(received).toEqual([undefined]);
  });
});

describe('connect()', () => {
  it('gives the other end of the channel', async () => {
    const ws = await talk(echo).connect('/ws');
    expect(ws).toBeInstanceOf(TestWebSocket);
    await ws.send('a');
    await ws.send('b');
    expect([await ws.receive(), await ws.receive()]).toEqual(['a', 'b']);
    expect(ws.closeCode).toBeUndefined();
    await ws.close(4000, 'bye');
    expect([ws.closeCode, ws.closeReason]).toEqual([4000, 'bye']);
    expect(await ws.receive()).toBeUndefined();
    await expect(ws.send('c')).rejects.toMatchObject({
      code: 'WEBSOCKET_CLOSED',
      message: 'The WebSocket is closed: 4000 bye',
    });
  });

  it('has answered what was sent before it closes', async () => {
    for (const ms of [0, 20]) {
      const ws = await talk(async (channel) => {
        for (let text = await channel.receive(); text !== undefined; text = await channel.receive()) {
          if (ms > 0) await sleep(ms);
          await channel.send(text);
        }
        await expect(channel.send('late')).rejects.toMatchObject({ code: 'WEBSOCKET_CLOSED' });
      }).connect('/ws');
      await ws.send('a');
      await ws.send('b');
      const closed = ws.close(4000, 'bye');
      expect([ws.closeCode, ws.closeReason]).toEqual([4000, 'bye']);
      await expect(ws.send('c')).rejects.toMatchObject({ code: 'WEBSOCKET_CLOSED' });
      const messages: unknown[] = [];
      for await (const message of ws) messages.push(message);
      expect(messages).toEqual(['a', 'b']);
      await closed;
    }
  });

  it('closes at once where there is nothing to answer, and soon where nobody asks for more', async () => {
    const publish = async (channel: WebSocketChannel): Promise<void> => {
      for (;;) {
        await channel.send('news');
        await sleep(5);
      }
    };
    const silent = await talk((channel) => publish(channel).catch(() => {})).connect('/ws');
    expect(await silent.receive()).toBe('news');
    void silent.close();
    while ((await silent.receive()) !== undefined);
    const subscribed = await talk(async (channel) => {
      await channel.receive();
      await publish(channel).catch(() => {});
    }).connect('/ws');
    await subscribed.send('subscribe');
    await subscribed.close();
    expect(subscribed.closeCode).toBe(1000);
  });

  it('iterates over the messages until the application closes', async () => {
    const ws = await talk(async (channel) => {
      await channel.send('one');
      await channel.send('two');
      await channel.close(1001, 'restarting');
    }).connect('/ws');
    const messages: unknown[] = [];
    for await (const message of ws) messages.push(message);
    expect(messages).toEqual(['one', 'two']);
    expect([ws.closeCode, ws.closeReason]).toEqual([1001, 'restarting']);
  });

  it('is closed by a handler that ends, with 1000, or with 1011 where it fails', async () => {
    const ended = await talk(async () => {}).connect('/ws');
    expect(await ended.receive()).toBeUndefined();
    expect(ended.closeCode).toBe(1000);
    const failed = await talk(async () => {
      throw new Error('boom');
    }).connect('/ws');
    await expect(failed.receive()).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
    expect(failed.closeCode).toBe(1011);
    await expect(failed.close()).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
  });

  it('says how the handler failed to those alone who ask', async () => {
    const app = new Microdot({ logger: quiet });
    app.get('/ws', async (request) => {
      await request.transport.acceptWebSocket?.({});
      return [1].values() as never;
    });
    const client = new TestClient(app);
    await client.connect('/ws');
    await expect((await client.connect('/ws')).close()).rejects.toMatchObject({ code: 'BODY_FAILED' });
  });

  it('asks as RFC 6455 has it, with the headers that are given, cookies and subprotocols', async () => {
    let headers: Record<string, string> = {};
    const client = talk(async (_, request) => {
      headers = Object.fromEntries(request.headers);
    });
    client.cookies.a = '1';
    const ws = await client.connect('/ws?protocol=chat', {
      headers: { Origin: 'https://example.com', 'sec-websocket-version': '12' },
      protocols: ['chat', 'superchat'],
    });
    expect(ws.protocol).toBe('chat');
    expect(headers).toEqual({
      Host: 'example.com:1234',
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol': 'chat, superchat',
      Origin: 'https://example.com',
      'sec-websocket-version': '12',
      Cookie: 'a=1',
    });
    expect((await talk(echo).connect('/ws')).protocol).toBeUndefined();
  });

  it('copies bytes, as a network does', async () => {
    const ws = await talk(echo).connect('/ws');
    const bytes = new Uint8Array([1]);
    await ws.send(bytes);
    bytes[0] = 2;
    expect(await ws.receive()).toEqual(new Uint8Array([1]));
    await expect(ws.send(1 as never)).rejects.toThrow(TypeError);
  });

  it('is accepted once', async () => {
    const client = talk(async (_, request) => {
      await request.transport.acceptWebSocket?.({});
    });
    const ws = await client.connect('/ws');
    await expect(ws.close()).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
  });
});

it('a plain request cannot become a WebSocket', async () => {
  expect((await talk(echo).get('/ws')).statusCode).toBe(400);
});
