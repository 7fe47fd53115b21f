import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { FileUpload, FormDataIter, type FormDataRequest } from '@microdot/multipart';
import { TestClient } from '@microdot/test-client';
import { field, file, form, HEADERS, pieces } from './form.ts';

type Entry =
  | [name: string, value: string]
  | [name: string, filename: string, type: string | undefined, text: string];

async function entries(request: FormDataRequest): Promise<Entry[]> {
  const list: Entry[] = [];
  for await (const [name, value] of new FormDataIter(request)) {
    if (value instanceof FileUpload) {
      list.push([name, value.filename, value.contentType, Buffer.from(await value.read()).toString()]);
    } else {
      list.push([name, value]);
    }
  }
  return list;
}

const app = new Microdot({ maxContentLength: 1_000_000, logger: { info() {}, error() {} } });
app.post('/', async (request) => ({ entries: await entries(request) }));
const client = new TestClient(app);

async function post(body: string | Uint8Array, headers: Record<string, string> = HEADERS): Promise<unknown> {
  const response = await client.post('/', { headers, body });
  return response.statusCode === 200 ? (response.json as { entries: unknown }).entries : response.statusCode;
}

function disposition(parameters: string): string {
  return `--B\r\nContent-Disposition: form-data; ${parameters}\r\n\r\nx\r\n--B--\r\n`;
}

describe('FormDataIter', () => {
  it('gives fields and files in their order', async () => {
    const body = form(
      field('a', '1'),
      file('f', 'x.txt', 'text\r\n--\r\n'),
      field('a', 'é€'),
      file('g', '', ''),
    );
    expect(await post(body)).toEqual([
      ['a', '1'],
      ['f', 'x.txt', 'text/plain', 'text\r\n--\r\n'],
      ['a', 'é€'],
      ['g', '', 'text/plain', ''],
    ]);
  });

  it('gives the same wherever the network has cut the body', async () => {
    const body = Buffer.concat([
      Buffer.from('a preamble\r\n'),
      form(
        ['Content-Disposition: form-data; name="a"\r\nX-A:  1\r\nx-b:2', '1'],
        file('f', 'ü.txt', '\r\n--\r\n-B\r\r\n--\n'),
        field('empty', ''),
      ),
      Buffer.from('an epilogue'),
    ]);
    const ask = (chunks: AsyncIterable<Uint8Array>): Promise<Entry[]> =>
      entries({ app, contentLength: body.length, contentType: HEADERS['Content-Type'], stream: chunks });
    const whole = await ask(pieces(body, body.length));
    expect(whole).toEqual([
      ['a', '1'],
      ['f', 'ü.txt', 'text/plain', '\r\n--\r\n-B\r\r\n--\n'],
      ['empty', ''],
    ]);
    for (let i = 1; i < body.length; i++) {
      const cut = (async function* () {
        yield body.subarray(0, i);
        yield body.subarray(i);
      })();
      expect(await ask(cut)).toEqual(whole);
    }
    for (const size of [1, 2, 3, 5, 7]) expect(await ask(pieces(body, size))).toEqual(whole);
  });

  it('has nothing for a request that is no multipart form', async () => {
    expect(await post('a=1', { 'Content-Type': 'application/x-www-form-urlencoded' })).toEqual([]);
    expect(await post('{}', { 'Content-Type': 'application/json' })).toEqual([]);
    expect(await post('')).toBe(400);
  });

  it('takes spaces behind a boundary (RFC 2046 5.1.1)', async () => {
    const body = form(field('a', '1'), field('b', '2')).toString().replaceAll('--B\r\n', '--B \t\r\n');
    expect(await post(body)).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('takes a boundary in quotes, and beside other parameters', async () => {
    const body = form(field('a', '1'));
    for (const type of [
      'multipart/form-data; boundary="B"',
      'Multipart/Form-Data;charset=utf-8 ; Boundary=B;',
    ]) {
      expect(await post(body, { 'Content-Type': type })).toEqual([['a', '1']]);
    }
  });

  it.each([
    ['name=token', 'token'],
    ['name="a;b=c"', 'a;b=c'],
    ['name="日本語"', '日本語'],
    ['name="a\\"b\\\\c"', 'a"b\\c'],
    ['name="%22"', '%22'],
    ['name=""', ''],
    ['NAME="a";', 'a'],
    ['name="__proto__"', '__proto__'],
  ])('reads %s', async (parameters, name) => {
    expect(await post(disposition(parameters))).toEqual([[name, 'x']]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
    ['/etc/', ''],
    ['..', ''],
    ['a/..', ''],
    ['a\0b\x07.txt', undefined],
    ['a\tb.txt', 'ab.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['日本語 😀.txt', '日本語 😀.txt'],
    ['.htaccess', '.htaccess'],
  ])('leaves of the file name %j no path and no control character', async (sent, filename) => {
    const answer = await post(disposition(`name="f"; filename="${sent}"`));
    expect(answer).toEqual(filename === undefined ? 400 : [['f', filename, null, 'x']]);
  });

  it('skips what nobody reads of a file, and takes a file that was passed for gone', async () => {
    const body = form(file('f', 'a', 'x'.repeat(300_000)), field('a', '1'), file('g', 'b', 'yz'));
    const request = {
      app,
      contentLength: 0,
      contentType: HEADERS['Content-Type'],
      stream: pieces(body, 1000),
    };
    const iterator = new FormDataIter(request);
    const passed = (await iterator.next()).value?.[1] as FileUpload;
    expect(Buffer.from(await passed.read(2)).toString()).toBe('xx');
    expect((await iterator.next()).value).toEqual(['a', '1']);
    await expect(passed.read()).rejects.toMatchObject({ code: 'FILE_SKIPPED' });
    const last = (await iterator.next()).value?.[1] as FileUpload;
    expect(Buffer.from(await last.read(1)).toString()).toBe('y');
    expect(Buffer.from(await last.read()).toString()).toBe('z');
    expect(await last.read()).toHaveLength(0);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it('takes no more from the network than it is asked for', async () => {
    const body = form(field('a', '1'), file('f', 'x', 'x'.repeat(100_000)));
    let taken = 0;
    const stream = (async function* () {
      for await (const piece of pieces(body, 1000)) {
        taken += piece.length;
        yield piece;
      }
    })();
    const iterator = new FormDataIter({
      app,
      contentLength: 0,
      contentType: HEADERS['Content-Type'],
      stream,
    });
    await iterator.next();
    const upload = (await iterator.next()).value?.[1] as FileUpload;
    await upload.read(5000);
    expect(taken).toBeLessThan(7000);
  });
});
