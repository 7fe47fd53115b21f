import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('greets the world', async () => {
  const response = await client.get('/');
  expect(response.statusCode).toBe(200);
  expect(response.text).toBe('Hello, World!');
});

it('greets whoever the URL names, as text', async () => {
  const response = await client.get('/hello/%3Cb%3EZo%C3%AB');
  expect(response.text).toBe('Hello, <b>Zoë!');
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=UTF-8');
});
