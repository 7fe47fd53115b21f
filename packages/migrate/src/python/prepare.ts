import type { OffsetOf } from './columns.ts';
import { offsetsIn } from './columns.ts';
import type { LineTable } from './lines.ts';

/**
 * The text without what the parser does not know: a byte order mark, and form feeds, which Python takes for blanks.
 * `offsetOf` leads from a place in it to the offset in the source.
 */
export function prepare(source: string, lines: LineTable): { text: string; offsetOf: OffsetOf } {
  const shifts = new Map<number, number>();
  let text = source;
  if (text.startsWith('\ufeff')) {
    text = text.slice(1);
    shifts.set(1, 1);
  }
  if (text.includes('\f')) text = withoutFormFeeds(text, shifts);
  return { text, offsetOf: offsetsIn(source, lines, shifts) };
}

function withoutFormFeeds(text: string, shifts: Map<number, number>): string {
  const parts = text.split(/(\r\n|\r|\n)/);
  for (let i = 0; i < parts.length; i += 2) {
    const line = parts[i] as string;
    // At the start of a line it sets the indentation back to nothing.
    const lead = /^[ \t]*\f[ \t\f]*(?=[^ \t\f])/.exec(line)?.[0] ?? '';
    const skipped = lead.lastIndexOf('\f') + 1;
    if (skipped > 0) shifts.set(i / 2 + 1, skipped + (shifts.get(i / 2 + 1) ?? 0));
    parts[i] = line.slice(skipped).replaceAll('\f', ' ');
  }
  return parts.join('');
}
