import { PyValueError } from '../errors.ts';
import { size as sizeOf, slice } from '../methods/strings.ts';

export interface WrapOptions {
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
  readonly separator: string;
}

/** Breaks lines at spaces, and at hyphens within words, so that none is longer than `width`. Line breaks stay. */
export function wrapText(text: string, width: number, options: WrapOptions): string {
  if (width <= 0) throw new PyValueError(`invalid width ${width} (must be > 0)`);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => wrapLine(line, width, options).join(options.separator)).join(options.separator);
}

function wrapLine(line: string, width: number, options: WrapOptions): string[] {
  const chunks = chunksOf(line, options.breaksOnHyphens);
  const lines: string[] = [];
  while (chunks.length > 0) {
    // Space at the beginning of a line that is no longer the first goes away.
    if (lines.length > 0 && (chunks[0] as string).trim() === '') chunks.shift();
    const current = takeLine(chunks, width, options.breaksLongWords);
    if (current.at(-1)?.trim() === '') current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

function takeLine(chunks: string[], width: number, breaksLongWords: boolean): string[] {
  const current: string[] = [];
  let size = 0;
  for (let next = chunks[0]; next !== undefined && size + sizeOf(next) <= width; next = chunks[0]) {
    current.push(next);
    size += sizeOf(next);
    chunks.shift();
  }
  const [next] = chunks;
  if (next === undefined || sizeOf(next) <= width) return current;
  if (breaksLongWords) {
    const room = Math.max(1, width - size);
    current.push(slice(next, 0, room));
    chunks[0] = slice(next, room);
  } else if (current.length === 0) current.push(chunks.shift() as string);
  return current;
}

/** Words, the space between them, and the parts of words with hyphens. */
function chunksOf(line: string, onHyphens: boolean): string[] {
  const chunks = line.match(/\s+|\S+/g) ?? [];
  if (!onHyphens) return [...chunks];
  return chunks.flatMap(
    (chunk) => chunk.match(/(?:[^-]|^-+|-(?![\p{L}]{2})|(?<![\p{L}]{1})-)+-?(?=[\p{L}]{2}|$)|.+/gu) ?? [],
  );
}
