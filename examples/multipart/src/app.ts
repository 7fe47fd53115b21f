import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { abort, Microdot, Response, redirect, sendFile } from '@microdot/core';
import { FileUpload, FormDataIter } from '@microdot/multipart';

interface Drop {
  title: string;
  /** The names that the files had, by the names that they have here. */
  files: Record<string, string>;
}

// The whole form, its files included.
export const app = new Microdot({ maxContentLength: 100 * 1024 * 1024 });

const root = join(import.meta.dirname, '..');
const directory = process.env.UPLOADS ?? join(root, 'files');
await mkdir(directory, { recursive: true });

const drops: Drop[] = [];
const names = new Map<string, string>();

app.get('/', () => sendFile('index.html', { root }));

app.post('/drops', async (request) => {
  const paths = new Map<string, string>();
  let title = '';
  try {
    // From the network to the disk, piece by piece: no file is ever in memory.
    for await (const [name, value] of new FormDataIter(request, { maxFiles: 10, maxFields: 1 })) {
      if (name === 'title' && typeof value === 'string') title = value.trim();
      // What a form sends where no file was chosen has no name.
      if (value instanceof FileUpload && value.filename) {
        paths.set(await value.save({ directory }), value.filename);
      }
    }
    if (!title || paths.size === 0) abort(400, 'A drop needs a title and a file');
  } catch (error) {
    // A malformed form, one file too many, a client that has left: what was saved until then is nobody's.
    for (const path of paths.keys()) await rm(path, { force: true });
    throw error;
  }
  const files = Object.fromEntries([...paths].map(([path, name]) => [basename(path), name]));
  for (const [id, name] of Object.entries(files)) names.set(id, name);
  drops.push({ title, files });
  return redirect('/drops', 303);
});

app.get('/drops', () => drops);

app.get('/files/<id>', (_request, { id }) => {
  const name = names.get(id) ?? abort(404);
  const response = sendFile(id, { root: directory, contentType: 'application/octet-stream' });
  // A page that a stranger has sent must not run as one of ours (RFC 6266, RFC 8187).
  response.headers.set('Content-Disposition', `attachment; filename*=UTF-8''${encode(name)}`);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  return response;
});

app.errorHandler(413, () => new Response('Up to 10 files, and 100 MB together', 413));

function encode(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  // Two minutes for a form, as the ten seconds that a request may take are few for a slow line.
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true, requestTimeout: 120_000 });
}
