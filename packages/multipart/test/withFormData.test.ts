import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { abort, Microdot, type MultiDict } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import { field, file, form, HEADERS, pieces } from './form.ts';
import { temporary } from './temporary.ts';

const { FileUpload, fileList, withFormData } = await import('@microdot/multipart');

function application(): Microdot {
  return new Microdot({ maxContentLength: 1_000_000, logger: { info() {}, error() {} } });
}

const LARGE = 'x'.repeat(100_000);
const LARGE_FORM = form(
  file('small', 's', 'abc'),
  file('a', 'a.txt', LARGE),
  file('b', 'b.txt', LARGE),
  field('c', '1'),
);

async function tempFiles(): Promise<number> {
  return (await readdir(temporary)).length;
}

describe('withFormData', () => {
  it('fills form and files', async () => {
    const app = application();
    app.post(
      '/people/<int:id>',
      withFormData(async ({ form, files }, { id }) => ({
        id,
        form,
        photo: [files?.photo?.filename, files?.photo?.contentType, files?.photo?.size],
        text: Buffer.from((await files?.photo?.read()) ?? []).toString(),
      })),
    );
    const body = form(
      field('name', 'Zoë'),
      file('photo', 'me.txt', 'abc'),
      field('tag', '1'),
      field('tag', '2'),
    );
    const response = await new TestClient(app).post('/people/7', { headers: HEADERS, body });
    expect(response.json).toEqual({
      id: 7,
      form: { name: ['Zoë'], tag: ['1', '2'] },
      photo: ['me.txt', 'text/plain', 3],
      text: 'abc',
    });
  });

  it('keeps all files of one name, the first of them in files', async () => {
    const app = application();
    app.post(
      '/',
      withFormData((request) => ({
        first: request.files?.f?.filename,
        all: fileList(request, 'f').map(({ filename }) => filename),
        none: fileList(request, 'g'),
      })),
    );
    const body = form(file('f', 'a', '1'), file('f', 'b', '2'), file('f', 'c', '3'));
    const response = await new TestClient(app).post('/', { headers: HEADERS, body });
    expect(response.json).toEqual({ first: 'a', all: ['a', 'b', 'c'], none: [] });
  });

  it('reads what a browser sends: the FormData of the platform', async () => {
    const app = application();
    app.post(
      '/',
      withFormData(({ form, files = {} }) => ({
        form,
        files: Object.entries(files).map(([name, { filename, size }]) => [name, filename, size]),
      })),
    );
    const data = new FormData();
    data.append('text', 'a\r\nb "é"');
    data.append('file', new Blob([LARGE]), 'naïve "file".txt');
    const response = await new TestClient(app).post('/', { body: data });
    expect(response.json).toEqual({
      form: { text: ['a\r\nb "é"'] },
      files: [['file', 'naïve %22file%22.txt', 100_000]],
    });
  });

  it('leaves other requests to core', async () => {
    const app = application();
    app.post(
      '/',
      withFormData(({ form, files }) => ({ form, files: files ?? null })),
    );
    app.get(
      '/',
      withFormData(({ form, files }) => ({ form: form ?? null, files: files ?? null })),
    );
    const client = new TestClient(app);
    expect((await client.post('/', { form: { a: '1' } })).json).toEqual({ form: { a: ['1'] }, files: null });
    expect((await client.get('/')).json).toEqual({ form: null, files: null });
    const empty = await client.post('/', { headers: HEADERS, body: '--B--\r\n' });
    expect(empty.json).toEqual({ form: {}, files: {} });
  });

  it('stays synchronous where there is no multipart form', () => {
    const handler = withFormData(() => 'at once');
    expect(handler({ contentType: undefined } as never, {})).toBe('at once');
  });
});

