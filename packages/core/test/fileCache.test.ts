import { existsSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, type Response, sendFile } from '@microdot/core';
import { FileCache } from '../src/node/fileCache.ts';
import { readSmallFile } from '../src/node/smallFile.ts';
import { ask, requestTo } from './ask.ts';
import { folder, letFilesRest } from './folder.ts';

beforeEach(letFilesRest);
afterEach(() => void jest.restoreAllMocks());

/** A small file, an application that sends it, and whether its answer comes without a promise. */
function site(content: string | Uint8Array = 'first'): {
  path: string;
  app: Microdot;
  get: () => Promise<string>;
  isSync: () => boolean;
} {
  const root = folder({ 'x.txt': content });
  const app = new Microdot();
  app.get('/', () => sendFile('x.txt', { root }));
  return {
    path: join(root, 'x.txt'),
    app,
    get: async () => (await ask(app, '/')).text,
    isSync: () => !('then' in app.dispatchRequest(requestTo(app, '/'))),
  };
}

describe('a small file that was asked for before', () => {
  it('is answered at once', async () => {
    const { get, isSync } = site();
    expect(isSync()).toBe(false);
    await get();
    expect(isSync()).toBe(true);
  });

  it('is answered at once to HEAD, to a condition, and to a range', async () => {
    const { app, get } = site();
    await get();
    const statuses = [
      { method: 'HEAD' },
      { headers: { 'If-None-Match': '*' } },
      { headers: { Range: 'bytes=0-0' } },
      { headers: { Range: 'bytes=0-0,2-2' } },
    ].map((question) => (app.dispatchRequest(requestTo(app, '/', question)) as Response).statusCode);
    expect(statuses).toEqual([200, 304, 206, 206]);
  });

  it('is one that was asked for with HEAD, or with a condition, too', async () => {
    const { app, isSync } = site();
    await ask(app, '/', { method: 'HEAD', headers: { 'If-None-Match': '*' } });
    expect(isSync()).toBe(true);
  });
});

describe('a file that has changed is read anew', () => {
  it('though it has the same size', async () => {
    const { path, get } = site('first');
    expect([await get(), await get()]).toEqual(['first', 'first']);
    await nextTick();
    writeFileSync(path, 'other');
    expect(await get()).toBe('other');
  });

  it('though it has the same size and was given its old date', async () => {
    const { path, get } = site('first');
    await get();
    const { atime, mtime } = statSync(path);
    utimesSync(path, atime, mtime);
    await get();
    await nextTick();
    writeFileSync(path, 'other');
    utimesSync(path, atime, mtime);
    expect(await get()).toBe('other');
  });

  it('when another was moved to its place, with the same size and date', async () => {
    const { path, get } = site('first');
    await get();
    writeFileSync(`${path}.new`, 'other');
    const { atime, mtime } = statSync(path);
    utimesSync(`${path}.new`, atime, mtime);
    renameSync(`${path}.new`, path);
    expect(await get()).toBe('other');
  });

  it('however fast it changes', async () => {
    jest.restoreAllMocks();
    const { path, get, isSync } = site('0000');
    for (let i = 0; i < 200; i++) {
      const text = String(i).padStart(4, '0');
      writeFileSync(path, text);
      expect(await get()).toBe(text);
    }
    // The clock of a file system ticks every few milliseconds: two of these have had the same time.
    expect(isSync()).toBe(false);
  });

  it('and is missing once it is gone', async () => {
    const { path, get } = site();
    await get();
    renameSync(path, `${path}.away`);
    expect(await get()).toBe('Not found');
    renameSync(`${path}.away`, path);
    expect(await get()).toBe('first');
  });

  it('and is streamed once it is large', async () => {
    const { path, get, isSync } = site();
    await get();
    writeFileSync(path, 'x'.repeat(65537));
    expect(await get()).toHaveLength(65537);
    expect(isSync()).toBe(false);
  });
});

it('keeps files of up to 64 KiB, and none that are larger', async () => {
  for (const [size, isKept] of [
    [65536, true],
    [65537, false],
  ] as const) {
    const { get, isSync } = site('x'.repeat(size));
    expect(await get()).toHaveLength(size);
    expect(isSync()).toBe(isKept);
  }
});

it('is bounded: a site of more files than it holds is served all the same', async () => {
  const names = Array.from({ length: 400 }, (_, i) => `${i}.txt`);
  const root = folder(Object.fromEntries(names.map((name) => [name, name.repeat(1000)])));
  const app = new Microdot();
  app.get('/<name>', (_, { name }) => sendFile(name, { root }));
  const isSync = (name: string): boolean => !('then' in app.dispatchRequest(requestTo(app, `/${name}`)));
  for (const name of names) expect((await ask(app, `/${name}`)).text).toBe(name.repeat(1000));
  expect(names.filter(isSync)).toEqual(names.slice(-256));
});

describe('what is read of a small file', () => {
  it('is no more than there was when it was looked at', async () => {
    const path = join(folder({ 'x.txt': 'Hello, World!' }), 'x.txt');
    const file = await readSmallFile(path, { ...statSync(path), size: 5 });
    expect([file.size, Buffer.from(file.bytes).toString()]).toEqual([5, 'Hello']);
  });

  const guess = '/sys/kernel/mm/transparent_hugepage/enabled';
  (existsSync(guess) ? it : it.skip)(
    'is no more than there is: behind it would be memory of others',
    async () => {
      const app = new Microdot();
      app.get('/', () => sendFile(guess));
      const { headers, bytes } = await ask(app, '/');
      expect(statSync(guess).size).toBeGreaterThan(bytes.length);
      expect(headers.get('content-length')).toBe(String(bytes.length));
      expect(Buffer.compare(bytes, readFileSync(guess))).toBe(0);
    },
  );
});

describe('FileCache', () => {
  const path = join(folder({ 'x.txt': 'x'.repeat(10) }), 'x.txt');

  async function filled(maxFiles: number, maxBytes: number, keys: string): Promise<FileCache> {
    const cache = new FileCache(maxFiles, maxBytes);
    const file = await readSmallFile(path, statSync(path));
    for (const key of keys) cache.set(key, path, file);
    return cache;
  }

  const held = (cache: FileCache, keys: string): string => [...keys].filter((key) => cache.get(key)).join('');

  it('holds so many files', async () => {
    expect(held(await filled(3, 1e6, 'abcde'), 'abcde')).toBe('cde');
  });

  it('holds so many bytes', async () => {
    expect(held(await filled(100, 20, 'abcde'), 'abcde')).toBe('de');
    expect(held(await filled(100, 9, 'a'), 'a')).toBe('');
  });

  it('counts a file that is set twice once', async () => {
    expect(held(await filled(100, 20, 'aaab'), 'ab')).toBe('ab');
  });

  it('forgets what has not been asked for longest', async () => {
    const cache = await filled(3, 1e6, 'abc');
    cache.get('a');
    cache.set('d', path, await readSmallFile(path, statSync(path)));
    expect(held(cache, 'abcd')).toBe('acd');
  });
});

/** Longer than the clock of a file system takes to tick. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
