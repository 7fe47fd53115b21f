import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('passes on to everybody in a room what one of them says', async () => {
  const ann = await client.connect('/rooms/lobby?name=Ann');
  expect(JSON.parse(`${await ann.receive()}`)).toEqual({ event: 'joined', name: 'Ann' });
  const bob = await client.connect('/rooms/lobby?name=Bob');
  const carol = await client.connect('/rooms/attic?name=Carol');
  for (const ws of [ann, bob])
    expect(JSON.parse(`${await ws.receive()}`)).toEqual({ event: 'joined', name: 'Bob' });
  await ann.send('Hello, <b>Bob</b>');
  for (const ws of [ann, bob]) {
    expect(JSON.parse(`${await ws.receive()}`)).toEqual({
      event: 'said',
      name: 'Ann',
      text: 'Hello, <b>Bob</b>',
    });
  }
  expect((await client.get('/rooms')).json).toEqual([
    { name: 'lobby', size: 2 },
    { name: 'attic', size: 1 },
  ]);
  await bob.close();
  expect(JSON.parse(`${await ann.receive()}`)).toEqual({ event: 'left', name: 'Bob' });
  await ann.close();
  await carol.close();
  expect((await client.get('/rooms')).json).toEqual([]);
});

it('refuses who gives no name, bytes, and messages that are too long', async () => {
  await expect(client.connect('/rooms/lobby')).rejects.toMatchObject({ response: { statusCode: 400 } });
  for (const [message, code] of [
    [new Uint8Array(1), 1003],
    ['x'.repeat(1001), 1009],
  ] as const) {
    const ws = await client.connect('/rooms/lobby?name=Ann');
    await ws.receive();
    await ws.send(message);
    expect(await ws.receive()).toBeUndefined();
    expect(ws.closeCode).toBe(code);
    await ws.close();
  }
});

it('echoes', async () => {
  const received: unknown[] = [];
  await client.websocket('/echo', async function* () {
    received.push(yield 'hello');
    received.push(yield new Uint8Array([1]));
  });
  expect(received).toEqual(['hello', new Uint8Array([1])]);
});

it('has a page', async () => {
  const response = await client.get('/');
  expect(response.headers.get('Content-Type')).toContain('text/html');
  expect(response.text).toContain('new WebSocket(url)');
});
