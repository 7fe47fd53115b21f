import type { Part } from '../multipartRanges.ts';
import type { Representation } from '../representation.ts';
import { isBytes } from '../response.ts';
import { describe, type FileVersion } from './fileVersion.ts';
import { openSame } from './openSame.ts';

/** A file in memory. Its bytes go out as they are, to every client: they must not be written to. */
export interface SmallFile extends Representation {
  readonly version: FileVersion;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file as a whole.
 *
 * @param seen the version that was looked at. What is read is no longer than that, whatever has come to it meanwhile.
 */
export async function readSmallFile(path: string, seen: FileVersion): Promise<SmallFile> {
  const { handle, stats: version } = await openSame(path, seen);
  try {
    // Before it is read: a change that comes while it is being read makes a version that is later than this one.
    const description = describe(version);
    // Not from Node's pool, where a small file would keep a larger piece of memory alive.
    const buffer = Buffer.allocUnsafeSlow(Math.min(seen.size, version.size));
    let size = 0;
    while (size < buffer.length) {
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size, size);
      if (bytesRead === 0) break;
      size += bytesRead;
    }
    // It has become shorter, or its size was a guess, as in /sys: behind the end is what was in that memory before.
    const bytes = size === buffer.length ? buffer : buffer.subarray(0, size);
    return { ...description, size, version, bytes, read: (parts) => pick(bytes, parts) };
  } finally {
    await handle.close();
  }
}

function pick(bytes: Uint8Array, parts: readonly Part[]): Uint8Array {
  const pieces = parts.map((part) => {
    if (isBytes(part)) return part;
    return part.end - part.start + 1 === bytes.length ? bytes : bytes.subarray(part.start, part.end + 1);
  });
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
}
