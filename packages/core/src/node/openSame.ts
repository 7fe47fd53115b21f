import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { MicrodotError } from '../errors.ts';
import type { FileVersion } from './fileVersion.ts';

/** Without waiting for whoever writes to what has become a FIFO, and without following what has become a symlink. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens a file that was looked at before, and looks again: between look and opening another may have come in its
 * place, a link that leads outside for instance.
 *
 * @throws MicrodotError `FILE_CHANGED` where it is not the same file. A later version of the same is, for logs grow.
 */
export async function openSame(
  path: string,
  { dev, ino }: FileVersion,
): Promise<{ handle: FileHandle; stats: Stats }> {
  const handle = await open(path, FLAGS);
  try {
    const stats = await handle.stat();
    if (stats.dev !== dev || stats.ino !== ino) throw fileChanged(path);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export function fileChanged(path: string): MicrodotError {
  return new MicrodotError('FILE_CHANGED', `${path} has changed while it was being sent`);
}
