/** The most ranges that one request may ask for. A viewer of PDF asks for some; hundreds are an attack (CVE-2011-3192). */
const MAX_RANGES = 10;

/** A part of a representation: the positions of its first and its last byte. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of `size` bytes that a `Range` header asks for (RFC 9110 14.1.2), cut off at the end.
 *
 * @returns none where there are no such bytes, and `undefined` where the header is to be ignored: another unit than
 * bytes, malformed, more than ten ranges, or ranges that overlap so that they would be larger than the whole (RFC 9110 14.2).
 */
export function parseRanges(header: string, size: number): ByteRange[] | undefined {
  const list = /^bytes=(.*)$/i.exec(header)?.[1]?.split(',', MAX_RANGES + 1);
  // What is empty is sent whole: no part of it could be named in a Content-Range.
  if (!list || list.length > MAX_RANGES || size === 0) return undefined;
  const texts = list.map((text) => text.trim()).filter((text) => text !== '');
  if (texts.length === 0) return undefined;
  const ranges: ByteRange[] = [];
  let total = 0;
  for (const text of texts) {
    const range = parseRange(text, size);
    if (!range) return undefined;
    if (range.start > range.end) continue;
    ranges.push(range);
    total += lengthOf(range);
  }
  return total > size ? undefined : ranges;
}

/** A range that begins behind its end where there are no such bytes; `undefined` where the text means nothing. */
function parseRange(text: string, size: number): ByteRange | undefined {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(text) ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') return { start: Math.max(size - Number(last), 0), end: size - 1 };
  if (last !== '' && Number(last) < Number(first)) return undefined;
  return { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

export function lengthOf({ start, end }: ByteRange): number {
  return end - start + 1;
}
