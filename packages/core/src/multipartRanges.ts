import { host } from './host.ts';
import { type ByteRange, contentRange, lengthOf } from './ranges.ts';

/** A piece of a body: these bytes, or those of the representation from here to there. */
export type Part = Uint8Array | ByteRange;

/** The body of a response with several ranges (RFC 9110 14.6), and what its headers say of it. */
export interface MultipartRanges {
  readonly contentType: string;
  readonly length: number;
  readonly parts: readonly Part[];
}

export function multipartRanges(
  ranges: readonly ByteRange[],
  size: number,
  contentType: string,
): MultipartRanges {
  const boundary = randomBoundary();
  const parts = ranges.flatMap((range, i): Part[] => [
    host.encode(
      `${i === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
    ),
    range,
  ]);
  parts.push(host.encode(`\r\n--${boundary}--\r\n`));
  return {
    contentType: `multipart/byteranges; boundary=${boundary}`,
    length: parts.reduce((sum, part) => sum + ('start' in part ? lengthOf(part) : part.length), 0),
    parts,
  };
}

/** A hundred random bits: they stand nowhere in the file, whoever wrote it (RFC 2046 5.1.1). */
function randomBoundary(): string {
  const random = (): string => Math.random().toString(36).slice(2);
  return `${random()}${random()}`;
}
