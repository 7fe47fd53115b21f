import { guideLink } from './guide.ts';
import { countRules, type RunResult } from './result.ts';

/** The report for a program: one object, whose `version` changes when a field changes its meaning or goes. */
export function jsonReport(result: RunResult, exit: number): string {
  const { target, mode, looked, vendored, failures, out } = result;
  const files = result.files.map(({ file, state, edits, notes }) => ({
    file,
    state,
    rules: Object.fromEntries(countRules(edits)),
    notes: notes.map((note) => ({ ...note, guide: guideLink(note.guide) })),
  }));
  const report = {
    version: 1,
    target,
    mode,
    ...(out !== undefined && { out }),
    files,
    vendored,
    failures,
    summary: {
      looked,
      changed: files.filter(({ state }) => state !== 'unchanged').length,
      notes: files.reduce((sum, file) => sum + file.notes.length, 0),
      vendored: vendored.length,
      failed: failures.length,
    },
    exitCode: exit,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
