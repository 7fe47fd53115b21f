import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

it('keeps a cart for each visitor', async () => {
  const ann = new TestClient(app);
  const bob = new TestClient(app);
  for (const path of ['/cart/1', '/cart/1', '/cart/3']) {
    expect((await ann.post(path)).headers.get('Location')).toBe('/');
  }
  await bob.post('/cart/2');
  expect((await ann.get('/')).text).toContain('Your cart: 21.00 €');
  expect((await bob.get('/')).text).toContain('Your cart: 7.80 €');
});

it('empties it', async () => {
  const client = new TestClient(app);
  await client.post('/cart/1');
  await client.post('/empty');
  expect((await client.get('/')).text).toContain('Your cart: 0.00 €');
  expect(client.cookies).toEqual({});
});

it('sells what there is', async () => {
  expect((await new TestClient(app).post('/cart/9')).statusCode).toBe(404);
});
