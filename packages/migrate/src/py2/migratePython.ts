import { faultOf } from '../broken.ts';
import { applyEdits, sortEdits } from '../edit/apply.ts';
import type { Edit, Note } from '../edit/edit.ts';
import { MigrateError } from '../errors.ts';
import { inferKinds } from '../flow/infer.ts';
import { emptyMigration, type Project, type ProjectMigration } from '../project.ts';
import { checkEdited } from '../python/checkEdited.ts';
import { type PythonModule, parsePython } from '../python/parse.ts';
import { Program } from '../python/program.ts';
import { stepsOf } from '../steps.ts';
import { isSelected, type TargetOptions } from '../target.ts';
import { Asyncness } from './asyncness.ts';
import { FileContext } from './context.ts';
import { RULE as REQUIREMENTS } from './files/lines.ts';
import { migrateOtherFile } from './files/otherFiles.ts';
import { writeExtra } from './imports/extra.ts';
import { rewriteImports } from './imports/rewrite.ts';
import { joinTryImports } from './imports/tryImport.ts';
import { relevantGroups } from './relevant.ts';
import { RULES } from './rules.ts';
import { removeStatements } from './statements.ts';
import { vendoredModules } from './vendored.ts';

/** Python on Microdot 1.x becomes Python on Microdot 2.x. */
export function migratePython(project: Project, options: TargetOptions): ProjectMigration {
  const result = emptyMigration();
  const isWanted = (file: string) => options.files?.has(file) ?? true;
  if (isSelected(REQUIREMENTS, options.rules)) migrateOthers(project, isWanted, result);
  const groups = relevantGroups(sourcesOf(project, result)).filter((group) => group.some(isWanted));
  // Each file is read, and changed.
  const step = stepsOf(2 * groups.flat().length, options.onProgress);
  // Trees are big: those of one group are gone before the next is read.
  for (const group of groups) {
    const program = programOf(project, group, isWanted, result, step);
    const flow = inferKinds(program);
    const asyncness = new Asyncness(flow);
    for (const module of program.modules.values()) {
      if (isWanted(module.file))
        migrateModule(new FileContext(flow, asyncness, module, options.rules), result);
      step();
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

// The Python sources; copies of Microdot are no part of what is migrated.
function sourcesOf(project: Project, result: ProjectMigration): Map<string, string> {
  const copies = vendoredModules(project.files);
  for (const [file, replacement] of copies) result.vendored.set(file, replacement);
  return new Map([...project.files].filter(([file]) => file.endsWith('.py') && !copies.has(file)));
}

function programOf(
  project: Project,
  group: readonly string[],
  isWanted: (file: string) => boolean,
  result: ProjectMigration,
  step: () => void,
): Program {
  const modules = new Map<string, PythonModule>();
  for (const file of group) {
    try {
      modules.set(file, parsePython(project.files.get(file) ?? '', file));
    } catch (error) {
      if (!isMigrateError(error)) throw error;
      if (isWanted(file)) result.failures.set(file, error);
    }
    step();
  }
  return new Program(modules);
}

function isMigrateError(error: unknown): error is MigrateError {
  return error instanceof MigrateError;
}

function migrateModule(context: FileContext, result: ProjectMigration): void {
  const { module } = context;
  const { file, source } = module;
  for (const rule of RULES) if (isSelected(rule.name, context.rules)) rule.run(context);
  rewriteImports(context);
  joinTryImports(context);
  writeExtra(context);
  removeStatements(context);
  const edits = sortEdits(context.edits);
  const fault = faultOf(file, () => checkEdited(module, edits));
  if (fault !== null) result.failures.set(file, fault);
  report(result, file, source, fault === null ? edits : [], context.notes);
}

function report(result: ProjectMigration, file: string, source: string, edits: Edit[], notes: Note[]): void {
  notes.sort((a, b) => a.line - b.line || a.column - b.column);
  if (notes.length > 0) result.notes.set(file, notes);
  if (edits.length === 0) return;
  result.edits.set(file, edits);
  result.files.set(file, applyEdits(source, edits));
}
