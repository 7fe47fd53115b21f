import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { type FormDataOptions, withFormData } from '@microdot/multipart';
import { TestClient } from '@microdot/test-client';
import { field, file, form, HEADERS, type Part, pieces } from './form.ts';

/** Status and reason of what a form is answered with. */
async function answer(
  body: string | Uint8Array | AsyncIterable<Uint8Array>,
  options?: FormDataOptions,
  contentType = HEADERS['Content-Type'],
): Promise<string> {
  const app = new Microdot({ maxContentLength: 10_000_000, logger: { info() {}, error() {} } });
  app.post(
    '/',
    withFormData(options ?? {}, ({ form }) => form?.toJSON() ?? {}),
  );
  const response = await new TestClient(app).post('/', { headers: { 'Content-Type': contentType }, body });
  return `${response.statusCode} ${response.text}`;
}

function many(count: number, part: (i: number) => Part): Buffer {
  return form(...Array.from({ length: count }, (_, i) => part(i)));
}

describe('a form beyond a limit', () => {
  it.each<[string, Uint8Array, FormDataOptions | undefined, string]>([
    [
      '10,000 parts',
      many(10_000, () => field('a', '1')),
      { maxFields: 20_000 },
      'More than 1000 parts (maxParts)',
    ],
    [
      '1001 fields',
      many(1001, () => field('a', '1')),
      { maxParts: 2000 },
      'More than 1000 fields (maxFields)',
    ],
    ['101 files', many(101, () => file('f', '', '')), undefined, 'More than 100 files (maxFiles)'],
    [
      'an endless part header',
      Buffer.from(`--B\r\nX-A: ${'a'.repeat(1_000_000)}`),
      undefined,
      'The header of a part exceeds 8192 bytes (maxHeaderSize)',
    ],
    [
      'an endless name of a part header',
      Buffer.from(`--B\r\n${'a'.repeat(1_000_000)}`),
      { maxHeaderSize: 16_384 },
      'The header of a part exceeds 16384 bytes (maxHeaderSize)',
    ],
    [
      'endless part header lines',
      Buffer.from(`--B\r\n${'X-A: a\r\n'.repeat(90)}X-B: ${'b'.repeat(500)}`),
      { maxHeaderSize: 1000 },
      'The header of a part exceeds 1000 bytes (maxHeaderSize)',
    ],
    [
      'a long field',
      form(field('a', 'x'.repeat(65_537))),
      undefined,
      'A field exceeds 65536 bytes (maxFieldSize)',
    ],
    [
      'long fields together',
      many(17, () => field('a', 'x'.repeat(65_000))),
      undefined,
      'What the fields hold together exceeds 1048576 bytes (maxFieldsSize)',
    ],
    [
      'long names together',
      many(900, (i) => field('n'.repeat(2000) + i, '')),
      undefined,
      'What the fields hold together exceeds 1048576 bytes (maxFieldsSize)',
    ],
    [
      'a large file',
      form(file('f', 'x', 'abcd')),
      { maxFileSize: 3 },
      'A file exceeds 3 bytes (maxFileSize)',
    ],
    ['a large form', form(field('a', '1')), { maxTotalSize: 20 }, 'The form exceeds 20 bytes (maxTotalSize)'],
  ])('%s: 413, which names the limit', async (_, body, options, reason) => {
    expect(await answer(body, options)).toBe(`413 ${reason}`);
    // And again where it comes in small pieces, of an unknown number.
    expect(await answer(pieces(body, 997), options)).toBe(`413 ${reason}`);
  });

  it.each<[string, Uint8Array, FormDataOptions]>([
    ['parts', form(field('a', '1'), file('f', '', '')), { maxParts: 2 }],
    ['fields and files', form(field('a', '1'), file('f', '', '')), { maxFields: 1, maxFiles: 1 }],
    [
      'sizes',
      form(field('a', '1234'), file('f', '', 'abc')),
      { maxFieldSize: 4, maxFieldsSize: 5, maxFileSize: 3 },
    ],
    [
      'header',
      Buffer.from('--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--'),
      { maxHeaderSize: 44 },
    ],
  ])('a limit is what is still allowed: %s', async (_, body, options) => {
    expect(await answer(body, options)).toMatch(/^200 /);
  });

  it('the whole body is bounded by the application, which has to be told otherwise', async () => {
    const app = new Microdot();
    app.post(
      '/',
      withFormData(() => 'ok'),
    );
    const body = form(file('f', 'x', 'x'.repeat(20_000)));
    expect((await new TestClient(app).post('/', { headers: HEADERS, body })).statusCode).toBe(413);
  });

  it.each<[FormDataOptions]>([
    [{ maxParts: -1 }],
    [{ maxFiles: Number.NaN }],
    [{ maxFileSize: '1 MB' as unknown as number }],
    [{ maxHeaderSize: 16_385 }],
  ])('an option that is no limit is refused when the route is built: %j', (options) => {
    expect(() => withFormData(options, () => '')).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining(Object.keys(options)[0] ?? ''),
      }),
    );
  });
});

