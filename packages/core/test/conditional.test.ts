import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, sendFile } from '@microdot/core';
import { ask } from './ask.ts';
import { folder, letFilesRest } from './folder.ts';

const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';
const EARLIER = 'Sun, 06 Nov 1994 08:49:36 GMT';
const LATER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const root = folder({ 'hello.txt': 'Hello, World!' });
// Not a whole second: a client gives back the whole one that it was told.
utimesSync(join(root, 'hello.txt'), Date.parse(DATE) / 1000 + 0.75, Date.parse(DATE) / 1000 + 0.75);

const app = new Microdot();
app.get('/', () => {
  const response = sendFile('hello.txt', { root, maxAge: 60, compressed: 'br' });
  response.headers.set('Vary', 'Accept-Encoding');
  return response;
});
app.get('/own', () => {
  const response = sendFile('hello.txt', { root });
  response.headers.set('ETag', '"a,b"');
  response.headers.set('Last-Modified', LATER);
  return response;
});

describe('of a file at rest', () => {
  beforeEach(letFilesRest);
  afterEach(() => void jest.restoreAllMocks());

  it('the tag is strong, and the date that of the file', async () => {
    const { headers } = await ask(app, '/');
    expect([headers.get('etag'), headers.get('last-modified')]).toEqual([
      expect.stringMatching(/^"[^"]+"$/),
      DATE,
    ]);
  });

  // In the order of RFC 9110 13.2.2. TAG stands for the tag that the file has.
  it.each<[string, Record<string, string>, number]>([
    ['nothing', {}, 200],
    // 1. If-Match
    ['If-Match with the tag', { 'If-Match': 'TAG' }, 200],
    ['If-Match with the tag among others', { 'If-Match': '"x", TAG' }, 200],
    ['If-Match with anything', { 'If-Match': '*' }, 200],
    ['If-Match with another tag', { 'If-Match': '"x"' }, 412],
    ['If-Match with the tag as a weak one', { 'If-Match': 'W/TAG' }, 412],
    ['If-Match with what is no tag', { 'If-Match': 'x' }, 412],
    ['If-Match, and not If-Unmodified-Since', { 'If-Match': 'TAG', 'If-Unmodified-Since': EARLIER }, 200],
    ['If-Match that fails, and not If-None-Match', { 'If-Match': '"x"', 'If-None-Match': 'TAG' }, 412],
    ['If-Match, then If-None-Match', { 'If-Match': 'TAG', 'If-None-Match': 'TAG' }, 304],
    ['If-Match, then If-Modified-Since', { 'If-Match': 'TAG', 'If-Modified-Since': DATE }, 304],
    // 2. If-Unmodified-Since
    ['If-Unmodified-Since its date', { 'If-Unmodified-Since': DATE }, 200],
    ['If-Unmodified-Since a later date', { 'If-Unmodified-Since': LATER }, 200],
    ['If-Unmodified-Since an earlier date', { 'If-Unmodified-Since': EARLIER }, 412],
    ['If-Unmodified-Since what is no date', { 'If-Unmodified-Since': '1994-11-06' }, 200],
    [
      'If-Unmodified-Since that fails, first',
      { 'If-Unmodified-Since': EARLIER, 'If-None-Match': 'TAG' },
      412,
    ],
    ['If-Unmodified-Since, then If-None-Match', { 'If-Unmodified-Since': DATE, 'If-None-Match': 'TAG' }, 304],
    // 3. If-None-Match
    ['If-None-Match with the tag', { 'If-None-Match': 'TAG' }, 304],
    ['If-None-Match with the tag as a weak one', { 'If-None-Match': 'W/TAG' }, 304],
    ['If-None-Match with the tag among others', { 'If-None-Match': '"x",W/"y" ,TAG' }, 304],
    ['If-None-Match with anything', { 'If-None-Match': '*' }, 304],
    ['If-None-Match with another tag', { 'If-None-Match': '"x"' }, 200],
    ['If-None-Match, and not If-Modified-Since', { 'If-None-Match': '"x"', 'If-Modified-Since': DATE }, 200],
    [
      'If-None-Match, though If-Modified-Since',
      { 'If-None-Match': 'TAG', 'If-Modified-Since': EARLIER },
      304,
    ],
    // 4. If-Modified-Since
    ['If-Modified-Since its date', { 'If-Modified-Since': DATE }, 304],
    ['If-Modified-Since a later date', { 'If-Modified-Since': LATER }, 304],
    ['If-Modified-Since an earlier date', { 'If-Modified-Since': EARLIER }, 200],
    [
      'If-Modified-Since its date in the form of RFC 850',
      { 'If-Modified-Since': 'Sunday, 06-Nov-94 08:49:37 GMT' },
      304,
    ],
    [
      'If-Modified-Since its date in the form of asctime',
      { 'If-Modified-Since': 'Sun Nov  6 08:49:37 1994' },
      304,
    ],
    ['If-Modified-Since what is no date', { 'If-Modified-Since': 'tomorrow' }, 200],
    // 5. If-Range
    ['Range', { Range: 'bytes=0-4' }, 206],
    ['Range, If-Range the tag', { Range: 'bytes=0-4', 'If-Range': 'TAG' }, 206],
    ['Range, If-Range its date', { Range: 'bytes=0-4', 'If-Range': DATE }, 206],
    ['Range, If-Range another tag', { Range: 'bytes=0-4', 'If-Range': '"x"' }, 200],
    ['Range, If-Range the tag as a weak one', { Range: 'bytes=0-4', 'If-Range': 'W/TAG' }, 200],
    ['Range, If-Range an earlier date', { Range: 'bytes=0-4', 'If-Range': EARLIER }, 200],
    ['Range, If-Range a later date', { Range: 'bytes=0-4', 'If-Range': LATER }, 200],
    ['Range, If-Range what is neither', { Range: 'bytes=0-4', 'If-Range': 'x' }, 200],
    ['Range that cannot be, If-Range another tag', { Range: 'bytes=99-', 'If-Range': '"x"' }, 200],
    ['If-Range alone', { 'If-Range': 'TAG' }, 200],
    ['If-None-Match, before Range', { Range: 'bytes=0-4', 'If-None-Match': 'TAG' }, 304],
    ['If-None-Match, before a Range that cannot be', { Range: 'bytes=99-', 'If-None-Match': 'TAG' }, 304],
    ['If-Match that fails, before Range', { Range: 'bytes=0-4', 'If-Match': '"x"' }, 412],
    ['If-Match, then Range', { Range: 'bytes=0-4', 'If-Match': 'TAG' }, 206],
  ])('%s', async (_, conditions, status) => {
    const tag = (await ask(app, '/')).headers.get('etag') as string;
    const headers = Object.fromEntries(
      Object.entries(conditions).map(([name, text]) => [name, text.replace('TAG', tag)]),
    );
    const get = await ask(app, '/', { headers });
    expect([get.status, get.text]).toEqual([status, TEXTS[status]]);
    // The same for HEAD, which has no ranges (RFC 9110 14.2).
    const head = await ask(app, '/', { headers, method: 'HEAD' });
    expect(head.status).toBe(status === 206 ? 200 : status);
  });

  const TEXTS: Record<number, string> = {
    200: 'Hello, World!',
    206: 'Hello',
    304: '',
    412: 'Precondition failed',
  };

  it('304 says what a cache is to keep, and nothing of the body that is not there', async () => {
    const { headers } = await ask(app, '/', { headers: { 'If-None-Match': '*' } });
    expect([...headers.keys()].sort()).toEqual(['cache-control', 'etag', 'last-modified', 'vary']);
  });

  it('a reason phrase is for the 200 that it was given to', async () => {
    const reasoned = new Microdot();
    reasoned.get('/', () => {
      const response = sendFile('hello.txt', { root });
      response.reason = 'Here you are';
      return response;
    });
    const reason = async (headers: Record<string, string>): Promise<string | undefined> =>
      (await ask(reasoned, '/', { headers })).response.reason;
    expect(await reason({})).toBe('Here you are');
    expect(await reason({ 'If-None-Match': '*' })).toBeUndefined();
    expect(await reason({ Range: 'bytes=0-0' })).toBeUndefined();
  });

  it('412 is not to be kept, and may be answered by the application', async () => {
    const answering = new Microdot();
    answering.get('/', () => sendFile('hello.txt', { root, maxAge: 60 }));
    answering.errorHandler(412, () => ({ error: 'changed' }));
    const { headers, text } = await ask(answering, '/', { headers: { 'If-Match': '"x"' } });
    expect([text, headers.get('cache-control')]).toEqual(['{"error":"changed"}', undefined]);
  });

  it('a version that the application has given goes before that of the file', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await ask(app, '/own', { headers })).status;
    expect(await status({ 'If-None-Match': '"x", "a,b"' })).toBe(304);
    expect(await status({ 'If-None-Match': (await ask(app, '/')).headers.get('etag') as string })).toBe(200);
    expect(await status({ 'If-Modified-Since': DATE })).toBe(200);
    expect(await status({ 'If-Modified-Since': LATER })).toBe(304);
    expect(await status({ Range: 'bytes=0-4', 'If-Range': '"a,b"' })).toBe(206);
  });

  it('a date ahead of our clock is not passed on', async () => {
    const files = folder({ 'x.txt': 'x' });
    utimesSync(join(files, 'x.txt'), Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
    const future = new Microdot();
    future.get('/', () => sendFile('x.txt', { root: files }));
    const { headers } = await ask(future, '/');
    expect(Date.parse(headers.get('last-modified') as string)).toBeLessThanOrEqual(Date.now());
  });

  it.each(['1970-01-01T00:00:01Z', '1980-01-01T00:00:00Z', '1985-10-26T08:15:00Z'])(
    'the date %s, which archives give to all versions of a file, is not its version',
    async (date) => {
      const files = folder({ 'x.txt': 'x' });
      const path = join(files, 'x.txt');
      utimesSync(path, new Date(date), new Date(date));
      const archive = new Microdot();
      archive.get('/', () => sendFile('x.txt', { root: files }));
      const { headers } = await ask(archive, '/');
      expect(Date.parse(headers.get('last-modified') as string)).toBe(
        Math.floor(statSync(path).ctimeMs / 1000) * 1000,
      );
    },
  );
});

