import type { Edit, Note } from './edit/edit.ts';
import { migrateJavaScript } from './js/migrateJavaScript.ts';
import type { Project, ProjectMigration } from './project.ts';
import { migratePython } from './py2/migratePython.ts';
import type { Migrator, RuleSelection, Target, TargetOptions } from './target.ts';
import { modulePath } from './ts/emit/names.ts';
import { migrateTypeScript } from './ts/migrateTypeScript.ts';

export interface MigrateOptions {
  /** The path of the source: in `project`, in errors, and what its extension tells. */
  file?: string;
  target: Target;
  /** The files around it. By default a source is looked at by itself. */
  project?: Project;
  rules?: RuleSelection;
}

export interface Migration {
  /** The source with the edits made; for `ts` the module in its place, without what it imports from the rest of the project. */
  code: string;
  edits: Edit[];
  notes: Note[];
}

const MIGRATORS: { readonly [T in Target]?: Migrator } = {
  py2: migratePython,
  ts: migrateTypeScript,
  js: migrateJavaScript,
};

/**
 * Migrates one source. It reads and writes no files.
 *
 * @throws MigrateError `SYNTAX` with line and column when the source is not the language that `file` says (Python by
 * default; JavaScript or TypeScript for `js`).
 */
export function migrate(source: string, options: MigrateOptions): Migration {
  const file = options.file ?? (options.target === 'js' ? 'source' : 'source.py');
  const files = new Map(options.project?.files).set(file, source);
  const only = { files: new Set([file]), ...(options.rules && { rules: options.rules }) };
  const result = migrateProject({ files }, options.target, only);
  const failure = result.failures.get(file);
  if (failure !== undefined) throw failure;
  return {
    code: options.target === 'ts' ? portOf(file, result) : (result.files.get(file) ?? source),
    edits: result.edits.get(file) ?? [],
    notes: result.notes.get(file) ?? [],
  };
}

/** The module that a Python source became; nothing of one that is not ported, such as a test. */
function portOf(file: string, { files }: ProjectMigration): string {
  return files.get(`src/${modulePath(file)}.ts`) ?? '';
}

/** Migrates files that belong together. A file that cannot be read is among the `failures`, and the others are done. */
export function migrateProject(
  project: Project,
  target: Target,
  options: TargetOptions = {},
): ProjectMigration {
  const migrator = MIGRATORS[target];
  if (migrator === undefined) throw new TypeError(`There is no target ${target}.`);
  return migrator(project, options);
}
