import { expect, it, jest } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('sends every word on its own', async () => {
  const response = await client.stream('GET', '/');
  const words: string[] = [];
  for await (const text of response.text()) words.push(text);
  expect(words.join('')).toBe('Every word of this arrives when it is said. ');
  expect(words).toHaveLength(9);
});

it('computes no more primes than are read', async () => {
  const response = await client.stream('GET', '/primes');
  const primes: string[] = [];
  for await (const text of response.text()) {
    primes.push(text.trim());
    if (primes.length === 5) break;
  }
  expect(primes).toEqual(['2', '3', '5', '7', '11']);
});

it('cleans up when the client leaves', async () => {
  const info = jest.fn();
  app.logger = { info, error: () => {} };
  const response = await client.stream('GET', '/clock');
  const { value } = await response.next();
  expect(new TextDecoder().decode(value)).toMatch(/^\d{4}-\d\d-\d\dT.*\n$/);
  expect(info).not.toHaveBeenCalled();
  await response.close();
  expect(info).toHaveBeenCalledWith('A client has stopped looking at the clock.');
});

it('streams a report with its own type', async () => {
  const response = await client.get('/report.csv');
  expect(response.headers.get('Content-Type')).toBe('text/csv');
  expect(response.text).toMatch(/^n,square\r\n1,1\r\n2,4\r\n/);
  expect(response.text).toMatch(/\r\n10000,100000000\r\n$/);
});