describe('of a file that has just changed', () => {
  it('the tag is weak: nothing that relies on every byte goes by it', async () => {
    const fresh = new Microdot();
    const path = folder({ 'x.txt': 'Hello, World!' });
    fresh.get('/', () => sendFile('x.txt', { root: path }));
    const clock = jest.spyOn(Date, 'now').mockReturnValue(statSync(join(path, 'x.txt')).ctimeMs + 1);
    const { headers } = await ask(fresh, '/');
    const tag = headers.get('etag') as string;
    const date = headers.get('last-modified') as string;
    expect(tag).toMatch(/^W\/"[^"]+"$/);
    const status = async (asked: Record<string, string>): Promise<number> =>
      (await ask(fresh, '/', { headers: asked })).status;
    expect(await status({ 'If-None-Match': tag })).toBe(304);
    expect(await status({ 'If-Match': tag })).toBe(412);
    expect(await status({ Range: 'bytes=0-4', 'If-Range': tag })).toBe(200);
    expect(await status({ Range: 'bytes=0-4', 'If-Range': date })).toBe(200);
    expect(await status({ Range: 'bytes=0-4' })).toBe(206);
    clock.mockRestore();
  });

  it('the tag is strong once its next change would show', async () => {
    const path = folder({ 'x.txt': 'Hello, World!' });
    const app = new Microdot();
    app.get('/', () => sendFile('x.txt', { root: path }));
    const clock = jest.spyOn(Date, 'now').mockReturnValue(statSync(join(path, 'x.txt')).ctimeMs + 2001);
    const tag = (await ask(app, '/')).headers.get('etag') as string;
    expect(tag).toMatch(/^"[^"]+"$/);
    const part = await ask(app, '/', { headers: { Range: 'bytes=0-4', 'If-Range': tag } });
    expect(part).toMatchObject({ status: 206, text: 'Hello' });
    clock.mockRestore();
  });
});
