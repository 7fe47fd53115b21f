import type { Part } from '../multipartRanges.ts';
import type { Representation } from '../representation.ts';
import { isBytes, Response } from '../response.ts';
import { describe, type FileVersion } from './fileVersion.ts';
import { fileChanged, openSame } from './openSame.ts';

/** A file that is read while it is being sent. */
export function largeFile(path: string, version: FileVersion): Representation {
  return { ...describe(version), size: version.size, read: (parts) => readParts(path, version, parts) };
}

/**
 * A generator, so that the file is opened when the first piece is asked for, and closed after the last, when one cannot
 * be read, and by `return()` when the peer leaves, a read being under way or not. What is never sent is never opened.
 *
 * @throws MicrodotError `FILE_CHANGED` where another file has come in its place, or where it has become shorter: its
 * length has gone out already, and that the connection is cut tells the peer.
 */
async function* readParts(
  path: string,
  version: FileVersion,
  parts: readonly Part[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const { handle } = await openSame(path, version);
  try {
    for (const part of parts) {
      if (isBytes(part)) {
        yield part;
        continue;
      }
      for (let at = part.start; at <= part.end; ) {
        // A new one for every piece: the last may still wait for the network.
        const piece = Buffer.allocUnsafeSlow(Math.min(Response.sendFileBufferSize, part.end - at + 1));
        const { bytesRead } = await handle.read(piece, 0, piece.length, at);
        if (bytesRead === 0) throw fileChanged(path);
        at += bytesRead;
        yield bytesRead === piece.length ? piece : piece.subarray(0, bytesRead);
      }
    }
  } finally {
    await handle.close();
  }
}
