import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import {
  type WebSocket,
  type WebSocketError,
  type WebSocketHandler,
  type WebSocketOptions,
  withWebSocket,
} from '@microdot/websocket';
import { BINARY, CONTINUATION, closeFrame, frame, handshake, Peer, PING, PONG, TEXT } from './peer.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A route whose handler receives until it fails, and what it failed with. */
async function serve(options: WebSocketOptions = {}, handler: WebSocketHandler = receiveAll) {
  const error = jest.fn();
  const app = new Microdot({ logger: { info() {}, error } });
  const failures: WebSocketError[] = [];
  app.get(
    '/ws',
    withWebSocket(options, async (request, ws, args) => {
      try {
        await handler(request, ws, args);
      } catch (failure) {
        failures.push(failure as WebSocketError);
        throw failure;
      }
    }),
  );
  const server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 100 });
  servers.push(server);
  return { port: server.port, failures, error };
}

const receiveAll: WebSocketHandler = async (_request, ws) => {
  for (;;) await ws.receive();
};

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

/** Resolves when a number has not changed for a while: what makes it grow has come to a stop. */
async function settled(value: () => number): Promise<number> {
  for (let before = -1; before !== value(); ) {
    before = value();
    await sleep(100);
  }
  return value();
}

/** Writes as long as the server reads or the connection lasts. */
async function pour(peer: Peer, data: Uint8Array, isEnough: () => boolean = () => false): Promise<void> {
  const { socket } = peer;
  while (!socket.destroyed && !isEnough()) {
    if (!socket.write(data)) {
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve).once('close', () => resolve());
      });
    } else await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a peer that sends too much', () => {
  it('an oversized WebSocket message closes with 1009 before it has been read', async () => {
    const { port, failures, error } = await serve();
    const peer = await Peer.open(port, '/ws');
    // The head of a frame of 1 GiB.
    peer.send(Buffer.from('82ff0000000040000000', 'hex'));
    expect(await peer.rest()).toEqual(['close 1009']);
    expect(failures).toMatchObject([{ code: 'MESSAGE_TOO_LARGE', closeCode: 1009 }]);
    expect(error).not.toHaveBeenCalled();
  });

  it('an endless WebSocket message closes with 1009, and the connection', async () => {
    const { port, failures } = await serve({ maxFragments: 1_000_000 });
    const peer = await Peer.open(port, '/ws');
    peer.send(frame(BINARY, Buffer.alloc(1000), { fin: false }));
    await pour(peer, frame(CONTINUATION, Buffer.alloc(1000), { fin: false }));
    expect(failures).toMatchObject([{ code: 'MESSAGE_TOO_LARGE' }]);
  });

  it('100,000 tiny fragments close with 1008', async () => {
    const { port, failures } = await serve({ maxMessageLength: 1_000_000 });
    const peer = await Peer.open(port, '/ws');
    const tiny = frame(CONTINUATION, 'x', { fin: false });
    peer.send(frame(TEXT, 'x', { fin: false }), Buffer.concat(Array.from({ length: 99_999 }, () => tiny)));
    expect(await peer.rest()).toEqual(['close 1008']);
    expect(failures).toMatchObject([
      { code: 'TOO_MANY_FRAGMENTS', message: 'A message came in more than 1024 pieces (maxFragments)' },
    ]);
  });

  it('100,000 empty fragments close with 1008', async () => {
    const { port } = await serve();
    const peer = await Peer.open(port, '/ws');
    const empty = frame(CONTINUATION, '', { fin: false });
    peer.send(frame(TEXT, '', { fin: false }), Buffer.concat(Array.from({ length: 99_999 }, () => empty)));
    expect(await peer.rest()).toEqual(['close 1008']);
  });

  it('bad UTF-8 closes with 1007', async () => {
    const { port, failures, error } = await serve();
    const peer = await Peer.open(port, '/ws');
    peer.send(frame(TEXT, Buffer.from('cebae1bdb9cf83cebcceb5eda080', 'hex')));
    expect(await peer.rest()).toEqual(['close 1007']);
    expect(failures).toMatchObject([{ code: 'PROTOCOL_ERROR', closeCode: 1007 }]);
    expect(error).not.toHaveBeenCalled();
  });

  it('more messages than the handler receives wait with the peer, in bounded memory', async () => {
    let ws: WebSocket | undefined;
    let release = (): void => {};
    const received: unknown[] = [];
    const { port } = await serve({}, async (_request, given) => {
      ws = given;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      for await (const message of given) received.push(message);
    });
    const peer = await Peer.open(port, '/ws');
    await until(() => ws !== undefined);
    const message = frame(BINARY, Buffer.alloc(10_000));
    let sent = 0;
    let isEnough = false;
    const pouring = pour(peer, message, () => {
      sent++;
      return isEnough;
    });
    // The pipe is full at some point: neither side reads or writes any more.
    const stopped = await settled(() => sent);
    isEnough = true;
    release();
    await pouring;
    peer.send(closeFrame(1000));
    await peer.rest();
    await until(() => ws?.closed === true);
    expect(stopped).toBeLessThan(10_000);
    expect(received.length).toBeGreaterThanOrEqual(stopped - 1);
  });

  it('a peer that waits for a handler which does not receive is not dropped for want of a pong', async () => {
    let release = (): void => {};
    let count = 0;
    const { port, failures } = await serve({ pingInterval: 10 }, async (_request, ws) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      for await (const _ of ws) count++;
    });
    const peer = await Peer.open(port, '/ws');
    for (let i = 0; i < 200; i++) peer.send(frame(TEXT, `${i}`));
    await sleep(100);
    release();
    await until(() => count === 200);
    peer.send(closeFrame(1000));
    await peer.closed;
    expect(failures).toEqual([]);
  });

  it('a flood of pings from a peer that does not read ends the connection', async () => {
    const { port, failures } = await serve();
    const peer = await Peer.open(port, '/ws');
    peer.socket.pause();
    await pour(peer, Buffer.concat(Array.from({ length: 1000 }, () => frame(PING, 'x'.repeat(125)))));
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ code: 'CONNECTION_LOST' }]);
  });
});

