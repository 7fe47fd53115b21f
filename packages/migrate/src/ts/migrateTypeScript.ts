import { faultOf } from '../broken.ts';
import { MigrateError } from '../errors.ts';
import { check } from '../js/check.ts';
import { emptyMigration, type Project, type ProjectMigration } from '../project.ts';
import { type PythonModule, parsePython } from '../python/parse.ts';
import { stepsOf } from '../steps.ts';
import type { TargetOptions } from '../target.ts';
import { spreadAsync } from './emit/awaits.ts';
import type { Output } from './emit/emitter.ts';
import { emitModule } from './emit/module.ts';
import { modulePath } from './emit/names.ts';
import { NameTables } from './emit/nameTables.ts';
import { decideImports } from './importAttempts.ts';
import { findHandlers } from './infer/handlers.ts';
import { Inference } from './infer/infer.ts';
import { packageJson, tsconfig } from './manifest.ts';
import { Members } from './members.ts';
import { withNamedTuples } from './namedTuples.ts';
import {
  entryModule,
  exportedBindings,
  globalsOwner,
  importedModules,
  mainApp,
  makesMaps,
  servedModule,
  sessionOwner,
} from './overview.ts';
import { Program } from './program.ts';
import { withRebound } from './rebound.ts';
import { pythonHelpers } from './runtime/helpers.ts';
import { needsSessionObject, secretKeyStatement } from './sessionUse.ts';
import { isTestModule, isVendored } from './sources.ts';
import { stubModule } from './stubs.ts';

/** A Python application on Microdot becomes a TypeScript project on `@microdot/*`. */
export function migrateTypeScript(project: Project, options: TargetOptions): ProjectMigration {
  const migration = emptyMigration();
  const modules: PythonModule[] = [];
  const sources = [...project.files].filter(
    ([path]) => path.endsWith('.py') && (options.files?.has(path) ?? true),
  );
  // Each is read, and written.
  const step = stepsOf(2 * sources.length, options.onProgress);
  for (const [path, text] of sources) {
    step();
    if (isVendored(path, text)) {
      migration.vendored.set(path, 'the packages of @microdot');
      continue;
    }
    if (isTestModule(path)) {
      note(migration, path, 'tests', 'Tests are not ported: write them with @microdot/test-client.');
      continue;
    }
    try {
      modules.push(withNamedTuples(parsePython(text, path)));
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      migration.failures.set(path, error);
    }
  }
  if (modules.length > 0) emitProject(project, modules, migration, step);
  return migration;
}

function emitProject(
  project: Project,
  modules: readonly PythonModule[],
  migration: ProjectMigration,
  step: () => void,
): void {
  const own = new Set(modules.map(({ file }) => file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.')));
  const isOwn = (name: string) => [...own].some((each) => each === name || each.endsWith(`.${name}`));
  let program = inferred(modules, isOwn);
  const rebound = withRebound(program);
  if (rebound) program = inferred(rebound, isOwn);
  findHandlers(program);
  spreadAsync(program);
  const out: Output = {
    program,
    files: project.files,
    names: new NameTables(),
    members: new Members(program),
    helpers: new Set(),
    packages: new Set(['@microdot/core']),
    stubs: new Map(),
    notes: migration.notes,
    globalsOwner: globalsOwner(program),
    sessionOwner: sessionOwner(program),
    mainApp: mainApp(program),
    exported: exportedBindings(program),
    sessionObject: sessionObject(program),
    hasMaps: makesMaps(program),
    imported: importedModules(program),
    served: servedModule(program),
  };
  const write = (path: string, text: string) => {
    const fault = faultOf(path, () => check(text, path));
    if (fault !== null) {
      migration.failures.set(path, fault);
      return;
    }
    migration.files.set(path, text);
    migration.created.add(path);
  };
  for (const module of program.modules.values()) {
    step();
    // A package without anything in it needs no module.
    if (module.isPackage && module.module.tree.body.length === 0) continue;
    write(`src/${modulePath(module.path)}.ts`, emitModule(out, module));
  }
  for (const [name, names] of out.stubs) write(`src/stubs/${stubPath(name)}.ts`, stubModule(name, names));
  if (out.helpers.size > 0) write('src/python.ts', pythonHelpers(out.helpers));
  const entry =
    entryModule(program) ??
    out.served ??
    [...program.modules.values()].find((module) => !out.imported.has(module));
  write('package.json', packageJson(out.packages, entry ? modulePath(entry.path) : 'index', project));
  write('tsconfig.json', tsconfig());
}

function inferred(modules: readonly PythonModule[], isOwn: (name: string) => boolean): Program {
  for (const module of modules) decideImports(module, isOwn);
  const program = new Program(modules);
  new Inference(program).run();
  return program;
}

/** A variable for the `Session`: where the key is set beside the application, or before everything. */
function sessionObject(program: Program): Output['sessionObject'] {
  if (!needsSessionObject(program)) return undefined;
  const app = mainApp(program);
  return app && secretKeyStatement(program, app.module) ? 'with key' : 'first';
}

function stubPath(name: string): string {
  return modulePath(name.replaceAll('.', '_'));
}

function note(migration: ProjectMigration, path: string, rule: string, message: string): void {
  const notes = migration.notes.get(path) ?? [];
  migration.notes.set(path, [...notes, { line: 1, column: 1, rule, message, guide: 'what-is-left-to-do' }]);
}
