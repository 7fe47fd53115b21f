import { Microdot } from '@microdot/core';

export const app = new Microdot();

app.get('/', () => 'Hello, World!');

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
