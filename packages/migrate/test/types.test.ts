import { expect, it } from '@jest/globals';
import {
  applyEdits,
  type Edit,
  MigrateError,
  type Migration,
  migrate,
  migrateProject,
  type Note,
  type ProjectMigration,
} from '@microdot/migrate';

it('asks for a target, and knows which there are', () => {
  // @ts-expect-error: there is no such target
  expect(() => migrate('', { target: 'rust' })).toThrow(TypeError);
  // @ts-expect-error: a target is needed
  expect(() => migrate('', {})).toThrow(TypeError);
});

it('gives what its types say', () => {
  const migration: Migration = migrate("import 'microdot'", {
    target: 'js',
    file: 'a.js',
    rules: { only: ['modules'] },
  });
  const edits: Edit[] = migration.edits;
  const notes: Note[] = migration.notes;
  expect(applyEdits("import 'microdot'", edits)).toBe(migration.code);
  expect(notes).toEqual([]);
  // @ts-expect-error: edits have offsets, and no lines
  expect(edits[0]?.line).toBeUndefined();
  const project: ProjectMigration = migrateProject({ files: new Map([['a.py', '']]) }, 'py2');
  expect(project.files.size).toBe(0);
});

it('has errors with a code that can be told apart', () => {
  const error = new MigrateError('SYNTAX', 'no', { line: 1, column: 2 });
  const code: 'SYNTAX' | 'TOO_DEEP' | 'OVERLAP' | 'BROKEN' = error.code;
  expect([code, error.line, error.column, error.file]).toEqual(['SYNTAX', 1, 2, undefined]);
  // @ts-expect-error: there is no such code
  expect(new MigrateError('OTHER', 'no').code).toBe('OTHER');
});
