import { describe, expect, it } from '@jest/globals';
import { Microdot, Response } from '@microdot/core';
import { StreamedResponse, TestClient } from '@microdot/test-client';

const EVENT_STREAM = { 'Content-Type': 'text/event-stream' };

/** An application with a stream that never ends, and what becomes of it. */
function endless(): { client: TestClient; log: string[] } {
  const app = new Microdot({ maxBodyLength: 16, maxContentLength: 1024 });
  const log: string[] = [];
  app.get('/ticks', () => {
    async function* ticks() {
      try {
        for (let n = 1; ; n++) {
          log.push(`made ${n}`);
          yield `data: ${n}\n\n`;
        }
      } finally {
        log.push('closed');
      }
    }
    return new Response(ticks(), 200, EVENT_STREAM);
  });
  app.get('/euro', () => [new Uint8Array([0xe2, 0x82]), new Uint8Array(), new Uint8Array([0xac])].values());
  app.get('/text', () => 'in memory');
  app.get('/fails', () => {
    async function* fails() {
      yield 'a';
      throw new Error('boom');
    }
    return fails();
  });
  app.post('/echo', (request) => {
    async function* echo() {
      for await (const chunk of request.stream) yield chunk;
    }
    return echo();
  });
  return { client: new TestClient(app), log };
}

describe('a streamed response', () => {
  it('has a head at once, and makes nothing that was not asked for', async () => {
    const { client, log } = endless();
    const response = await client.stream('GET', '/ticks');
    expect(response).toBeInstanceOf(StreamedResponse);
    expect([response.statusCode, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(log).toEqual([]);
    expect(Buffer.from((await response.next()).value as Uint8Array).toString()).toBe('data: 1\n\n');
    expect(log).toEqual(['made 1']);
    await response.close();
    expect(log).toEqual(['made 1', 'closed']);
    expect(await response.next()).toEqual({ done: true, value: undefined });
  });

  it('hangs up when the loop over it is left', async () => {
    const { client, log } = endless();
    for await (const chunk of await client.stream('GET', '/ticks')) {
      if (Buffer.from(chunk).toString() === 'data: 3\n\n') break;
    }
    expect(log).toEqual(['made 1', 'made 2', 'made 3', 'closed']);
  });

  it('gives events one by one, and goes on where it was asked to', async () => {
    const { client, log } = endless();
    const events = (await client.stream('GET', '/ticks')).events();
    expect((await events.next()).value).toMatchObject({ data: '1' });
    expect((await events.next()).value).toMatchObject({ data: '2' });
    await events.return();
    expect(log).toEqual(['made 1', 'made 2', 'closed']);
  });

  it('gives text, with the characters whole', async () => {
    const { client } = endless();
    const pieces: string[] = [];
    for await (const text of (await client.stream('GET', '/euro')).text()) pieces.push(text);
    expect(pieces).toEqual(['€']);
  });

  it('gives a body in memory as one piece', async () => {
    const { client } = endless();
    const pieces: Uint8Array[] = [];
    for await (const chunk of await client.stream('GET', '/text')) pieces.push(chunk);
    expect(pieces).toHaveLength(1);
  });

  it('rejects at the piece where the application breaks off', async () => {
    const { client } = endless();
    const response = await client.stream('GET', '/fails');
    expect((await response.next()).done).toBe(false);
    await expect(response.next()).rejects.toMatchObject({ code: 'BODY_FAILED' });
    expect((await response.next()).done).toBe(true);
  });

  it('may answer a request that is still being sent, and closes it in the end', async () => {
    const { client } = endless();
    const log: string[] = [];
    async function* body() {
      try {
        for (let n = 1; ; n++) {
          log.push(`sent ${n}`);
          yield 'x'.repeat(8);
        }
      } finally {
        log.push('closed');
      }
    }
    const response = await client.stream('POST', '/echo', { body: body() });
    expect(log).toEqual(['sent 1', 'sent 2', 'sent 3']);
    for (let n = 0; n < 4; n++) expect((await response.next()).value).toHaveLength(8);
    expect(log).toEqual(['sent 1', 'sent 2', 'sent 3', 'sent 4']);
    await response.close();
    expect(log.at(-1)).toBe('closed');
  });
});
