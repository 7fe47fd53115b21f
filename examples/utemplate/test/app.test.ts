import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('says hello, and escapes whom to', async () => {
  const first = await client.get('/');
  expect(first.headers.get('Content-Type')).toMatch(/^text\/html/);
  expect(first.text).toContain('<h1>Hello</h1>');
  expect(first.text).toContain('Who are you?');
  const { text } = await client.post('/', { form: { name: '<Ida>' } });
  expect(text).toContain('Hello, <b>&lt;Ida&gt;</b>!');
});

it('makes no more rows of the report than are read', async () => {
  const response = await client.stream('GET', '/report');
  for await (const text of response.text()) {
    expect(text).toContain('<td>50</td><td>2,500</td>');
    expect(text.length).toBeLessThan(10_000);
    break;
  }
  const { text } = await client.get('/report');
  expect(text).toMatch(/<td>10000<\/td><td>100,000,000<\/td><\/tr>\n {4}<\/table>[^]*<\/html>\n$/);
});

it('shows cities as they come, within a layout', async () => {
  const response = await client.stream('GET', '/weather');
  const pieces: string[] = [];
  for await (const text of response.text()) pieces.push(text);
  expect(pieces[0]).toMatch(/<title>Weather<\/title>[^]*Asking/);
  expect(pieces[0]).not.toContain('Cork');
  expect(pieces[1]).toContain('<b>Cork</b>: 14 degrees');
  expect(pieces.join('')).toMatch(/Uppsala[^]*except in Porto\.[^]*<\/html>\n?$/);
});
