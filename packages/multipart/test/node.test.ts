import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { field, file, form, HEADERS } from './form.ts';
import { temporary, until } from './temporary.ts';

const { FileUpload, FormDataIter, withFormData } = await import('@microdot/multipart');

const MB = 1024 * 1024;
const folder = await mkdtemp(join(dirname(temporary), 'multipart-node-'));
const app = new Microdot({ maxContentLength: 60 * MB, logger: { info() {}, error() {} } });
let server: Server;

app.post('/save', async (request) => {
  const saved: string[] = [];
  for await (const [, value] of new FormDataIter(request)) {
    if (value instanceof FileUpload) saved.push(await value.save({ directory: folder }));
  }
  return saved;
});
app.post(
  '/form',
  withFormData(async ({ form, files }) => ({
    form,
    size: files?.f?.size,
    length: (await files?.f?.read())?.length,
  })),
);
app.post(
  '/refused',
  withFormData({ maxFileSize: 1000 }, () => 'no'),
);

beforeAll(async () => {
  server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500 });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function* large(megabytes: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('--B\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n');
  for (let i = 0; i < megabytes; i++) yield Buffer.alloc(MB, i);
  yield Buffer.from('\r\n--B--\r\n');
}

function post(path: string, body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: HEADERS,
    body,
    duplex: 'half',
  } as RequestInit);
}

/** Begins to send a form, and leaves once the condition holds. */
async function leave(path: string, condition: () => Promise<boolean>): Promise<void> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${HEADERS['Content-Type']}\r\nContent-Length: ${10 * MB}\r\n\r\n`,
  );
  socket.write('--B\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n');
  socket.write(Buffer.alloc(MB));
  await until(condition);
  socket.destroy();
}

describe('over the Node server', () => {
  it('streams 50 MB to the disk', async () => {
    const response = await post('/save', large(50));
    const [path = ''] = (await response.json()) as string[];
    expect((await stat(path)).size).toBe(50 * MB);
    const saved = await readFile(path);
    expect([saved[0], saved[MB], saved[50 * MB - 1]]).toEqual([0, 1, 49]);
    await rm(path);
  });

  it('reads small and large forms', async () => {
    const small = await post('/form', form(field('a', '1'), file('f', 'x', 'abc')));
    expect(await small.json()).toEqual({ form: { a: ['1'] }, size: 3, length: 3 });
    const response = await post('/form', large(3));
    expect(await response.json()).toEqual({ form: {}, size: 3 * MB, length: 3 * MB });
  });

  it('removes the temporary file of a client that leaves midway', async () => {
    await leave('/form', async () => (await readdir(temporary)).length === 1);
    await until(async () => (await readdir(temporary)).length === 0);
  });

  it('removes what was saved of the file of a client that leaves midway', async () => {
    await leave('/save', async () => (await readdir(folder)).length === 1);
    await until(async () => (await readdir(folder)).length === 0);
  });

  it('answers 413 to a client that is still sending, and goes on with others', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${server.url}/refused`, { method: 'POST', headers: HEADERS });
      request.on('response', (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.write('--B\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n');
      request.write(Buffer.alloc(MB));
    });
    expect(status).toBe(413);
    expect((await post('/form', form(field('a', '1')))).status).toBe(200);
  });
});
