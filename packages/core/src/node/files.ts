import { lstat } from 'node:fs/promises';
import { HTTPException } from '../errors.ts';
import type { Maybe } from '../maybe.ts';
import { answerWith, type Representation } from '../representation.ts';
import type { Request } from '../request.ts';
import type { Response } from '../response.ts';
import type { FileOptions } from '../sendFile.ts';
import { pathIn, realPathOf } from './confinement.ts';
import { FileCache } from './fileCache.ts';
import { isSameVersion } from './fileVersion.ts';
import { largeFile } from './largeFile.ts';
import { readSmallFile } from './smallFile.ts';

/** Up to this size, in bytes, a file is read at once, and kept. Beyond it, the copy costs more than the reading. */
const MAX_SMALL_FILE = 64 * 1024;
const MAX_CACHED_FILES = 256;
const MAX_CACHED_BYTES = 4 * 1024 * 1024;

const cache = new FileCache(MAX_CACHED_FILES, MAX_CACHED_BYTES);

/**
 * Answers a request with a file. Synchronous for a small file that was asked for before and has not changed.
 *
 * @throws HTTPException 404 where there is no such regular file, or none in `root`; 412 where a precondition fails.
 */
export function serveFile(
  request: Request,
  response: Response,
  filename: string,
  { root, fileExtension = '' }: FileOptions,
): Maybe<Response> {
  const name = filename + fileExtension;
  // Node throws on it, C ends the name there, and here it parts the two halves of a key.
  if (name.includes('\0')) throw new HTTPException(404, 'Not found');
  // Where a file may be depends on `root`, and only what was found allowed is in the cache.
  const key = root === undefined ? name : `${root}\0${name}`;
  const file = cache.get(key);
  return file
    ? answerWith(request, response, file)
    : findFile(name, root, key).then((found) => answerWith(request, response, found));
}

/** Whatever blocks is done in the background: links and directories may be on a disk far away. */
async function findFile(name: string, root: string | undefined, key: string): Promise<Representation> {
  try {
    const path = await realPathOf(name, root);
    const stats = await lstat(path);
    // Looked at before it is opened: opening a FIFO waits for a writer, and opening a device may set it going.
    if (!stats.isFile()) throw new HTTPException(404, 'Not found');
    if (stats.size > MAX_SMALL_FILE) return largeFile(path, stats);
    const file = await readSmallFile(path, stats);
    // `isStrong` for the reason that it has in fileVersion.ts: what changes within one tick would never be noticed.
    if (file.isStrong && isSameVersion(file.version, stats)) cache.set(key, pathIn(root, name), file);
    return file;
  } catch (error) {
    throw MISSING.has((error as NodeJS.ErrnoException).code) ? new HTTPException(404, 'Not found') : error;
  }
}

/** The ways in which a name leads to no file. A file that may not be read is a fault of ours, and one for the log. */
const MISSING: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'EINVAL',
]);
