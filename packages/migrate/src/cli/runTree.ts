import { dirname } from 'node:path';
import { MigrateError } from '../errors.ts';
import { findFiles } from './findFiles.ts';
import { uncommitted } from './gitState.ts';
import type { Io } from './io.ts';
import { loadMigrator } from './migrator.ts';
import { moveNotes } from './moveNotes.ts';
import { type CliOptions, UsageError } from './options.ts';
import { patchOf } from './patch.ts';
import { Progress } from './progress.ts';
import { type Failure, type LoadedProject, loadProject } from './project.ts';
import type { FileResult, RunResult } from './result.ts';

/** A file that is to be written, or shown as a patch. */
interface Change {
  readonly path: string;
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly bytes: Uint8Array;
  readonly encode: (text: string) => Uint8Array;
}

/**
 * `py2` and `js`: files and folders, each file where it is.
 *
 * @throws UsageError when a path is not there, or when git has changes that are not committed.
 */
export async function runTree(options: CliOptions, io: Io): Promise<RunResult> {
  const { target, mode, paths, ignore, rules } = options;
  const loaded = loadProject(findFiles(io.cwd, paths, target, ignore), false);
  const migrate = await loadMigrator(target);
  const progress = new Progress(io, loaded.sources.size);
  const migration = migrate(loaded.project, { rules, onProgress: (share) => progress.show(share) });
  progress.end();

  const failures: Failure[] = [...loaded.failures];
  for (const [name, error] of migration.failures) failures.push(failureOf(shown(loaded, name), error));
  const changes = changesOf(loaded, migration.files);
  if (mode === 'write' && changes.size > 0 && !options.force) refuseUncommitted(changes);

  const files: FileResult[] = [];
  for (const name of loaded.sources.keys()) {
    const change = changes.get(name);
    const notes = migration.notes.get(name) ?? [];
    if (!change || !(await apply(change, options, io, failures))) {
      if (notes.length > 0) files.push({ file: shown(loaded, name), state: 'unchanged', edits: [], notes });
      continue;
    }
    const edits = migration.edits.get(name) ?? [];
    const placed = mode === 'write' ? moveNotes(change.before, change.after, edits, notes) : notes;
    files.push({ file: change.shown, state: 'changed', edits, notes: placed });
  }
  const vendored = [...migration.vendored].map(([name, replacement]) => ({
    file: shown(loaded, name),
    replacement,
  }));
  return { target, mode, files, looked: loaded.sources.size, vendored, failures };
}

function changesOf(loaded: LoadedProject, files: ReadonlyMap<string, string>): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [name, after] of files) {
    const source = loaded.sources.get(name);
    if (!source || source.text === after) continue;
    const { path, shown, text: before, encode } = source;
    changes.set(name, { path, shown, before, after, bytes: encode(after), encode });
  }
  return changes;
}

function refuseUncommitted(changes: ReadonlyMap<string, Change>): void {
  const folders = new Set([...changes.values()].map(({ path }) => dirname(path)));
  for (const folder of folders) {
    const reason = uncommitted(folder);
    if (reason === undefined) continue;
    throw new UsageError(
      `${reason} Commit first, so that there is a way back, or look with --diff; --force writes all the same.`,
    );
  }
}

/** Writes a change, or shows it; whether that could be done. */
async function apply(change: Change, { mode }: CliOptions, io: Io, failures: Failure[]): Promise<boolean> {
  if (mode === 'diff') io.stdout(change.encode(patchOf(change.shown, change.before, change.after)));
  if (mode !== 'write') return true;
  try {
    await io.writeFile(change.path, change.bytes);
    return true;
  } catch (error) {
    failures.push(failureOf(change.shown, error));
    return false;
  }
}

/** What an error says in a report. */
export function failureOf(file: string, error: unknown): Failure {
  const { message } = error as Error;
  if (!(error instanceof MigrateError) || error.line === 0) return { file, message };
  return { file, message, line: error.line, column: error.column };
}

function shown(loaded: LoadedProject, name: string): string {
  return loaded.sources.get(name)?.shown ?? name;
}
