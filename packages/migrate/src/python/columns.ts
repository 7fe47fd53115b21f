import type { LineTable } from './lines.ts';

/** The offset of a place that the parser names: a line from 1, and a column in bytes of UTF-8 from 0. */
export type OffsetOf = (line: number, column: number) => number;

/**
 * @param shifts - for lines whose beginning the parser has not seen: how many characters of it
 */
export function offsetsIn(source: string, lines: LineTable, shifts: ReadonlyMap<number, number>): OffsetOf {
  const { starts } = lines;
  if (shifts.size === 0 && isAscii(source))
    return (line, column) => (starts[line - 1] ?? source.length) + column;

  // What each line that is not ASCII has in place of its bytes; `null` for one that is.
  const tables = new Map<number, number[] | null>();
  return (line, column) => {
    const start = (starts[line - 1] ?? source.length) + (shifts.get(line) ?? 0);
    let table = tables.get(line);
    if (table === undefined) {
      const text = source.slice(start, starts[line] ?? source.length);
      table = isAscii(text) ? null : unitsOfBytes(text);
      tables.set(line, table);
    }
    return start + (table === null ? column : (table[column] ?? table.length));
  };
}

/** For each byte of the text in UTF-8, the UTF-16 unit that it belongs to, and one more for the end. */
function unitsOfBytes(text: string): number[] {
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let i = 0; i < length; i++) units.push(at);
    at += character.length;
  }
  units.push(at);
  return units;
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}
