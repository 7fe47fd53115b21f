import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, Response, type SendFileOptions, sendFile } from '@microdot/core';
import { ask, requestTo } from './ask.ts';
import { folder, letFilesRest, noise } from './folder.ts';

const LARGE = noise(300_000);
const root = folder({
  'hello.txt': 'Hello, World!',
  'page.html': '<p>é',
  'large.bin': LARGE,
  'empty.txt': '',
  'style.css.gz': 'gzipped',
  'archive.tar.gz': 'gzipped too',
  'notes.md': '# Notes',
  'no-extension': 'x',
  'a dir/100%.txt': 'percent',
});

beforeEach(letFilesRest);
afterEach(() => void jest.restoreAllMocks());

function serving(filename: string, options: SendFileOptions = {}): Microdot {
  const app = new Microdot();
  app.route('/', { methods: ['GET', 'POST'] }, () => sendFile(filename, { root, ...options }));
  return app;
}

describe('sends', () => {
  it('a small file, with all that a cache wants to know', async () => {
    const app = serving('hello.txt');
    for (const _ of ['from the disk', 'from memory']) {
      const answer = await ask(app, '/');
      expect([answer.status, answer.text]).toEqual([200, 'Hello, World!']);
      expect(Object.fromEntries(answer.headers)).toEqual({
        'content-type': 'text/plain',
        'content-length': '13',
        etag: expect.stringMatching(/^"[0-9a-z]+-[0-9a-z]+"$/),
        'last-modified': expect.stringMatching(/ GMT$/),
        'accept-ranges': 'bytes',
      });
    }
  });

  it('a large file in pieces of Response.sendFileBufferSize', async () => {
    const { headers, bytes } = await ask(serving('large.bin'), '/');
    expect(headers.get('content-length')).toBe('300000');
    expect(Buffer.compare(bytes, LARGE)).toBe(0);

    const app = serving('large.bin');
    const lengths: number[] = [];
    const pieces = (await app.dispatchRequest(requestTo(app, '/'))).body as AsyncIterable<Uint8Array>;
    for await (const piece of pieces) lengths.push(piece.length);
    expect(lengths).toEqual([65536, 65536, 65536, 65536, 300_000 - 4 * 65536]);
  });

  it.each(['empty.txt', 'a dir/100%.txt', './hello.txt'])('%s', async (name) => {
    expect((await ask(serving(name), '/')).status).toBe(200);
  });

  it('an empty file', async () => {
    const { headers, bytes } = await ask(serving('empty.txt'), '/');
    expect([headers.get('content-length'), bytes.length]).toEqual(['0', 0]);
  });

  it('a file by its path alone, where there is no root', async () => {
    const app = new Microdot();
    app.get('/', () => sendFile(join(root, 'hello.txt')));
    expect((await ask(app, '/')).text).toBe('Hello, World!');
  });

  it('a file from a root that is a symlink', async () => {
    const links = folder();
    symlinkSync(root, join(links, 'current'));
    expect((await ask(serving('hello.txt', { root: join(links, 'current') }), '/')).text).toBe(
      'Hello, World!',
    );
  });

  it('the head alone to HEAD, of small and large files, cached or not', async () => {
    const files = folder({ 'small.txt': 'small', 'large.txt': LARGE });
    for (const name of ['small.txt', 'small.txt', 'large.txt']) {
      const app = serving(name, { root: files });
      const head = await ask(app, '/', { method: 'HEAD' });
      const get = await ask(app, '/');
      expect(head.response.body).toBe('');
      expect([head.status, ...head.headers]).toEqual([get.status, ...get.headers]);
    }
  });

  it('the same response for every request', async () => {
    const constant = sendFile('hello.txt', { root });
    const app = new Microdot();
    app.get('/', () => constant);
    app.afterRequest((_, response) => response.setCookie('seen', '1'));
    const first = await ask(app, '/');
    const etag = first.headers.get('etag') as string;
    const notModified = await ask(app, '/', { headers: { 'If-None-Match': etag } });
    const part = await ask(app, '/', { headers: { Range: 'bytes=0-4' } });
    const last = await ask(app, '/');
    expect(
      [first, notModified, part, last].map(({ status, text, setCookies }) => [status, text, setCookies]),
    ).toEqual([
      [200, 'Hello, World!', ['seen=1']],
      [304, '', ['seen=1']],
      [206, 'Hello', ['seen=1']],
      [200, 'Hello, World!', ['seen=1']],
    ]);
  });

  it('what a before-request handler returns', async () => {
    const app = serving('large.bin');
    app.beforeRequest(() => sendFile('hello.txt', { root }));
    expect((await ask(app, '/')).text).toBe('Hello, World!');
  });

  it('a stream in the place of the file', async () => {
    const { headers, text } = await ask(serving('no-such.html', { stream: ['a', 'b'] }), '/');
    expect([headers.get('content-type'), text]).toEqual(['text/html', 'ab']);
  });
});

