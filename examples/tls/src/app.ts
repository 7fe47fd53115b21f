import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Microdot } from '@microdot/core';

export const app = new Microdot();

app.get('/', (request) => `Hello over ${request.scheme}!`);

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..');
  const tls = {
    key: await readFile(join(root, 'key.pem')),
    cert: await readFile(join(root, 'cert.pem')),
  };
  await app.run({ port: Number(process.env.PORT ?? 5443), tls, debug: true });
}
