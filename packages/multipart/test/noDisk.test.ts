import { expect, it, jest } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import { field, file, form, HEADERS } from './form.ts';

// A host without a file system.
jest.unstable_mockModule('node:fs/promises', () => {
  throw new Error('No such built-in module');
});
const { withFormData } = await import('@microdot/multipart');

it('without a file system forms are read, and what needs one says so', async () => {
  const errors: unknown[] = [];
  const app = new Microdot({
    maxContentLength: 1_000_000,
    logger: { info() {}, error: (error) => errors.push(error) },
  });
  app.post(
    '/read',
    withFormData(async ({ form, files }) => `${form?.get('a')} ${await files?.f?.read()}`),
  );
  app.post(
    '/save',
    withFormData(async ({ files }) => files?.f?.save('x')),
  );
  const client = new TestClient(app);
  const body = form(field('a', '1'), file('f', 'f', 'AB'));
  expect((await client.post('/read', { headers: HEADERS, body })).text).toBe('1 65,66');

  expect((await client.post('/save', { headers: HEADERS, body })).statusCode).toBe(500);
  const large = form(file('f', 'f', 'x'.repeat(100_000)));
  expect((await client.post('/read', { headers: HEADERS, body: large })).statusCode).toBe(500);
  expect(errors).toEqual([
    expect.objectContaining({ code: 'NO_HOST', message: expect.stringContaining('no file system') }),
    expect.objectContaining({ code: 'NO_HOST', message: expect.stringContaining('maxMemorySize') }),
  ]);
});