describe('says', () => {
  it.each<[string, SendFileOptions, string]>([
    ['hello.txt', {}, 'text/plain'],
    ['page.html', {}, 'text/html'],
    ['notes.md', {}, 'text/markdown; charset=UTF-8'],
    ['no-extension', {}, 'application/octet-stream'],
    ['archive.tar.gz', {}, 'application/gzip'],
    ['style.css.gz', { compressed: true }, 'text/css'],
    ['style.css', { compressed: 'gzip', fileExtension: '.gz' }, 'text/css'],
    ['page.html', { contentType: 'text/x-page' }, 'text/x-page'],
  ])('the content type of %s %j', async (name, options, type) => {
    expect((await ask(serving(name, options), '/')).headers.get('content-type')).toBe(type);
  });

  it('how a file was compressed beforehand', async () => {
    const { headers, text } = await ask(
      serving('style.css', { compressed: true, fileExtension: '.gz' }),
      '/',
    );
    expect([headers.get('content-encoding'), headers.get('content-length'), text]).toEqual([
      'gzip',
      '7',
      'gzipped',
    ]);
  });

  it('how long a file is good', async () => {
    const { headers } = await ask(serving('hello.txt', { maxAge: 0 }), '/');
    expect(headers.get('cache-control')).toBe('max-age=0');
  });

  it('what the application has set, cookies included', async () => {
    const app = new Microdot();
    app.get('/', () => {
      const response = sendFile('hello.txt', { root });
      response.setCookie('a', '1');
      response.setCookie('b', '2');
      response.headers.set('ETag', '"v1"');
      response.headers.set('Last-Modified', 'Sun, 06 Nov 1994 08:49:37 GMT');
      response.headers.set('Content-Type', 'text/x-mine');
      return response;
    });
    const { headers, setCookies } = await ask(app, '/');
    expect(setCookies).toEqual(['a=1', 'b=2']);
    expect(['etag', 'last-modified', 'content-type'].map((name) => headers.get(name))).toEqual([
      '"v1"',
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'text/x-mine',
    ]);
    expect((await ask(app, '/', { headers: { 'If-None-Match': '"v1"' } })).status).toBe(304);
  });

  it.each<[string, number]>([
    ['POST', 200],
    ['GET', 203],
    ['GET', 404],
  ])('nothing of versions and ranges to %s with %i', async (method, statusCode) => {
    const headers = {
      Range: 'bytes=0-0',
      'If-None-Match': '*',
      'If-Modified-Since': new Date().toUTCString(),
    };
    const answer = await ask(serving('hello.txt', { statusCode }), '/', { method, headers });
    expect([answer.status, answer.text, ...answer.headers.keys()]).toEqual([
      statusCode,
      'Hello, World!',
      'content-type',
      'content-length',
    ]);
  });
});

