// Migrating

// Edits and notes
export { applyEdits } from './edit/apply.ts';
export type { Edit, Note } from './edit/edit.ts';
// Errors
export { MigrateError, type MigrateErrorCode } from './errors.ts';
export { migrate, migrateProject } from './migrate.ts';
export type { MigrateOptions, Migration } from './migrateOne.ts';
export type { Project, ProjectMigration } from './project.ts';
export type { RuleSelection, Target, TargetOptions } from './target.ts';
