import type { Changes } from './changes.ts';
import type { OldModule, OldName } from './names.ts';
import { newExports } from './newExports.ts';

/** Says what a person has to know of a name of 1.x: that it is gone, what to write, or that its package has it not. */
export function noteFate(changes: Changes, at: number, written: string, old: OldName, home: OldModule): void {
  if (old.note !== undefined) {
    // Of names that stay, only the application of a gateway needs a word.
    if (old.name !== undefined) changes.note(at, 'names', old.note, 'gateways');
    else changes.note(at, 'names', `2.x has no ${written}. ${old.note}`, 'names-that-are-gone');
  }
  if (old.name !== undefined) noteMissing(changes, at, old.name, old.package ?? home.package);
}

/** What a package does not export fails when the module is loaded. */
export function noteMissing(changes: Changes, at: number, name: string, home: string | undefined): void {
  if (home === undefined || (name !== 'default' && newExports[home]?.has(name) !== false)) return;
  changes.note(at, 'names', `${home} exports no ${name}.`, 'names-that-are-gone');
}
