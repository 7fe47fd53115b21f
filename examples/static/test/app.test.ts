import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('serves the page', async () => {
  const response = await client.get('/');
  expect(response.statusCode).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
  expect(response.text).toContain('<h1>Static files</h1>');
});

it('serves files with their types, for an hour', async () => {
  const css = await client.get('/static/style.css');
  expect(css.headers.get('Content-Type')).toMatch(/^text\/css/);
  expect(css.headers.get('Cache-Control')).toBe('max-age=3600');
  const svg = await client.get('/static/dot.svg');
  expect(svg.headers.get('Content-Type')).toMatch(/^image\/svg\+xml/);
});

it('does not send again what the browser has', async () => {
  const etag = (await client.get('/static/style.css')).headers.get('ETag') as string;
  const response = await client.get('/static/style.css', { headers: { 'If-None-Match': etag } });
  expect(response.statusCode).toBe(304);
});

it.each(['missing.css', '../package.json', '%2e%2e/package.json', '..%2fpackage.json', '..%5cpackage.json'])(
  'has no %s',
  async (name) => {
    expect((await client.get(`/static/${name}`)).statusCode).toBe(404);
  },
);
