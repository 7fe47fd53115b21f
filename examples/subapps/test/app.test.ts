import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('mounts the shop at the root', async () => {
  expect((await client.get('/')).headers.get('Location')).toBe('/books');
  expect((await client.get('/books')).text).toBe('Emma\nPersuasion');
});

it('mounts the API under its prefix', async () => {
  expect((await client.get('/api/books')).json).toEqual([
    { title: 'Emma', url: '/api/books/1' },
    { title: 'Persuasion', url: '/api/books/2' },
  ]);
});

it('runs the hooks of the API for the API alone', async () => {
  expect((await client.get('/api/books/1')).headers.get('Cache-Control')).toBe('no-store');
  expect((await client.get('/books/1')).headers.has('Cache-Control')).toBe(false);
});

it('has errors for people and errors for programs', async () => {
  expect((await client.get('/books/9')).text).toBe('We do not have that.');
  expect((await client.get('/api/books/9')).json).toEqual({ error: 'not found' });
});
