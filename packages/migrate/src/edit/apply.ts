import { MigrateError } from '../errors.ts';
import type { Edit } from './edit.ts';

/**
 * The source with its edits made. All that no edit covers stays as it is, to the character.
 *
 * Insertions at the same offset are made in the order in which they are given, before a replacement that starts there.
 *
 * @throws MigrateError `OVERLAP` when two edits cover the same text.
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.start < at)
      throw new MigrateError('OVERLAP', `The rule ${edit.rule} changes what another rule has changed.`);
    out += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + source.slice(at);
}

/** Edits in the order of the text. Sorting is stable, so insertions at one place keep their order. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}
