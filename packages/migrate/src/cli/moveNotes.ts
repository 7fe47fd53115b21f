import { sortEdits } from '../edit/apply.ts';
import type { Edit, Note } from '../edit/edit.ts';
import { LineTable } from '../python/lines.ts';

/**
 * Notes about a source, with the places that they have in the text that the edits make of it: whoever reads a report opens
 * the file as it is now. What was removed is where it would be.
 */
export function moveNotes(
  before: string,
  after: string,
  edits: readonly Edit[],
  notes: readonly Note[],
): Note[] {
  const [old, now] = [new LineTable(before), new LineTable(after)];
  const sorted = sortEdits(edits);
  return notes.map((note) => {
    const offset = (old.starts[note.line - 1] ?? 0) + note.column - 1;
    return { ...note, ...now.position(moved(sorted, offset)) };
  });
}

function moved(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    // Text that is inserted before a place moves it; a place within what is replaced goes to its start.
    if (end <= offset && start < offset) shift += text.length - (end - start);
    else if (start < offset) return start + shift;
    else break;
  }
  return offset + shift;
}
