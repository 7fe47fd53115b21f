import { describe, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);
const get = (path: string) => client.get(path);

describe('arguments', () => {
  it('are text', async () => {
    expect((await get('/hello/Ada')).text).toBe('Hello, Ada!');
  });

  it('are numbers where the pattern says so', async () => {
    expect((await get('/square/12')).json).toEqual({ n: 12, square: 144 });
    expect((await get('/square/twelve')).statusCode).toBe(404);
  });

  it('take the rest of the path', async () => {
    expect((await get('/docs/guide/routing')).json).toEqual({ page: ['guide', 'routing'] });
  });

  it('match a regular expression', async () => {
    expect((await get('/v2/status')).json).toEqual({ version: 'v2', status: 'fine' });
    expect((await get('/two/status')).statusCode).toBe(404);
  });

  it('have types of their own', async () => {
    expect((await get('/weekday/1969-07-20')).text).toBe('Sunday');
    expect((await get('/weekday/1969-99-99')).statusCode).toBe(404);
  });
});

describe('todos', () => {
  it('are added, read and deleted', async () => {
    expect((await client.post('/todos', { body: { title: 'Write a route' } })).statusCode).toBe(201);
    expect((await get('/todos/2')).json).toEqual({ id: 2, title: 'Write a route' });
    expect((await client.delete('/todos/2')).statusCode).toBe(204);
    expect((await get('/todos/2')).statusCode).toBe(404);
    expect((await get('/todos')).json).toEqual([{ id: 1, title: 'Read the source' }]);
  });

  it('need a title', async () => {
    expect((await client.post('/todos', { body: { title: 1 } })).statusCode).toBe(400);
  });

  it('tell which methods they have', async () => {
    const response = await client.put('/todos/1');
    expect(response.statusCode).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, DELETE, HEAD, OPTIONS');
  });
});
