import { applyEdits, sortEdits } from '../edit/apply.ts';
import type { Edit, Note } from '../edit/edit.ts';
import { MigrateError } from '../errors.ts';
import { components } from '../flow/connected.ts';
import { inferKinds } from '../flow/infer.ts';
import { emptyMigration, type Project, type ProjectMigration } from '../project.ts';
import { type PythonModule, parsePython } from '../python/parse.ts';
import { Program } from '../python/program.ts';
import { isSelected, type RuleSelection, type TargetOptions } from '../target.ts';
import { Asyncness } from './asyncness.ts';
import { FileContext } from './context.ts';
import { RULE as REQUIREMENTS } from './files/lines.ts';
import { migrateOtherFile } from './files/otherFiles.ts';
import { writeExtra } from './imports/extra.ts';
import { rewriteImports } from './imports/rewrite.ts';
import { joinTryImports } from './imports/tryImport.ts';
import { relevantFiles } from './relevant.ts';
import { RULES } from './rules.ts';
import { removeStatements } from './statements.ts';
import { vendoredModule } from './vendored.ts';

/** Python on Microdot 1.x becomes Python on Microdot 2.x. */
export function migratePython(project: Project, options: TargetOptions): ProjectMigration {
  const result = emptyMigration();
  const isWanted = (file: string) => options.files?.has(file) ?? true;
  if (isSelected(REQUIREMENTS, options.rules)) migrateOthers(project, isWanted, result);
  const program = programOf(project, result);
  for (const file of result.failures.keys()) if (!isWanted(file)) result.failures.delete(file);
  // What has nothing to do with each other is looked at one after the other, which takes less than all of it at once.
  for (const modules of components(program)) {
    if (!modules.some(({ file }) => isWanted(file))) continue;
    const flow = inferKinds(new Program(new Map(modules.map((module) => [module.file, module]))));
    const asyncness = new Asyncness(flow);
    for (const module of modules) {
      if (isWanted(module.file))
        migrateModule(new FileContext(flow, asyncness, module), options.rules ?? {}, result);
    }
  }
  return result;
}

// Requirements and the like.
function migrateOthers(
  project: Project,
  isWanted: (file: string) => boolean,
  result: ProjectMigration,
): void {
  for (const [file, source] of project.files) {
    const change = file.endsWith('.py') || !isWanted(file) ? null : migrateOtherFile(file, source);
    if (change !== null) report(result, file, source, change.edits, change.notes);
  }
}

function programOf(project: Project, result: ProjectMigration): Program {
  const modules = new Map<string, PythonModule>();
  const sources = new Map([...project.files].filter(([file]) => file.endsWith('.py')));
  const relevant = relevantFiles(sources);
  for (const [file, source] of sources) {
    if (!relevant.has(file)) continue;
    const copy = vendoredModule(file, source);
    if (copy !== null) {
      result.vendored.set(file, copy);
      continue;
    }
    try {
      modules.set(file, parsePython(source, file));
    } catch (error) {
      if (!isMigrateError(error)) throw error;
      result.failures.set(file, error);
    }
  }
  return new Program(modules);
}

function isMigrateError(error: unknown): error is MigrateError {
  return error instanceof MigrateError;
}

function migrateModule(context: FileContext, rules: RuleSelection, result: ProjectMigration): void {
  const { file, source } = context.module;
  for (const rule of RULES) if (isSelected(rule.name, rules)) rule.run(context);
  rewriteImports(context);
  joinTryImports(context);
  writeExtra(context);
  removeStatements(context);
  report(result, file, source, sortEdits(context.edits), context.notes);
}

function report(result: ProjectMigration, file: string, source: string, edits: Edit[], notes: Note[]): void {
  notes.sort((a, b) => a.line - b.line || a.column - b.column);
  if (notes.length > 0) result.notes.set(file, notes);
  if (edits.length === 0) return;
  result.edits.set(file, edits);
  result.files.set(file, applyEdits(source, edits));
}
