import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { temporary } from './temporary.ts';

const { FileUpload } = await import('@microdot/multipart');

const folder = await mkdtemp(join(dirname(temporary), 'multipart-saved-'));
afterAll(() => rm(folder, { recursive: true }));

type Upload = InstanceType<typeof FileUpload>;

function upload(chunks: readonly string[], filename = 'x.txt'): Upload {
  return new FileUpload(
    filename,
    'text/plain',
    (async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    })(),
  );
}

function broken(): Upload {
  return new FileUpload(
    'x.txt',
    undefined,
    (async function* () {
      yield Buffer.from('x'.repeat(100));
      throw new Error('the client has left');
    })(),
  );
}

async function text(bytes: Promise<Uint8Array>): Promise<string> {
  return Buffer.from(await bytes).toString();
}

/** The only temporary file. */
async function tempFile(): Promise<string> {
  const [name = ''] = await readdir(temporary);
  return join(temporary, name, 'upload');
}

describe('read()', () => {
  it('gives as many bytes as are asked for, fewer at the end, and then none', async () => {
    const file = upload(['abc', 'de', 'fg']);
    expect(await text(file.read(4))).toBe('abcd');
    expect(await text(file.read(0))).toBe('');
    expect(await text(file.read(9))).toBe('efg');
    expect(await text(file.read(9))).toBe('');
    expect(await text(file.read())).toBe('');
  });

  it('gives all that is left without a number, and pieces to a loop', async () => {
    const file = upload(['abc', 'de', 'fg']);
    await file.read(1);
    expect(await text(file.read())).toBe('bcdefg');
    const pieces: string[] = [];
    for await (const piece of upload(['abc', 'de'])) pieces.push(Buffer.from(piece).toString());
    expect(pieces).toEqual(['abc', 'de']);
  });
});

describe('save()', () => {
  it('writes to a path, over what is there', async () => {
    const path = join(folder, 'a.txt');
    expect(await upload(['a long text']).save(path)).toBe(path);
    await upload(['abc', 'de']).save(path);
    expect(await readFile(path, 'utf8')).toBe('abcde');
  });

  it('finds a name in a directory that has nothing of the name of the file', async () => {
    const directory = join(folder, 'new');
    await mkdir(directory);
    const paths = await Promise.all(
      ['../../a.php', '.htaccess', 'x.JPG', 'x.jpg.html', 'x'].map((name) =>
        upload([name], name).save({ directory, extensions: ['.jpg', '.png'] }),
      ),
    );
    expect(paths.map((path) => dirname(path))).toEqual(Array(5).fill(directory));
    const names = paths.map((path) => basename(path).replace(/^[\da-f-]{36}/, 'UUID'));
    expect(names).toEqual(['UUID', 'UUID', 'UUID.jpg', 'UUID', 'UUID']);
    expect(await readFile(paths[2] as string, 'utf8')).toBe('x.JPG');
  });

  it('says what to write for a directory instead of a path', async () => {
    await expect(upload(['a']).save(folder)).rejects.toMatchObject({
      code: 'IS_DIRECTORY',
      message: expect.stringContaining('save({ directory })'),
    });
  });

  it('leaves nothing of a file that does not come in whole', async () => {
    const directory = join(folder, 'half');
    await mkdir(directory);
    await expect(broken().save({ directory })).rejects.toThrow('the client has left');
    await expect(broken().save(join(directory, 'a'))).rejects.toThrow('the client has left');
    expect(await readdir(directory)).toEqual([]);
  });

  it('leaves a device alone', async () => {
    await expect(broken().save('/dev/null')).rejects.toThrow('the client has left');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});

describe('copy()', () => {
  it('keeps a small file in memory', async () => {
    const file = await upload(['abc', 'de']).copy(5);
    expect(await readdir(temporary)).toEqual([]);
    expect(file.size).toBe(5);
    expect(await text(file.read(2))).toBe('ab');
    expect(await text(file.read())).toBe('cde');
    await file.close();
  });

  it('puts a larger one into a temporary file that nobody else can read, and close() removes it', async () => {
    const file = await upload(['abc', 'de', 'f'.repeat(200_000)]).copy(4);
    const path = await tempFile();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(file.size).toBe(200_005);
    expect(await text(file.read(6))).toBe('abcdef');
    const saved = await file.save({ directory: folder });
    expect((await stat(saved)).size).toBe(199_999);
    expect(await text(file.read())).toBe('');
    await file.close();
    await file.close();
    await expect(stat(path)).rejects.toThrow();
  });

  it('removes it also where it was read in part', async () => {
    const file = await upload(['x'.repeat(200_000)]).copy(1);
    await file.read(1);
    for await (const _ of file) break;
    await file.close();
  });

  it('takes FileUpload.maxMemorySize where it is told nothing', async () => {
    const saved = FileUpload.maxMemorySize;
    FileUpload.maxMemorySize = 2;
    const file = await upload(['abc']).copy();
    FileUpload.maxMemorySize = saved;
    expect(await readdir(temporary)).toHaveLength(1);
    await file.close();
    expect(saved).toBe(65_536);
  });

  it('leaves nothing of a file that does not come in whole', async () => {
    await expect(broken().copy(10)).rejects.toThrow('the client has left');
    expect(await readdir(temporary)).toEqual([]);
  });

  it('leaves nothing of a file that is closed on the way', async () => {
    const file = upload(['abc']);
    const copied = file.copy(1);
    await file.close();
    await expect(copied).rejects.toMatchObject({ code: 'FILE_CLOSED' });
    expect(await readdir(temporary)).toEqual([]);
  });

  it('leaves a file as it is that was copied before', async () => {
    for (const max of [1, 100]) {
      const file = await upload(['abc']).copy(max);
      await file.read(1);
      expect(await text((await file.copy(max)).read())).toBe('bc');
      expect(file.size).toBe(3);
      await file.close();
    }
  });

  it('cannot be read once it is closed, be it in memory or not', async () => {
    for (const max of [1, 100]) {
      const file = await upload(['abc']).copy(max);
      await file.close();
      await expect(file.read()).rejects.toMatchObject({ code: 'FILE_CLOSED' });
    }
  });
});

it('a file is known by another copy of the package', () => {
  const other = Object.create(null, { [Symbol.for('@microdot/multipart.FileUpload')]: { value: true } });
  expect(other instanceof FileUpload).toBe(true);
  expect({} instanceof FileUpload).toBe(false);
  expect(('' as unknown) instanceof FileUpload).toBe(false);
  class Photo extends FileUpload {}
  expect(upload([]) instanceof Photo).toBe(false);
});
