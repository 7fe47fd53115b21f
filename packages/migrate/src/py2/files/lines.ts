import type { Edit, Note } from '../../edit/edit.ts';

/** A line of a text file, without its end. */
export interface Line {
  text: string;
  start: number;
  /** The offset of the next line. */
  next: number;
  number: number;
}

/** The lines of a text. */
export function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  const pattern = /([^\r\n]*)(\r\n|\r|\n|$)/y;
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    const text = pattern.exec(source)?.[1] ?? '';
    lines.push({ text, start, next: pattern.lastIndex, number: lines.length + 1 });
  }
  return lines;
}

/** What becomes of a file that is no source. */
export interface FileChange {
  edits: Edit[];
  notes: Note[];
}

export const RULE = 'requirements';

/** A note on a line of such a file. */
export function noteAt(line: Line, message: string, suggestion?: string): Note {
  const column = line.text.length - line.text.trimStart().length + 1;
  return {
    line: line.number,
    column,
    rule: RULE,
    message,
    ...(suggestion !== undefined && { suggestion }),
    guide: 'requirements',
  };
}
