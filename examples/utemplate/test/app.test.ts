import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

it('answers', async () => {
  const response = await new TestClient(app).get('/');
  expect(response.text).toBe('Hello, World!');
});
