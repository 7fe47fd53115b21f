import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { api, site } from '../src/app.ts';

const Origin = 'http://localhost:5000';
const client = new TestClient(api);

it('serves the page', async () => {
  expect((await new TestClient(site).get('/')).text).toContain('<h1>Notes');
});

it('lets the page read the notes, and how many there are', async () => {
  const { json, headers } = await client.get('/notes', { headers: { Origin } });
  expect(json).toEqual([{ id: 1, text: 'Buy milk' }]);
  expect(headers.get('Access-Control-Allow-Origin')).toBe(Origin);
  expect(headers.get('Access-Control-Expose-Headers')).toBe('X-Total');
});

it('lets the page add and delete, and read what was wrong', async () => {
  const headers = { Origin, 'Content-Type': 'application/json' };
  expect((await client.post('/notes', { headers, body: '{"text":"Tea"}' })).json).toEqual({
    id: 2,
    text: 'Tea',
  });
  const refused = await client.post('/notes', { headers, body: '{}' });
  expect([refused.text, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([
    'A note needs a text.',
    Origin,
  ]);
  const preflight = await client.options('/notes/2', {
    headers: { Origin, 'Access-Control-Request-Method': 'DELETE' },
  });
  expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('DELETE');
  expect((await client.delete('/notes/2', { headers: { Origin } })).statusCode).toBe(204);
});

it('lets no other page read', async () => {
  const { headers } = await client.get('/notes', { headers: { Origin: 'https://evil.example' } });
  expect(headers.has('Access-Control-Allow-Origin')).toBe(false);
});
