import { emptyMigration, type Project, type ProjectMigration } from '../project.ts';
import type { TargetOptions } from '../target.ts';

/** Python on Microdot 1.x becomes Python on Microdot 2.x. */
export function migratePython(_project: Project, _options: TargetOptions): ProjectMigration {
  return emptyMigration();
}
