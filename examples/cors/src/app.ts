import { join } from 'node:path';
import { Microdot, sendFile } from '@microdot/core';
import { createApi } from './api.ts';

const port = Number(process.env.PORT ?? 5000);

export const site = new Microdot();
export const api = createApi([`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

site.get('/', () => sendFile('index.html', { root: join(import.meta.dirname, '../public') }));

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await Promise.all([site.run({ port, debug: true }), api.run({ port: port + 1, debug: true })]);
}
