import { expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { CORS } from '@microdot/cors';

it('takes an application of any type, and the options that there are', () => {
  const app = new Microdot<{ user: string }>();
  const cors = new CORS(app, { allowedOrigins: 'https://example.com' });
  cors.initialize(new Microdot());
  // @ts-expect-error: a promise would allow everybody
  new CORS(app, { allowedOrigins: async () => false });
  // @ts-expect-error: Microdot's name for it in Python
  new CORS(app, { allowed_origins: '*' });
  expect(() => {
    // @ts-expect-error: a list
    new CORS(app, { allowedHeaders: 'X-A' });
  }).toThrow();
});