describe('temporary files are removed', () => {
  it.each<[string, number, () => unknown]>([
    ['when the handler is done', 200, () => 'ok'],
    ['when it was asynchronous', 200, async () => 'ok'],
    [
      'when the handler threw',
      500,
      () => {
        throw new Error('oops');
      },
    ],
    ['when it rejected', 500, async () => Promise.reject(new Error('oops'))],
    ['when it aborted', 418, () => abort(418)],
  ])('%s', async (_, status, handle) => {
    const app = application();
    let during = 0;
    app.post(
      '/',
      withFormData(async ({ files }) => {
        during = await tempFiles();
        // In the middle of one of them.
        await files?.a?.read(10);
        return handle() as string;
      }),
    );
    const response = await new TestClient(app).post('/', { headers: HEADERS, body: LARGE_FORM });
    expect([response.statusCode, during]).toEqual([status, 2]);
    expect(await tempFiles()).toBe(0);
  });

  it.each<[string, number, () => AsyncGenerator<Uint8Array>]>([
    [
      'when the client leaves midway',
      500,
      async function* () {
        yield* pieces(LARGE_FORM.subarray(0, 150_000), 10_000);
        expect(await tempFiles()).toBe(2);
        throw new Error('the client has left');
      },
    ],
    ['when the form ends early', 400, () => pieces(LARGE_FORM.subarray(0, 150_000), 10_000)],
    [
      'when it is malformed',
      400,
      () => pieces(Buffer.concat([LARGE_FORM.subarray(0, 150_000), Buffer.from('\r\n--B\r\n\r\n')]), 10_000),
    ],
    [
      'when a limit is exceeded',
      413,
      () => pieces(form(file('a', 'a', LARGE), file('b', 'b', LARGE + LARGE)), 10_000),
    ],
  ])('%s', async (_, status, body) => {
    const app = application();
    let isHandled = false;
    app.post(
      '/',
      withFormData({ maxFileSize: 150_000 }, () => {
        isHandled = true;
      }),
    );
    const answered = new TestClient(app).post('/', { headers: HEADERS, body: body() });
    const statusCode = await answered.then(
      (response) => response.statusCode,
      () => 500,
    );
    expect([statusCode, isHandled]).toEqual([status, false]);
    expect(await tempFiles()).toBe(0);
  });

  it('a response that would read them afterwards fails, small files and large ones alike', async () => {
    const app = application();
    app.post(
      '/',
      withFormData(({ files }) => files?.f?.[Symbol.asyncIterator]()),
    );
    for (const text of ['abc', LARGE]) {
      const body = form(file('f', 'f', text));
      const answered = new TestClient(app).post('/', { headers: HEADERS, body });
      await expect(answered).rejects.toMatchObject({ code: 'BODY_FAILED' });
    }
  });

  it('maxMemorySize says from which size on there is one', async () => {
    const app = application();
    app.post(
      '/',
      withFormData({ maxMemorySize: 2 }, async () => ({ count: await tempFiles() })),
    );
    const response = await new TestClient(app).post('/', { headers: HEADERS, body: LARGE_FORM });
    expect(response.json).toEqual({ count: 3 });
  });
});

describe('types', () => {
  it('infers the URL arguments of the route, and g', () => {
    const app = new Microdot<{ user: string }>();
    app.post(
      '/x/<int:id>/<name>',
      withFormData((request, { id, name }) => {
        const number: number = id;
        const user: string = request.g.user;
        const form: MultiDict | undefined = request.form;
        const file: InstanceType<typeof FileUpload> | undefined = request.files?.photo;
        // @ts-expect-error: it is a number
        const text: string = id;
        // @ts-expect-error: files are there only where the form was one of files
        const sure = () => request.files.photo;
        return { number, user, form, file, text, sure: sure.name, name: name.length };
      }),
    );
    app.post(
      '/x',
      // @ts-expect-error: not an option
      withFormData({ maxFile: 1 }, () => ''),
    );
    app.post(
      '/y',
      // @ts-expect-error: the route has no such argument
      withFormData((_, { id }) => id),
    );
    expect(FileUpload).toBeDefined();
  });
});
