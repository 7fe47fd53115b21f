import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';

const folder = await mkdtemp(join(tmpdir(), 'drops-'));
process.env.UPLOADS = folder;
const { app } = await import('../src/app.ts');
const client = new TestClient(app);

afterEach(async () => {
  for (const file of await readdir(folder)) await rm(join(folder, file));
});

afterAll(() => rm(folder, { recursive: true }));

function drop(title: string, files: [name: string, content: string | Uint8Array<ArrayBuffer>][]): FormData {
  const form = new FormData();
  form.append('title', title);
  for (const [name, content] of files) form.append('files', new Blob([content]), name);
  return form;
}

it('keeps the files of a form, and gives them back under their own names', async () => {
  const body = drop('Holidays', [
    ['../über*.html', '<script>alert(1)</script>'],
    ['large.bin', new Uint8Array(20_000_000).fill(7)],
  ]);
  const response = await client.post('/drops', { body });
  expect([response.statusCode, response.headers.get('Location')]).toEqual([303, '/drops']);

  const [{ title, files }] = (await client.get('/drops')).json as [
    { title: string; files: Record<string, string> },
  ];
  expect([title, Object.values(files)]).toEqual(['Holidays', ['über*.html', 'large.bin']]);
  expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort());

  const [page = '', large = ''] = Object.keys(files);
  const download = await client.get(`/files/${page}`);
  expect(download.text).toBe('<script>alert(1)</script>');
  expect(download.headers.get('Content-Disposition')).toBe("attachment; filename*=UTF-8''%C3%BCber%2a.html");
  expect(download.headers.get('Content-Type')).toBe('application/octet-stream');
  expect((await client.get(`/files/${large}`)).body).toHaveLength(20_000_000);
  expect((await client.get('/files/other')).statusCode).toBe(404);
});

it.each([
  ['no title', drop('', [['a', '1']]), 400],
  ['no file', drop('Nothing', []), 400],
  ['eleven files', drop('Many', Array(11).fill(['a', '1'])), 413],
  ['101 MB', drop('Large', [['a', new Uint8Array(101 * 1024 * 1024)]]), 413],
])('takes no form with %s, and keeps nothing of it', async (_, body, status) => {
  expect((await client.post('/drops', { body })).statusCode).toBe(status);
  expect(await readdir(folder)).toEqual([]);
});

it('has a page with the form', async () => {
  expect((await client.get('/')).text).toContain('enctype="multipart/form-data"');
});
