import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Microdot, Response, sendFile } from '@microdot/core';

// What is larger is 413, whether the client says so or just keeps sending.
export const app = new Microdot({ maxContentLength: 50 * 1024 * 1024 });

const root = join(import.meta.dirname, '..');
const folder = process.env.UPLOADS ?? join(root, 'files');
await mkdir(folder, { recursive: true });

app.get('/', () => sendFile('index.html', { root }));

// The pattern says what a file may be called: with `../secret` for a name this is not even the route.
app.put('/files/<re:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}:name>', async (request, { name }) => {
  const partial = join(folder, `.${randomUUID()}`);
  const file = await open(partial, 'wx');
  try {
    // From the network to the disk, piece by piece: the file is never in memory.
    await pipeline(request.stream, file.createWriteStream());
    await rename(partial, join(folder, name));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return new Response('', 201, { Location: `/files/${name}` });
});

app.get('/files/<name>', (_request, { name }) => {
  const response = sendFile(name, { root: folder });
  // A page that a stranger has uploaded must not run as one of ours.
  response.headers.set('Content-Disposition', 'attachment');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  return response;
});

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  // A minute for an upload, as the ten seconds that a request may take are few for a slow line.
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true, requestTimeout: 60_000 });
}
