import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Server } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

const MB = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'uploads-'));
process.env.UPLOADS = folder;
const { app } = await import('../src/app.ts');

const client = new TestClient(app);
let server: Server;

beforeAll(async () => {
  server = await app.startServer({ port: 0, shutdownTimeout: 500 });
});

afterEach(async () => {
  for (const file of await readdir(folder)) await rm(join(folder, file));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function bytesOnDisk(): Promise<number> {
  const sizes = (await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Waits for what takes a moment; the test runner ends what takes too long. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

/** A body whose length the server does not know beforehand. */
async function* megabytes(count: number) {
  for (let i = 0; i < count; i++) yield new Uint8Array(MB).fill(i);
}

function put(path: string, body: AsyncIterable<Uint8Array> | string) {
  return fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'PUT',
    body,
    duplex: 'half',
  } as RequestInit);
}

it('keeps a file, small or large, and gives it back as a download', async () => {
  expect((await put('/files/note.txt', 'Hello')).status).toBe(201);
  const large = await put('/files/large.bin', megabytes(20));
  expect(large.status).toBe(201);
  expect(large.headers.get('Location')).toBe('/files/large.bin');
  expect((await readdir(folder)).sort()).toEqual(['large.bin', 'note.txt']);
  const saved = await readFile(join(folder, 'large.bin'));
  expect([saved.length, saved[0], saved[19 * MB]]).toEqual([20 * MB, 0, 19]);

  const response = await client.get('/files/note.txt');
  expect(response.text).toBe('Hello');
  expect(response.headers.get('Content-Disposition')).toBe('attachment');
});

it('writes what has come before the rest has been sent', async () => {
  async function* slow() {
    yield* megabytes(4);
    await until(async () => (await bytesOnDisk()) === 4 * MB);
    yield* megabytes(1);
  }
  expect((await put('/files/slow.bin', slow())).status).toBe(201);
  expect(await bytesOnDisk()).toBe(5 * MB);
});

it('refuses more than 50 MB, also from a client that just keeps sending, and keeps nothing of it', async () => {
  // The server hangs up before it has read everything, so the client may or may not get to see the 413.
  const status = await put('/files/large.bin', megabytes(80)).then(
    (response) => response.status,
    () => 413,
  );
  expect(status).toBe(413);
  expect(await readdir(folder)).toEqual([]);
});

it('keeps nothing of a file whose client leaves', async () => {
  async function* broken() {
    yield* megabytes(2);
    await until(async () => (await bytesOnDisk()) > 0);
    throw new Error('the train went into a tunnel');
  }
  app.logger = { info: () => {}, error: () => {} };
  await expect(put('/files/half.bin', broken())).rejects.toThrow();
  await until(async () => (await readdir(folder)).length === 0);
});

it.each(['../app.ts', '..%2fapp.ts', '.hidden', 'a%00b', 'a%20b', 'x'.repeat(101)])(
  'has no place for a file named %s',
  async (name) => {
    expect((await client.put(`/files/${name}`, { body: 'x' })).statusCode).not.toBe(201);
    expect(await readdir(folder)).toEqual([]);
  },
);

it('has a page to send files from', async () => {
  expect((await client.get('/')).text).toContain('<input id="file" type="file">');
});
