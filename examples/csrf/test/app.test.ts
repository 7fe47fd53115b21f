import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';
import { evil } from '../src/evil.ts';

const client = new TestClient(app);

it('pays for its own page', async () => {
  const form = { amount: '100' };
  const response = await client.post('/pay', { form, headers: { 'Sec-Fetch-Site': 'same-origin' } });
  expect(response.statusCode).toBe(303);
  expect((await client.get('/')).text).toContain('<output>900</output>');
});

it('does not pay for another', async () => {
  expect((await new TestClient(evil).get('/')).text).toContain('action="http://localhost:5000/pay"');
  const form = { amount: '100' };
  const response = await client.post('/pay', { form, headers: { 'Sec-Fetch-Site': 'same-site' } });
  expect([response.statusCode, response.text]).toEqual([403, expect.stringContaining('Refused')]);
  expect((await client.get('/')).text).toContain('<output>900</output>');
});