describe('is not found', () => {
  it.each(['missing.txt', '', '.', 'a dir', 'a dir/', 'hello.txt/', 'hello.txt/x', 'x'.repeat(300)])(
    '%j',
    async (name) => {
      const answer = await ask(serving(name), '/');
      expect([answer.status, answer.text]).toEqual([404, 'Not found']);
    },
  );

  it('in a root that does not exist', async () => {
    expect((await ask(serving('hello.txt', { root: join(root, 'nowhere') }), '/')).status).toBe(404);
  });

  it('a loop of symlinks', async () => {
    const files = folder();
    symlinkSync('loop', join(files, 'loop'));
    expect((await ask(serving('loop', { root: files }), '/')).status).toBe(404);
  });

  it('a FIFO that nobody writes to, which would be waited for', async () => {
    const files = folder();
    execFileSync('mkfifo', [join(files, 'fifo')]);
    expect((await ask(serving('fifo', { root: files }), '/')).status).toBe(404);
  });

  it('a socket', async () => {
    const files = folder();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(files, 'socket'), resolve));
    expect((await ask(serving('socket', { root: files }), '/')).status).toBe(404);
    server.close();
  });

  it('a device, which has no end', async () => {
    const app = new Microdot();
    app.get('/', () => sendFile('/dev/zero'));
    expect((await ask(app, '/')).status).toBe(404);
  });

  it('and the error handler of the application answers', async () => {
    const app = serving('missing.txt', { maxAge: 3600 });
    app.errorHandler(404, () => new Response('mine', 404));
    const { status, text, headers } = await ask(app, '/');
    expect([status, text, headers.get('cache-control')]).toEqual([404, 'mine', undefined]);
  });
});

it('tells the log, and not the client, of a file that may not be read', async () => {
  const files = folder({ 'secret.txt': 'secret' });
  chmodSync(files, 0);
  const logged: unknown[] = [];
  const app = new Microdot({ logger: { info() {}, error: (error) => void logged.push(error) } });
  app.get('/', () => sendFile('secret.txt', { root: files }));
  const { status, text } = await asNobody(() => ask(app, '/'));
  chmodSync(files, 0o700);
  expect([status, text]).toEqual([500, 'Internal server error']);
  expect(logged).toEqual([expect.objectContaining({ code: 'EACCES' })]);
});

/** Root may read everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const user = process.geteuid?.();
  if (user === 0) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (user === 0) process.seteuid?.(user);
  }
}

describe('is sent by', () => {
  const files = folder({ '404.html': '<h1>Nothing here</h1>', 'closed.html': 'closed' });
  const page = (name: string, statusCode: number): Response => sendFile(name, { root: files, statusCode });

  it('an error handler, for a status or for a class', async () => {
    const app = new Microdot();
    app.errorHandler(404, () => page('404.html', 404));
    app.errorHandler(RangeError, async () => page('closed.html', 503));
    app.get('/', () => {
      throw new RangeError();
    });
    expect(await ask(app, '/none')).toMatchObject({ status: 404, text: '<h1>Nothing here</h1>' });
    expect(await ask(app, '/')).toMatchObject({ status: 503, text: 'closed' });
  });

  it('hooks', async () => {
    const app = new Microdot();
    app.beforeRequest((request) => (request.args.has('closed') ? page('closed.html', 503) : undefined));
    app.afterRequest((request) => (request.args.has('after') ? page('closed.html', 200) : undefined));
    app.afterErrorRequest(() => page('404.html', 404));
    app.get('/', () => 'open');
    expect(await ask(app, '/?closed')).toMatchObject({ status: 503, text: 'closed' });
    expect(await ask(app, '/?after')).toMatchObject({ status: 200, text: 'closed' });
    expect(await ask(app, '/')).toMatchObject({ status: 200, text: 'open' });
    expect(await ask(app, '/none')).toMatchObject({ status: 404, text: '<h1>Nothing here</h1>' });
  });

  it('an error handler that has no such file, which is an error of its own', async () => {
    const errors: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => errors.push(error) } });
    app.errorHandler(404, () => page('none.html', 404));
    expect(await ask(app, '/none')).toMatchObject({ status: 500, text: 'Internal server error' });
    expect(errors).toHaveLength(1);
  });
});
