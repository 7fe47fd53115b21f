import { applyEdits } from '../edit/apply.ts';
import type { Edit } from '../edit/edit.ts';
import { checkPython, type PythonModule } from './parse.ts';
import type { Statement } from './tree.ts';

/**
 * Parses what edits make of a module, for its errors alone, and of that no more than changes: Python reads a module statement
 * by statement, so those of its outermost level that no edit touches are what they were.
 *
 * @param edits - in the order of the text
 * @throws MigrateError as `checkPython`; lines count from the first of the statements that were read.
 */
export function checkEdited(module: PythonModule, edits: readonly Edit[]): void {
  const { source, file } = module;
  const starts = startsOf(module);
  const endOf = (index: number) => starts[index + 1] ?? source.length;
  let next = 0;
  for (let index = 0; next < edits.length; index++) {
    const start = starts[index] as number;
    const within: Edit[] = [];
    // What is inserted between two statements may belong to either.
    for (let edit = edits[next]; edit !== undefined && edit.start <= endOf(index); edit = edits[++next]) {
      while (edit.end >= endOf(index) && index < starts.length - 1) index++;
      within.push({ ...edit, start: edit.start - start, end: edit.end - start });
    }
    if (within.length > 0) checkPython(applyEdits(source.slice(start, endOf(index)), within), file);
  }
}

// Where the line of each statement starts, if it is no line of the statement before; the first has all that stands before it.
function startsOf({ tree, lines }: PythonModule): number[] {
  const starts = [0];
  let end = 0;
  for (const [index, statement] of tree.body.entries()) {
    const start = lines.lineStart(firstOffset(statement));
    if (index > 0 && start >= end) starts.push(start);
    end = statement.end;
  }
  return starts;
}

// A function or class starts with its decorators.
function firstOffset(statement: Statement): number {
  const decorator = 'decorator_list' in statement ? statement.decorator_list[0] : undefined;
  return (decorator ?? statement).start;
}
