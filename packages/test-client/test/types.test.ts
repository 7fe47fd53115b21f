import { expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { type Message, type ServerSentEvent, TestClient, type TestResponse } from '@microdot/test-client';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

it('is typed', async () => {
  // Whatever the application keeps in `g`, its client is a TestClient.
  const client: TestClient = new TestClient(new Microdot<{ user: string }>());
  const response: TestResponse = await client.get('/');
  holds<Equal<typeof response.json, unknown>>();
  holds<Equal<typeof response.text, string | undefined>>();
  holds<Equal<typeof response.events, readonly ServerSentEvent[] | undefined>>();

  interface Payload {
    name: string;
  }
  const body: Payload = { name: 'joe' };
  expect((await client.post('/', { body })).statusCode).toBe(404);
  // @ts-expect-error: no body
  await client.post('/', { body: true }).catch(() => {});
  // @ts-expect-error: no header value
  await client.post('/', { headers: { a: 1 } }).catch(() => {});
  // @ts-expect-error: no scheme
  void new TestClient(new Microdot(), { scheme: 'ws' });
  // @ts-expect-error: no application
  void new TestClient({});

  const answer = client.websocket('/', async function* () {
    const reply = yield 'hello';
    holds<Equal<typeof reply, Message | undefined>>();
    yield new Uint8Array();
    yield;
    return 42;
  });
  holds<Equal<typeof answer, Promise<number | undefined>>>();
  await expect(answer).rejects.toThrow();
  await client
    // @ts-expect-error: no message
    .websocket('/', async function* () {
      yield 42;
    })
    .catch(() => {});
});
