import type { Stats } from 'node:fs';
import type { Representation } from '../representation.ts';

/** What tells one version of a file from another, and from any other file. */
export type FileVersion = Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>;

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return (
    a.ino === b.ino &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.size === b.size &&
    a.dev === b.dev
  );
}

/**
 * The version as HTTP names it. The tag is `"size-time"`, as nginx and Apache have it: found out without reading the
 * file, and the same on every replica that it was copied to with its time.
 */
export function describe(version: FileVersion): Pick<Representation, 'etag' | 'lastModified' | 'isStrong'> {
  const time = modified(version);
  const tag = `"${version.size.toString(36)}-${Math.floor(time).toString(36)}"`;
  const isStrong = isRested(version);
  return {
    etag: isStrong ? tag : `W/${tag}`,
    // Never ahead of our own clock, whatever another said (RFC 9110 8.8.2.1).
    lastModified: new Date(Math.min(time, Date.now())).toUTCString(),
    isStrong,
  };
}

/** In milliseconds: whole seconds are kept by file systems that know no others, of which FAT has every second one. */
const COARSE_TICK = 2000;
/** In milliseconds: elsewhere it is the tick of the kernel. */
const FINE_TICK = 10;

/**
 * Whether every change from now on shows in the times of the file. Within one tick of the clock that they are taken
 * from it may change twice and look the same, so a file that has just changed is neither kept in memory nor given a
 * strong tag, which `If-Range` and `If-Match` rely on. Apache and git go by the same rule. Nobody can set a `ctime`.
 */
function isRested({ ctimeMs }: FileVersion): boolean {
  return Date.now() - ctimeMs > (ctimeMs % 1000 === 0 ? COARSE_TICK : FINE_TICK);
}

/** When there was no web to serve files to. */
const FIRST_WEBSITE = Date.UTC(1991);

/**
 * When the content changed, in milliseconds. Tools that make the same archive of the same files (Nix, zip, npm) date
 * every version of them to 1970, 1980 or 1985: two versions of one size would be taken for one another, and caches keep
 * what is decades old for years (RFC 9111 4.2.2). There it is the time of its arrival on this disk that counts.
 */
function modified({ mtimeMs, ctimeMs }: FileVersion): number {
  return mtimeMs < FIRST_WEBSITE ? ctimeMs : mtimeMs;
}
