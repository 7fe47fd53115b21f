import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Gives a file another content, all of it or none: it is written beside the file, flushed to the disk and put in its
 * place by a rename. Mode and owner stay; a symbolic link goes on being one, and what it leads to changes.
 *
 * `writeFileSync` goes on until everything is written: of what is written last on a disk that fills, `write` may take a
 * part and call that a success.
 *
 * @throws the error of the file system, with nothing changed. `EACCES` where the file may not be written, even for a
 * user who may write everything: somebody has said so.
 */
export function writeAtomically(file: string, data: Uint8Array): void {
  const target = realpathSync(file);
  const { mode, uid, gid } = statSync(target);
  if ((mode & 0o222) === 0)
    throw Object.assign(new Error('It is read-only: chmod u+w makes it writable.'), { code: 'EACCES' });
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  const descriptor = openSync(beside, 'wx', mode & 0o777);
  try {
    try {
      writeFileSync(descriptor, data);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    keepOwner(beside, uid, gid);
    chmodSync(beside, mode & 0o7777);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Who is not root can give files to nobody else, and mostly need not. */
function keepOwner(file: string, uid: number, gid: number): void {
  const { uid: ours, gid: group } = statSync(file);
  if (ours === uid && group === gid) return;
  try {
    chownSync(file, uid, gid);
  } catch {
    // It has the right content then, and another owner: so does what an editor saves.
  }
}
