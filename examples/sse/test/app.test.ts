import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

async function say(text: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  return (await client.post('/messages', { headers, body: JSON.stringify({ text }) })).statusCode;
}

it('shows a message to those who look on, and later to those who were away', async () => {
  const live = (await client.stream('GET', '/messages/live')).events();
  const next = live.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await say('Hello')).toBe(201);
  const { value: first } = await next;
  expect(first).toMatchObject({ event: 'message', dataJson: { text: 'Hello' } });
  await live.return();

  await say('Are you there?\nWell...');
  const headers = { 'Last-Event-ID': first?.eventId ?? '' };
  for await (const { dataJson } of (await client.stream('GET', '/messages/live', { headers })).events()) {
    expect(dataJson).toMatchObject({ text: 'Are you there?\nWell...' });
    break;
  }
  expect((await client.get('/messages')).json).toMatchObject([
    { text: 'Hello' },
    { text: 'Are you there?\nWell...' },
  ]);
});

it('tells who was away too long to load everything', async () => {
  const headers = { 'Last-Event-ID': 'of yesterday' };
  const live = (await client.stream('GET', '/messages/live', { headers })).events();
  expect((await live.next()).value).toMatchObject({ event: 'reload' });
  await live.return();
});

it('refuses a message without a text', async () => {
  expect(await say(' ')).toBe(400);
  expect((await client.post('/messages')).statusCode).toBe(400);
});

it('counts down', async () => {
  const { events } = await client.get('/countdown/1');
  expect(events).toMatchObject([{ dataJson: { n: 1 } }, { event: 'end', data: 'Lift-off' }]);
});

it('serves its page', async () => {
  expect((await client.get('/')).text).toContain('new EventSource');
});
