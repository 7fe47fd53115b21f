import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
const { app } = await import('../src/app.ts');
app.logger = { info: () => {}, error: () => {} };

afterAll(() => rm(folder, { recursive: true }));

const client = new TestClient(app, { host: 'tour.example' });
const sign = (message: string) => client.post('/api/guestbook', { body: { name: '<i>', message } });

async function listen(path: string, headers: Record<string, string> = {}) {
  const response = await client.stream('GET', path, { headers });
  const events = response.events();
  return {
    response,
    next: async () => {
      const { value } = await events.next();
      const [, message] = /<p class="message" dir="auto">(.*?)<\/p>/.exec(value?.data ?? '') ?? [];
      return [value?.event, value?.eventId, message];
    },
  };
}

describe('the feed', () => {
  it('tells what is written, as the page shows it', async () => {
    const { response, next } = await listen('/feed/events?after=0');
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    await sign('One');
    expect(await next()).toEqual(['entry', '1', 'One']);
    await sign('<b>Two</b>');
    expect(await next()).toEqual(['entry', '2', '&lt;b&gt;Two&lt;/b&gt;']);
    await response.close();
  });

  it('goes on after the last event that the browser had, and not after what the page was made with', async () => {
    await sign('Three');
    const { response, next } = await listen('/feed/events?after=0', { 'Last-Event-ID': '2' });
    expect(await next()).toEqual(['entry', '3', 'Three']);
    await response.close();
  });

  it.each(['x', '1e400', '', '-1'])('starts from the beginning after %j', async (id) => {
    const { response, next } = await listen('/feed/events', { 'Last-Event-ID': id });
    expect(await next()).toEqual(['entry', '1', 'One']);
    await response.close();
  });

  it('loses nothing between the page and the stream', async () => {
    const { text } = await client.get('/feed');
    const [, path] = /data-feed="(.*?)"/.exec(text ?? '') ?? [];
    await sign('In between');
    const { response, next } = await listen(path as string);
    expect((await next())[2]).toBe('In between');
    await response.close();
  });
});

describe('the wall', () => {
  const receive = async (ws: { receive(): Promise<unknown> }) => JSON.parse((await ws.receive()) as string);

  it('tells everybody what somebody writes, and who is here', async () => {
    const one = await client.connect('/wall/live');
    expect(await receive(one)).toEqual({ here: 1 });
    expect(await receive(one)).toEqual({ lines: '' });
    const two = await client.connect('/wall/live');
    expect(await receive(one)).toEqual({ here: 2 });
    expect(await receive(two)).toEqual({ here: 2 });
    await receive(two);
    await two.send(' <b>Hello</b> ');
    for (const ws of [one, two]) {
      const { line } = await receive(ws);
      expect(line).toContain('<span class="said" dir="auto">&lt;b&gt;Hello&lt;/b&gt;</span>');
      expect(line).toContain('<bdi>Guest</bdi>');
    }
    await two.close();
    expect(await receive(one)).toEqual({ here: 1 });
    await one.close();
    expect((await client.get('/wall')).text).toContain('&lt;b&gt;Hello&lt;/b&gt;');
  });

  it('takes a line from a form too, and tells it to those who listen', async () => {
    const ws = await client.connect('/wall/live');
    await receive(ws);
    await receive(ws);
    const response = await client.post('/wall', { form: { text: 'No script' } });
    expect([response.statusCode, response.headers.get('Location')]).toEqual([303, '/wall']);
    expect((await receive(ws)).line).toContain('No script');
    await ws.close();
  });

  it('ignores what is empty, cuts what is long, and ends what is far too long', async () => {
    const ws = await client.connect('/wall/live');
    await receive(ws);
    await receive(ws);
    await ws.send('   ');
    await ws.send(new Uint8Array([1, 2, 3]));
    await ws.send('x'.repeat(300));
    expect((await receive(ws)).line).toContain(`>${'x'.repeat(280)}</span>`);
    await ws.send('x'.repeat(2000));
    expect(await ws.receive()).toBeUndefined();
    expect(ws.closeCode).toBe(1009);
  });

  it('is closed to the pages of other sites (cross-site WebSocket hijacking)', async () => {
    const headers = { Origin: 'https://evil.example' };
    await expect(client.connect('/wall/live', { headers })).rejects.toMatchObject({
      response: { statusCode: 403 },
    });
  });

  it('slows down who writes too much', async () => {
    for (let i = 0; i < 20; i++) await client.post('/wall', { form: { text: 'x' } });
    expect((await client.post('/wall', { form: { text: 'x' } })).statusCode).toBe(429);
    const ws = await client.connect('/wall/live');
    await receive(ws);
    await receive(ws);
    await ws.send('x');
    expect(await receive(ws)).toEqual({ problem: 'Not so fast.' });
    await ws.close();
  });
});
