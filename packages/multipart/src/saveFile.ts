import type { FileHandle } from 'node:fs/promises';
import { MicrodotError } from '@microdot/core';
import { type Disk, openDisk } from './disk.ts';

/** How a file is saved under a name that nobody can choose. */
export interface SaveOptions {
  /** Where; it must be there. */
  directory: string;
  /**
   * The extensions that the file may keep, in lower case, such as `['.jpg', '.png']`; a file with another one is saved without. None by
   * default: what is called `.html` or `.php` may be run by whoever serves the directory.
   */
  extensions?: readonly string[] | undefined;
}

/** @returns the path of the file. */
export async function saveFile(
  chunks: AsyncIterable<Uint8Array>,
  filename: string,
  to: string | SaveOptions,
): Promise<string> {
  const disk = await openDisk('save() writes a file');
  const isNew = typeof to !== 'string';
  const path = isNew ? newPath(disk, filename, to) : to;
  const handle = await open(disk, path, isNew ? 'wx' : 'w');
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
    await handle.close();
  } catch (error) {
    await discard(disk, handle, path);
    throw error;
  }
  return path;
}

function newPath(disk: Disk, filename: string, { directory, extensions = [] }: SaveOptions): string {
  const dot = filename.lastIndexOf('.');
  const extension = dot > 0 ? filename.slice(dot).toLowerCase() : '';
  const kept = extensions.includes(extension) && /^\.[a-z\d]+$/.test(extension) ? extension : '';
  return disk.join(directory, disk.randomUUID() + kept);
}

async function open(disk: Disk, path: string, flags: string): Promise<FileHandle> {
  try {
    return await disk.fs.open(path, flags);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EISDIR') throw error;
    const message = `${path} is a directory: write save({ directory }), which finds a name of its own`;
    throw new MicrodotError('IS_DIRECTORY', message, { cause: error });
  }
}

/** Half a file is none. What is no file, a device or a pipe, stays. */
async function discard(disk: Disk, handle: FileHandle, path: string): Promise<void> {
  const isFile = await handle.stat().then(
    (stats) => stats.isFile(),
    () => false,
  );
  await handle.close().catch(() => {});
  if (isFile) await disk.fs.rm(path, { force: true }).catch(() => {});
}
