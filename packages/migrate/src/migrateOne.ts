import type { Edit, Note } from './edit/edit.ts';
import type { Project, ProjectMigration } from './project.ts';
import type { Migrator, RuleSelection, Target } from './target.ts';
import { modulePath } from './ts/emit/names.ts';

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

/** Migrates one source of a project, and looks at the others. Errors are those of `migrate`. */
export function migrateOne(migrator: Migrator, source: string, options: MigrateOptions): Migration {
  const file = options.file ?? (options.target === 'js' ? 'source' : 'source.py');
  const files = new Map(options.project?.files).set(file, source);
  const only = { files: new Set([file]), ...(options.rules && { rules: options.rules }) };
  const result = migrator({ files }, only);
  const [failure] = result.failures.values();
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