describe('a peer that never reads', () => {
  it('makes send wait, so that memory stays flat', async () => {
    let sent = 0;
    const { port } = await serve({}, async (_request, ws) => {
      for (; sent < 1000; sent++) await ws.send(Buffer.alloc(100_000));
    });
    const peer = await Peer.open(port, '/ws');
    peer.socket.pause();
    // What the operating systems of both ends hold, and not 100 MB.
    expect(await settled(() => sent)).toBeLessThan(900);
    // And goes on when it reads after all.
    peer.socket.resume();
    await until(() => sent === 1000);
    peer.socket.destroy();
  });

  it('is dropped where the application sends without waiting, and nothing of that harms the process', async () => {
    let ws: WebSocket | undefined;
    const { port, failures } = await serve({}, async (_request, given) => {
      ws = given;
      await given.receive();
    });
    const peer = await Peer.open(port, '/ws');
    peer.socket.pause();
    await until(() => ws !== undefined);
    for (let i = 0; i < 10_000 && !ws?.closed; i++) {
      void ws?.send(Buffer.alloc(100_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ws?.closed).toBe(true);
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ code: 'SEND_BUFFER_FULL', closeCode: 1006 }]);
    await expect(ws?.send('more')).rejects.toMatchObject({ code: 'SEND_BUFFER_FULL' });
  });

  it('cannot pile up tiny messages either', async () => {
    let ws: WebSocket | undefined;
    const { port } = await serve({ maxSendBuffer: 100_000 }, async (_request, given) => {
      ws = given;
      await given.receive();
    });
    const peer = await Peer.open(port, '/ws');
    peer.socket.pause();
    await until(() => ws !== undefined);
    await Promise.race([ws?.send(Buffer.alloc(20_000_000)), sleep(20)]);
    let count = 0;
    for (; !ws?.closed && count < 100_000; count++) void ws?.send('');
    expect(count).toBeLessThan(1000);
  });

  it('is dropped as it answers no ping, and send rejects', async () => {
    let failure: unknown;
    const { port } = await serve({ pingInterval: 20 }, async (_request, ws) => {
      for (;;) {
        try {
          await ws.send(Buffer.alloc(100_000));
        } catch (error) {
          failure = error;
          throw error;
        }
      }
    });
    const peer = await Peer.open(port, '/ws');
    peer.socket.pause();
    await until(() => failure !== undefined);
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', closeCode: 1006 });
    peer.socket.destroy();
  });
});

