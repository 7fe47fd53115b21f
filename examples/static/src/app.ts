import { join } from 'node:path';
import { Microdot, sendFile } from '@microdot/core';

export const app = new Microdot();

const root = join(import.meta.dirname, '../public');

app.get('/', () => sendFile('index.html', { root }));

// A name that leads out of `root` is 404, however it is written. Browsers keep what they got for an hour.
app.get('/static/<path:file>', (_request, { file }) => sendFile(file, { root, maxAge: 3600 }));

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
