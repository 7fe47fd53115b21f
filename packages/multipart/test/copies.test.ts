import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { abort, Microdot, type Request, type Server } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import { file, form, HEADERS, pieces } from './form.ts';
import { temporary, until } from './temporary.ts';

const { FileUpload, FormDataIter } = await import('@microdot/multipart');

const LARGE = 'x'.repeat(100_000);
const FORM = form(file('a', 'a', LARGE), file('b', 'b', LARGE));

type Upload = InstanceType<typeof FileUpload>;

const app = new Microdot({ maxContentLength: 1_000_000, logger: { info() {}, error() {} } });

/** Copies every file, as who wants them after the loop. */
async function copies(request: Request, maxFileSize?: number): Promise<Upload[]> {
  const list: Upload[] = [];
  for await (const [, value] of new FormDataIter(request, { maxFileSize })) {
    if (value instanceof FileUpload) list.push(await value.copy());
  }
  return list;
}

let kept: Upload[] = [];
app.post('/returns', async (request) => {
  kept = await copies(request);
  return { length: (await kept[0]?.read())?.length, count: await tempFiles() };
});
app.post('/breaks', async (request) => {
  for await (const [, value] of new FormDataIter(request)) {
    if (value instanceof FileUpload) await value.copy();
    break;
  }
  return { count: await tempFiles() };
});
app.post('/aborts', async (request) => {
  await copies(request);
  abort(418);
});
app.post('/throws', async (request) => {
  await copies(request);
  throw new Error('oops');
});
app.post('/limited', async (request) => (await copies(request, 80_000)).length);
app.post('/tried', async (request) => {
  await copies(request, 80_000).catch(() => {});
  return { count: await tempFiles() };
});
app.post('/streams', async (request) => {
  const [first] = await copies(request);
  return first?.[Symbol.asyncIterator]();
});
app.post('/within', (request) =>
  (async function* () {
    yield `${(await copies(request)).length} copies, ${await tempFiles()} files`;
  })(),
);
app.post('/careless', async (request) => {
  const entries = new FormDataIter(request);
  const [, upload] = (await entries.next()).value as [string, Upload];
  void upload.copy().catch(() => {});
  // There is a folder by now, or there is not.
  await new Promise((resolve) => setImmediate(resolve));
  return 'done';
});

async function tempFiles(): Promise<number> {
  return (await readdir(temporary)).length;
}

let server: Server;

beforeAll(async () => {
  server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500 });
});

afterAll(() => server.close());

const WAYS: [path: string, status: number, text: string][] = [
  ['/returns', 200, '{"length":100000,"count":2}'],
  ['/breaks', 200, '{"count":1}'],
  ['/aborts', 418, '418 error'],
  ['/throws', 500, 'Internal server error'],
  ['/limited', 413, 'A file exceeds 80000 bytes (maxFileSize)'],
  ['/tried', 200, '{"count":0}'],
  ['/streams', 200, LARGE],
  ['/within', 200, '2 copies, 2 files'],
  ['/careless', 200, 'done'],
];

// After each test there is no temporary file.
describe('what copy() has put aside is removed when the request is over', () => {
  it.each(WAYS)('POST %s, without a socket', async (path, status, text) => {
    const response = await new TestClient(app).post(path, { headers: HEADERS, body: pieces(FORM, 20_000) });
    expect([response.statusCode, response.text]).toEqual([status, text]);
    await until(async () => (await tempFiles()) === 0);
  });

  it.each(WAYS)('POST %s, over the Node server', async (path, status, text) => {
    const response = await fetch(server.url + path, { method: 'POST', headers: HEADERS, body: FORM });
    expect([response.status, await response.text()]).toEqual([status, text]);
    await until(async () => (await tempFiles()) === 0);
  });

  it('where the client leaves midway', async () => {
    for (const path of ['/returns', '/within']) {
      const socket = connect(server.port, '127.0.0.1');
      const head = `Host: x\r\nContent-Type: ${HEADERS['Content-Type']}\r\nContent-Length: ${FORM.length}`;
      socket.write(`POST ${path} HTTP/1.1\r\n${head}\r\n\r\n`);
      socket.write(FORM.subarray(0, 180_000));
      await until(async () => (await tempFiles()) === 2);
      socket.destroy();
      await until(async () => (await tempFiles()) === 0);
    }
  });

  it('where the client leaves while a copy is being sent', async () => {
    const response = await new TestClient(app).stream('POST', '/streams', { headers: HEADERS, body: FORM });
    await response.next();
    expect(await tempFiles()).toBe(2);
    await response.close();
    expect(await tempFiles()).toBe(0);
  });

  it('and cannot be read any more, small or large', async () => {
    const body = form(file('a', 'a', LARGE), file('b', 'b', 'small'));
    await new TestClient(app).post('/returns', { headers: HEADERS, body });
    expect(kept).toHaveLength(2);
    for (const upload of kept) {
      await expect(upload.read()).rejects.toMatchObject({ code: 'FILE_CLOSED' });
      await expect(upload.copy()).rejects.toMatchObject({ code: 'FILE_CLOSED' });
    }
  });
});
