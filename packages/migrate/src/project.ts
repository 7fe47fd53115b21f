import type { Edit, Note } from './edit/edit.ts';
import type { MigrateError } from './errors.ts';

/** Several files that belong together: what is said in one of them counts in the others. */
export interface Project {
  /** Text by path. Paths have `/`, and are relative to one folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** What becomes of a project. */
export interface ProjectMigration {
  /** The new text of each file that changes, and of each that is new. */
  files: Map<string, string>;
  /** Which of `files` are new. */
  created: Set<string>;
  edits: Map<string, Edit[]>;
  notes: Map<string, Note[]>;
  /** Files that could not be read as what they are; they stay as they are. */
  failures: Map<string, MigrateError>;
  /** Copies of Microdot 1.x, which are never edited, with what takes their place. */
  vendored: Map<string, string>;
}

/** A migration in which nothing has happened yet. */
export function emptyMigration(): ProjectMigration {
  return {
    files: new Map(),
    created: new Set(),
    edits: new Map(),
    notes: new Map(),
    failures: new Map(),
    vendored: new Map(),
  };
}
