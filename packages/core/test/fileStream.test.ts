import { appendFileSync, renameSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, Response, sendFile } from '@microdot/core';
import type { ChunkSource } from '../src/body.ts';
import { ask, requestTo } from './ask.ts';
import { folder, noise, openFiles } from './folder.ts';

const BYTES = noise(300_000);
const QUIET = { logger: { info() {}, error() {} } };

/** A large file in a folder of its own, and an application that sends it. */
function site(): { root: string; path: string; app: Microdot; body: () => Promise<ChunkSource> } {
  const root = folder({ 'public/large.bin': BYTES, 'secret.bin': BYTES });
  const app = new Microdot(QUIET);
  app.get('/', () => sendFile('large.bin', { root: join(root, 'public') }));
  app.get('/missing', () => sendFile('missing.bin', { root: join(root, 'public') }));
  app.get('/folder', () => sendFile('..', { root }));
  return {
    root,
    path: join(root, 'public/large.bin'),
    app,
    body: async () => (await app.dispatchRequest(requestTo(app, '/')))['~openBody'](),
  };
}

async function drain(source: ChunkSource): Promise<number> {
  let length = 0;
  for (;;) {
    const { value, done } = await source.next();
    if (done) return length;
    length += (value as Uint8Array).length;
  }
}

// Only Linux tells which files a process has open.
const describeDescriptors = process.platform === 'linux' ? describe : describe.skip;

describeDescriptors('a descriptor is closed', () => {
  it('at the end', async () => {
    const { root, body } = site();
    const source = await body();
    expect(openFiles(root)).toBe(0);
    await source.next();
    expect(openFiles(root)).toBe(1);
    await drain(source);
    expect(openFiles(root)).toBe(0);
  });

  it('when the peer leaves before the first piece, between two, and while one is being read', async () => {
    const { root, body } = site();
    const unread = await body();
    await unread.return?.();
    expect((await unread.next()).done).toBe(true);

    const between = await body();
    await between.next();
    await between.return?.();
    expect((await between.next()).done).toBe(true);

    for (const steps of [0, 1]) {
      const during = await body();
      for (let i = 0; i < steps; i++) await during.next();
      const pending = during.next();
      await during.return?.();
      await pending;
    }
    expect(openFiles(root)).toBe(0);
  });

  it('when the file cannot be read on', async () => {
    const { root, path, body } = site();
    const source = await body();
    await source.next();
    truncateSync(path, 10);
    await expect(drain(source)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect(openFiles(root)).toBe(0);
  });

  it('or was never opened, when another response is sent instead', async () => {
    const { root, app } = site();
    app.afterRequest(() => new Response('another'));
    for (let i = 0; i < 50; i++) expect((await ask(app, '/')).text).toBe('another');
    expect(openFiles(root)).toBe(0);
  });

  it('after HEAD, 304, 404, 412, 416 and ranges', async () => {
    const { root, app } = site();
    for (let i = 0; i < 20; i++) {
      const answers = [
        await ask(app, '/', { method: 'HEAD' }),
        await ask(app, '/', { headers: { 'If-None-Match': '*' } }),
        await ask(app, '/missing'),
        await ask(app, '/folder'),
        await ask(app, '/', { headers: { 'If-Match': '"x"' } }),
        await ask(app, '/', { headers: { Range: 'bytes=300000-' } }),
        await ask(app, '/', { headers: { Range: 'bytes=5-70000' } }),
        await ask(app, '/', { headers: { Range: 'bytes=5-70000,80000-' } }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 304, 404, 404, 412, 416, 206, 206]);
    }
    expect(openFiles(root)).toBe(0);
  });

  it('when a peer on a socket leaves in the middle', async () => {
    const root = folder({ 'huge.bin': new Uint8Array(64 * 1024 * 1024) });
    const app = new Microdot(QUIET);
    app.get('/', () => sendFile('huge.bin', { root }));
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    // It waits for a peer that does not read, and does not read on itself.
    await expectSoon(() => openFiles(root) === 1);
    socket.destroy();
    await expectSoon(() => openFiles(root) === 0);
    await server.close();
  });
});

describe('the connection is cut, as the length has gone out already,', () => {
  it('when the file shrinks', async () => {
    const { path, body } = site();
    const source = await body();
    await source.next();
    truncateSync(path, 100_000);
    await expect(drain(source)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  it('when the file is gone before it is opened', async () => {
    const { path, body } = site();
    const source = await body();
    unlinkSync(path);
    await expect(drain(source)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('when another file has come in its place before it is opened', async () => {
    const { path, body } = site();
    const source = await body();
    writeFileSync(`${path}.new`, BYTES);
    renameSync(`${path}.new`, path);
    await expect(drain(source)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  it('when a symlink to the outside has come in its place before it is opened', async () => {
    const { root, path, body } = site();
    const source = await body();
    unlinkSync(path);
    symlinkSync(join(root, 'secret.bin'), path);
    await expect(drain(source)).rejects.toMatchObject({ code: 'ELOOP' });
  });

  it('when its directory has become a symlink to the outside before it is opened', async () => {
    const { root, path, body } = site();
    const source = await body();
    renameSync(join(root, 'public'), join(root, 'old'));
    renameSync(join(root, 'secret.bin'), join(root, 'large.bin'));
    symlinkSync('.', join(root, 'public'));
    expect(path).toBe(join(root, 'public/large.bin'));
    await expect(drain(source)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });
});

describe('the file is sent to the end', () => {
  it('as long as it was, when it grows meanwhile', async () => {
    const { path, body } = site();
    const source = await body();
    appendFileSync(path, 'before it is opened');
    await source.next();
    appendFileSync(path, 'and after');
    expect(await drain(source)).toBe(BYTES.length - 65536);
  });

  it('when it is deleted meanwhile, or another comes in its place', async () => {
    const { path, body } = site();
    const source = await body();
    await source.next();
    unlinkSync(path);
    writeFileSync(path, 'another');
    expect(await drain(source)).toBe(BYTES.length - 65536);
  });
});

describe('a piece', () => {
  afterEach(() => {
    Response.sendFileBufferSize = 65536;
    jest.restoreAllMocks();
  });

  it('is as large as Response.sendFileBufferSize', async () => {
    Response.sendFileBufferSize = 1000;
    const source = await site().body();
    expect((await source.next()).value).toHaveLength(1000);
    await source.return?.();
  });

  it('is not overwritten by the next, which may be read while the first waits for the network', async () => {
    const source = await site().body();
    const first = (await source.next()).value as Uint8Array;
    await source.next();
    await source.return?.();
    expect(Buffer.compare(first, BYTES.subarray(0, first.length))).toBe(0);
  });
});

async function expectSoon(test: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !test(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(test()).toBe(true);
}
