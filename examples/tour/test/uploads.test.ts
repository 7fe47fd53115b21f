import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
const { app } = await import('../src/app.ts');
const { UPLOAD_LIMITS, UploadStore } = await import('../src/uploadStore.ts');
app.logger = { info: () => {}, error: () => {} };

const files = join(folder, 'uploads');
afterAll(() => rm(folder, { recursive: true }));

const client = new TestClient(app, { host: 'tour.example' });

function formOf(...sent: [name: string, content: string | Uint8Array][]): FormData {
  const form = new FormData();
  for (const [name, content] of sent) form.append('files', new Blob([content as string]), name);
  return form;
}

const links = (text = '') =>
  [...text.matchAll(/href="(\/uploads\/[^"]+)"/g)].map(([, path]) => path as string);

describe('an upload', () => {
  it('is listed with its size, and is there to be saved', async () => {
    const form = formOf(['<b>.html', '<script>alert(1)</script>'], ['größe.bin', new Uint8Array(2048)]);
    const sent = await client.post('/uploads', { body: form });
    expect([sent.statusCode, sent.headers.get('Location')]).toEqual([303, '/uploads#files']);
    const { text } = await client.get('/uploads');
    expect(text).toContain('2 files');
    expect(text).toMatch(/<bdi>&lt;b&gt;\.html<\/bdi><\/a> <span>25 bytes<\/span>/);
    expect(text).toMatch(/<bdi>größe\.bin<\/bdi><\/a> <span>2\.0 KB<\/span>/);
    const [page, bytes] = links(text);
    const saved = await client.get(page as string);
    expect(saved.text).toBe('<script>alert(1)</script>');
    // It must not run as a page of ours.
    expect(saved.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(saved.headers.get('Content-Disposition')).toBe("attachment; filename*=UTF-8''%3Cb%3E.html");
    expect((await client.get(bytes as string)).headers.get('Content-Disposition')).toContain(
      'gr%C3%B6%C3%9Fe.bin',
    );
  });

  it('keeps no name that a client has chosen, and no path (directory traversal)', async () => {
    await client.post('/uploads', { body: formOf(['../../evil.ts', 'x'], ['.htaccess', 'x']) });
    for (const name of await readdir(files)) expect(name).toMatch(/^[\da-f-]{36}$/);
    for (const path of ['/uploads/..%2fusers.json', '/uploads/uploads.json', '/uploads/__proto__']) {
      expect((await client.get(path)).statusCode).toBe(404);
    }
  });

  it('wants a file', async () => {
    for (const body of [formOf(['', '']), new FormData(), 'x']) {
      const response = await client.post('/uploads', { body });
      expect(response.statusCode).toBe(422);
      expect(response.text).toContain('Choose a file first.');
    }
  });

  it('of too many files leaves none of them', async () => {
    const before = await readdir(files);
    const many = Array.from(
      { length: UPLOAD_LIMITS.filesAtOnce + 1 },
      (_, i) => [`${i}`, 'x'] as [string, string],
    );
    expect((await client.post('/uploads', { body: formOf(...many) })).statusCode).toBe(413);
    expect(await readdir(files)).toEqual(before);
  });

  it('that breaks off leaves nothing', async () => {
    const before = await readdir(files);
    async function* body() {
      yield new TextEncoder().encode(
        '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nhalf of it',
      );
      throw new Error('gone');
    }
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' };
    await expect(client.post('/uploads', { body: body(), headers })).rejects.toThrow('gone');
    expect(await readdir(files)).toEqual(before);
  });

  it('is no reason for other forms to be larger', async () => {
    const response = await client.post('/guestbook', { form: { name: 'Ada', message: 'x'.repeat(20_000) } });
    expect(response.statusCode).toBe(413);
  });
});

describe('the store', () => {
  const store = new UploadStore(join(folder, 'store'), join(folder, 'store.json'));
  let count = 0;

  beforeEach(async () => {
    await rm(store.folder, { recursive: true, force: true });
    await store.prepare();
  });

  async function save(): Promise<string> {
    const id = `file-${count++}`;
    await writeFile(join(store.folder, id), 'x');
    await store.add([{ id, name: id }]);
    return id;
  }

  it('deletes the oldest where there are too many', async () => {
    const ids: string[] = [];
    for (let i = 0; i < UPLOAD_LIMITS.files + 2; i++) ids.push(await save());
    expect((await store.list()).map(({ id }) => id)).toEqual(ids.slice(2).reverse());
    expect((await readdir(store.folder)).sort()).toEqual(ids.slice(2).sort());
  });

  it('deletes what is an hour old, and what nobody knows of', async () => {
    const list = join(folder, 'old.json');
    const sentAt = new Date(Date.now() - UPLOAD_LIMITS.age - 1000);
    await writeFile(
      list,
      JSON.stringify([{ id: 'old', name: 'old', size: 1, sentAt: sentAt.toISOString() }]),
    );
    for (const id of ['old', 'stray', 'coming']) await writeFile(join(store.folder, id), 'x');
    await utimes(join(store.folder, 'stray'), sentAt, sentAt);
    const restarted = new UploadStore(store.folder, list);
    expect(await restarted.list()).toEqual([]);
    // One that is still on its way stays.
    expect(await readdir(store.folder)).toEqual(['coming']);
    expect(await readFile(list, 'utf8')).toBe('[]');
  });
});
