import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { HTTPException } from '../errors.ts';

/**
 * Segments that begin with a dot: `..`, and what is in a directory of files without being meant for others (`.env`,
 * `.git`). `.` itself is fine, and so is `.well-known` where it stands first, which is made to be served (RFC 8615).
 */
const HIDDEN = /(?:^(?!\.well-known\/)|\/)\.(?!\/|$)/;

/**
 * Absolute names, and backslashes, which part segments on Windows. There a colon names a drive or a stream within a
 * file, and `ENV~1` is another name of `.env`. What is still percent-encoded is taken by the letter, and not decoded again.
 */
const OUTSIDE = sep === '\\' ? /^\/|[\\:]|~\d/ : /^\/|\\/;

/**
 * The path of a file without any symlink in it.
 *
 * @param root the directory that it must be in, once the links on both ways have been followed.
 * @throws HTTPException 404 where it is outside, or hidden.
 */
export async function realPathOf(name: string, root: string | undefined): Promise<string> {
  if (root === undefined) return realpath(name);
  if (HIDDEN.test(name) || OUTSIDE.test(name)) throw new HTTPException(404, 'Not found');
  const [directory, path] = await Promise.all([realpath(root), realpath(pathIn(root, name))]);
  if (!path.startsWith(directory.endsWith(sep) ? directory : directory + sep))
    throw new HTTPException(404, 'Not found');
  return path;
}

/** Not `join` or `resolve`: they make `file.txt` of `file.txt/`, and of `link/../x` what it is not. */
export function pathIn(root: string | undefined, name: string): string {
  return root === undefined ? name : `${root || '.'}/${name}`;
}