describe('a peer that vanishes', () => {
  it('without a word is dropped when it answers no ping', async () => {
    const { port, failures, error } = await serve({ pingInterval: 20 });
    const peer = await Peer.open(port, '/ws');
    expect(await peer.rest()).toEqual(['ping']);
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ code: 'CONNECTION_LOST', closeCode: 1006 }]);
    expect(error).not.toHaveBeenCalled();
  });

  it('is told from one that answers', async () => {
    const { port, failures } = await serve({ pingInterval: 20 }, async (_request, ws) => {
      for await (const message of ws) await ws.send(message);
    });
    const peer = await Peer.open(port, '/ws');
    for (let i = 1; i <= 5; i++) {
      await peer.until(() => peer.frames.length === i);
      peer.send(frame(PONG));
    }
    peer.send(frame(TEXT, 'still here'));
    await peer.until(() => peer.frames.includes('text still here'));
    peer.send(closeFrame(1000));
    await peer.closed;
    expect(failures).toEqual([]);
  });

  it('is left alone where pings are off', async () => {
    const { port } = await serve({ pingInterval: 0 });
    const peer = await Peer.open(port, '/ws');
    await sleep(50);
    peer.send(closeFrame(1000));
    expect(await peer.rest()).toEqual(['close 1000']);
  });

  it.each<[string, (peer: Peer) => void]>([
    ['with the end of its connection', (peer) => peer.socket.end()],
    ['with a reset', (peer) => peer.socket.resetAndDestroy()],
    [
      'in the middle of a frame',
      (peer) => {
        peer.send(frame(TEXT, 'hello').subarray(0, 8));
        peer.socket.end();
      },
    ],
    [
      'in the middle of a message',
      (peer) => {
        peer.send(frame(TEXT, 'hello', { fin: false }));
        peer.socket.end();
      },
    ],
  ])('%s makes receive reject', async (_, leave) => {
    const { port, failures, error } = await serve();
    const peer = await Peer.open(port, '/ws');
    leave(peer);
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ code: 'CONNECTION_LOST', closeCode: 1006 }]);
    expect(error).not.toHaveBeenCalled();
  });

  it('ends an iteration with an error, as nobody has said goodbye', async () => {
    const { port, failures } = await serve({}, async (_request, ws) => {
      for await (const _ of ws);
    });
    (await Peer.open(port, '/ws')).socket.resetAndDestroy();
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ code: 'CONNECTION_LOST' }]);
  });

  it('does not end the process of an application that sends without waiting', async () => {
    let ws: WebSocket | undefined;
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const { port } = await serve({}, async (_request, given) => {
      ws = given;
      void given.receive();
      await given.receive().catch(() => {});
    });
    const peer = await Peer.open(port, '/ws');
    await until(() => ws !== undefined);
    peer.socket.resetAndDestroy();
    for (let i = 0; i < 20; i++) {
      void ws?.send('hello?');
      await sleep(2);
    }
    await until(() => ws?.closed === true);
    void ws?.send('hello?');
    await sleep(20);
    expect(unhandled).not.toHaveBeenCalled();
    process.off('unhandledRejection', unhandled);
  });

  it('before the handshake is complete harms nobody', async () => {
    let isCalled = false;
    const { port, error } = await serve({}, () => {
      isCalled = true;
    });
    for (let i = 0; i < 20; i++) {
      const peer = new Peer(port);
      peer.send(handshake('/ws'));
      if (i % 2 === 0) peer.socket.end();
      else peer.socket.once('connect', () => peer.socket.resetAndDestroy());
      await peer.closed;
    }
    const peer = await Peer.open(port, '/ws');
    await peer.until(() => peer.frames.includes('close 1000'));
    peer.send(closeFrame(1000));
    await peer.closed;
    expect(isCalled).toBe(true);
    expect(error).not.toHaveBeenCalled();
  });
});

describe('frames in the same segment as the handshake', () => {
  it('are received', async () => {
    const { port } = await serve({}, async (_request, ws) => {
      for await (const message of ws) await ws.send(message);
    });
    const peer = new Peer(port);
    peer.send(Buffer.concat([Buffer.from(handshake('/ws')), frame(TEXT, 'early')]));
    await peer.until(() => peer.bytes.includes('\x81\x05early', 0, 'latin1'));
    peer.socket.destroy();
  });
});
