import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { check, type Draft, EntryStore, LIMITS } from '../src/entries.ts';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
const file = join(folder, 'data', 'guestbook.json');
const hello: Draft = { name: 'Ada', message: 'Hello' };

beforeEach(() => rm(join(folder, 'data'), { recursive: true, force: true }));
afterAll(() => rm(folder, { recursive: true }));

describe('the store', () => {
  it('is empty before there is a file', async () => {
    expect(await new EntryStore(file).list()).toEqual([]);
  });

  it('keeps entries over a restart, the newest first', async () => {
    const store = new EntryStore(file);
    await store.add(hello);
    await store.add({ name: 'Grace', message: 'Hi' });
    const list = await new EntryStore(file).list();
    expect(list.map(({ id, name }) => [id, name])).toEqual([
      [2, 'Grace'],
      [1, 'Ada'],
    ]);
  });

  it('loses none of a hundred entries that come at once', async () => {
    const store = new EntryStore(file);
    const added = await Promise.all(
      Array.from({ length: 100 }, (_, i) => store.add({ ...hello, message: `${i}` })),
    );
    expect(new Set(added.map(({ id }) => id)).size).toBe(100);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(100);
    expect(await readdir(join(folder, 'data'))).toEqual(['guestbook.json']);
  });

  it('forgets the oldest beyond its bound, and never gives a number twice', async () => {
    const store = new EntryStore(file);
    for (let i = 0; i < LIMITS.entries + 3; i++) await store.add(hello);
    const list = await store.list();
    expect(list).toHaveLength(LIMITS.entries);
    expect([list[0]?.id, list.at(-1)?.id]).toEqual([LIMITS.entries + 3, 4]);
  });

  it('does not write over a file that it cannot read, and goes on once that is mended', async () => {
    const store = new EntryStore(file);
    await store.add(hello);
    await writeFile(file, '[{"id": 1, "na');
    const restarted = new EntryStore(file);
    await expect(restarted.add(hello)).rejects.toThrow(SyntaxError);
    expect(await readFile(file, 'utf8')).toBe('[{"id": 1, "na');
    await writeFile(file, '[]');
    expect(await restarted.add(hello)).toMatchObject({ id: 1, name: 'Ada' });
  });
});

describe('the check', () => {
  const checked = (name: unknown, message: unknown) => check((field) => ({ name, message })[field]);

  it('trims, and takes line ends as browsers send them', () => {
    expect(checked(' Ada\n Lovelace ', '\r\nOne\r\nTwo\n\n\n\nThree \n')).toEqual({
      draft: { name: 'Ada Lovelace', message: 'One\nTwo\n\nThree' },
    });
  });

  it('takes as many characters as a browser counts', () => {
    const line = 'x'.repeat(LIMITS.message / 2 - 1);
    expect(checked('Ada', `${line}\r\n${line}x`).problems).toBeUndefined();
    expect(checked('A'.repeat(LIMITS.name), 'x'.repeat(LIMITS.message)).problems).toBeUndefined();
    expect(checked('A'.repeat(LIMITS.name + 2), 'x'.repeat(LIMITS.message + 1)).problems).toEqual({
      name: 'That is 2 characters too long.',
      message: 'That is 1 character too long.',
    });
  });

  it.each([undefined, null, 3, {}, ['Ada'], '', '   ', '\u200b\u2060', '\u0301'])('misses %p', (nothing) => {
    expect(Object.keys(checked(nothing, nothing).problems ?? {})).toEqual(['name', 'message']);
  });

  it('drops control characters and those that turn the text around', () => {
    const { draft } = checked('A\0d\x1ba\x7f', 'a\u202eb\u2066c\td');
    expect(draft).toEqual({ name: 'Ada', message: 'abc\td' });
  });
});
