import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { type WebSocket, withWebSocket } from '@microdot/websocket';
import { CASES, type Case } from './cases.ts';
import { closeFrame, Peer } from './peer.ts';

let server: Server;

beforeAll(async () => {
  const app = new Microdot();
  const echo = async (_: unknown, ws: WebSocket): Promise<void> => {
    for await (const message of ws) await ws.send(message);
  };
  app.get('/echo', withWebSocket({ maxMessageLength: 1024 * 1024 }, echo));
  app.get('/small', withWebSocket(echo));
  server = await app.startServer({ port: 0, host: '127.0.0.1' });
});

afterAll(() => server.close());

describe('the Node server speaks RFC 6455', () => {
  it('in more than 200 cases', () => expect(CASES.length).toBeGreaterThan(200));

  it.each(CASES.map((entry): [string, Case] => [entry.name, entry]))('%s', async (_, entry) => {
    const sent = Buffer.concat(entry.send);
    const ways = [[sent], entry.send];
    // And byte by byte, where that is not tens of thousands of segments.
    if (sent.length <= 2048) ways.push([...sent].map((byte) => Buffer.from([byte])));
    for (const segments of ways) check(entry, await play(entry, segments));
  });
});

/** The frames that the server sends, until it has closed. */
async function play({ path = '/echo', expect: wanted }: Case, segments: Uint8Array[]): Promise<string[]> {
  const peer = await Peer.open(server.port, path);
  peer.send(...segments);
  if (!isEnd(wanted)) {
    // Echoes first: a server need not send them any more once it has been told to close.
    await peer.until(() => peer.frames.length >= wanted.length);
    peer.send(closeFrame(1000));
  }
  return peer.rest();
}

function check({ expect: wanted, maybe = [] }: Case, frames: string[]): void {
  const all = isEnd(wanted) ? wanted : [...wanted, 'close 1000'];
  const isStrict = maybe.length > 0 && frames[0] === maybe[0];
  expect(frames).toEqual(isStrict ? [...maybe, ...all] : all);
}

function isEnd(frames: string[]): boolean {
  return frames.at(-1)?.startsWith('close') ?? false;
}
