import { migrateJavaScript } from './js/migrateJavaScript.ts';
import { type MigrateOptions, type Migration, migrateOne } from './migrateOne.ts';
import type { Project, ProjectMigration } from './project.ts';
import { migratePython } from './py2/migratePython.ts';
import type { Migrator, Target, TargetOptions } from './target.ts';
import { migrateTypeScript } from './ts/migrateTypeScript.ts';

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
  return migrateOne(migratorOf(options.target), source, options);
}

/** Migrates files that belong together. A file that cannot be read is among the `failures`, and the others are done. */
export function migrateProject(
  project: Project,
  target: Target,
  options: TargetOptions = {},
): ProjectMigration {
  return migratorOf(target)(project, options);
}

function migratorOf(target: Target): Migrator {
  const migrator = MIGRATORS[target];
  if (migrator === undefined) throw new TypeError(`There is no target ${target}.`);
  return migrator;
}