describe('a malformed form', () => {
  const NAME = 'Content-Disposition: form-data; name="a"';
  it.each<[string, string | Uint8Array]>([
    ['a missing final boundary', `--B\r\n${NAME}\r\n\r\nx`],
    ['a missing final boundary behind a file', `--B\r\n${NAME}; filename="x"\r\n\r\nx\r\n`],
    ['an end within the final boundary', `--B\r\n${NAME}\r\n\r\nx\r\n--B`],
    ['an end behind one dash', `--B\r\n${NAME}\r\n\r\nx\r\n--B-`],
    ['an end within a header', '--B\r\nContent-Dispo'],
    ['nothing', ''],
    ['no boundary at all', 'hello'],
    ['a boundary that goes on', `--B\r\n${NAME}\r\n\r\nx\r\n--Bx\r\ny\r\n--B--\r\n`],
    ['dashes and more behind a boundary', `--B-x\r\n${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['a boundary without a part', `--B\r\n--B\r\n${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['a boundary within a header', `--B\r\nX-A: 1\r\n--B\r\n${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['a part without a header', '--B\r\n\r\nx\r\n--B--\r\n'],
    ['a header line without a colon', `--B\r\n${NAME}\r\nX\r\n\r\nx\r\n--B--\r\n`],
    ['a header line without a name', `--B\r\n: x\r\n${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['a header line that begins with a space', `--B\r\n ${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['a folded header line', '--B\r\nContent-Disposition: form-data;\r\n name="a"\r\n\r\nx\r\n--B--\r\n'],
    ['a control character in a header', `--B\r\n${NAME}\r\nX: \0\r\n\r\nx\r\n--B--\r\n`],
    ['101 header lines', `--B\r\n${'X: 1\r\n'.repeat(101)}${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['lines that end without CR', `--B\n${NAME}\n\nx\n--B--\n`],
    ['no Content-Disposition', '--B\r\nX: 1\r\n\r\nx\r\n--B--\r\n'],
    ['another Content-Disposition', '--B\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--B--\r\n'],
    ['two of them', `--B\r\n${NAME}\r\n${NAME}\r\n\r\nx\r\n--B--\r\n`],
    ['no name', '--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n'],
    ['two names', `--B\r\n${NAME}; name="b"\r\n\r\nx\r\n--B--\r\n`],
    ['two file names', `--B\r\n${NAME}; filename=a; FileName=b\r\n\r\nx\r\n--B--\r\n`],
    ['filename* alone', `--B\r\n${NAME}; filename*=UTF-8''%zz\r\n\r\nx\r\n--B--\r\n`],
    ['a quote that stays open', '--B\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--B--\r\n'],
    ['a value that is not UTF-8', Buffer.from(`--B\r\n${NAME}\r\n\r\n\xff\r\n--B--\r\n`, 'latin1')],
  ])('%s: 400', async (_, body) => {
    expect(await answer(body)).toMatch(/^400 Malformed form: \S/);
    expect(await answer(pieces(Buffer.from(body as string), 3))).toMatch(/^400 Malformed form: \S/);
  });

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${'B'.repeat(71)}`,
    'multipart/form-data; boundary=A; boundary=B',
  ])('without one boundary, %s: 400', async (contentType) => {
    expect(await answer(form(field('a', '1')), {}, contentType)).toMatch(/^400 Malformed form: \S/);
  });

  it('parameters that make a regular expression work hard are read in one go', async () => {
    for (const evil of ['a="\\', '; a=', ';'.repeat(3), ' ', '\\"', 'a=";']) {
      const body = `--B\r\n${'Content-Disposition: form-data; name="a"'}${evil.repeat(8000 / evil.length)}\r\n\r\nx\r\n--B--\r\n`;
      expect(await answer(body)).toMatch(/^(400|200) /);
    }
  });
});

describe('names that mean something to objects', () => {
  it('__proto__, constructor and the like are fields and files like any other', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const app = new Microdot();
    app.post(
      '/',
      withFormData(({ form, files = {} }) => ({
        fields: [...(form?.keys() ?? [])],
        files: Object.keys(files),
        isPlain: Object.getPrototypeOf(files) === null,
        stranger: 'valueOf' in files,
      })),
    );
    const body = form(...names.map((name) => field(name, '1')), ...names.map((name) => file(name, 'x', '1')));
    const response = await new TestClient(app).post('/', { headers: HEADERS, body });
    expect(response.json).toEqual({ fields: names, files: names, isPlain: true, stranger: false });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
