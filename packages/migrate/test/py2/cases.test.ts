import { describe, expect, it } from '@jest/globals';
import { migrateProject, type ProjectMigration } from '@microdot/migrate';
import { CASE_FILES, casesIn } from './cases.ts';

describe.each([...CASE_FILES])('%s', (name) => {
  const cases = casesIn(name);

  it.each(cases)('$title', ({ before, after, notes }) => {
    const result = migrateProject({ files: before }, 'py2');
    expect(result.failures).toEqual(new Map());
    expect(textsOf(before, result)).toEqual(after);
    expect(notesOf(before, result)).toEqual(notes);
  });

  it.each(cases)('a second time, nothing of it: $title', ({ after }) => {
    const result = migrateProject({ files: after }, 'py2');
    expect(textsOf(after, result)).toEqual(after);
  });
});

function textsOf(before: ReadonlyMap<string, string>, result: ProjectMigration): Map<string, string> {
  return new Map([...before].map(([file, text]) => [file, result.files.get(file) ?? text]));
}

function notesOf(before: ReadonlyMap<string, string>, result: ProjectMigration): string[] {
  return [...before.keys()].flatMap((file) =>
    (result.notes.get(file) ?? []).map(
      ({ line, column, rule }) => `${before.size > 1 ? `${file}:` : ''}${line}:${column} ${rule}`,
    ),
  );
}
