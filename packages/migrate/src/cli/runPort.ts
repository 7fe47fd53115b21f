import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Note } from '../edit/edit.ts';
import { findFiles } from './findFiles.ts';
import type { Io } from './io.ts';
import { loadMigrator } from './migrator.ts';
import { type CliOptions, UsageError } from './options.ts';
import { patchOf } from './patch.ts';
import { Progress } from './progress.ts';
import { type Failure, loadProject } from './project.ts';
import type { FileResult, RunResult } from './result.ts';
import { failureOf } from './runTree.ts';

/**
 * `ts`: a new folder, and nothing changes in the old one. It appears as a whole or, when the disk fills, not at all.
 *
 * @throws UsageError when there is something in the folder already.
 */
export async function runPort(options: CliOptions, io: Io): Promise<RunResult> {
  const { mode, paths, ignore, rules } = options;
  const out = options.out === undefined ? undefined : resolve(io.cwd, options.out);
  if (out !== undefined && mode === 'write') refuseOccupied(out, options.out ?? '');
  const found = findFiles(io.cwd, paths, 'ts', ignore);
  const files = found.files.filter(({ path }) => out === undefined || !`${path}${sep}`.startsWith(out + sep));
  const loaded = loadProject({ ...found, files }, true);
  const migrate = await loadMigrator('ts');
  const progress = new Progress(io, loaded.sources.size);
  const migration = migrate(loaded.project, { rules, onProgress: (share) => progress.show(share) });
  progress.end();

  const nameOf = (name: string): string => loaded.sources.get(name)?.shown ?? name;
  const failures: Failure[] = [...loaded.failures];
  for (const [name, error] of migration.failures) failures.push(failureOf(nameOf(name), error));
  const content = new Map<string, string | Uint8Array>();
  for (const [name, bytes] of loaded.others) content.set(name, bytes);
  for (const [name, { text, encode }] of loaded.sources) {
    if (isKept(name) && !migration.vendored.has(name)) content.set(name, encode(text));
  }
  for (const [name, text] of migration.files) content.set(name, text);
  if (mode === 'diff') for (const [name, text] of migration.files) io.stdout(patchOf(name, undefined, text));
  const isWritten =
    out === undefined || mode !== 'write' || writeFolder(out, content, options.out ?? '', failures);

  const results: FileResult[] = [...migration.notes]
    .filter(([name]) => !content.has(name))
    .map(([name, notes]) => ({ file: nameOf(name), state: 'unchanged', edits: [], notes }));
  for (const name of isWritten ? content.keys() : []) {
    const notes = [...(migration.notes.get(name) ?? [])];
    if (migration.files.has(name) && (loaded.sources.has(name) || loaded.others.has(name)))
      notes.push(displaced(name));
    results.push({ file: name, state: 'created', edits: [], notes });
  }
  results.sort((a, b) => (a.file < b.file ? -1 : 1));
  const vendored = [...migration.vendored].map(([name, replacement]) => ({
    file: nameOf(name),
    replacement,
  }));
  const shown = options.out === undefined ? {} : { out: options.out };
  return { target: 'ts', mode, files: results, looked: loaded.sources.size, vendored, failures, ...shown };
}

/** What the port writes stands where a file of the application would have gone. */
function displaced(name: string): Note {
  return {
    line: 1,
    column: 1,
    rule: 'files',
    message: `The port has a ${name} of its own, and yours was not copied: take over what is still needed of it.`,
    guide: 'what-is-left-to-do',
  };
}

/** Whether a file goes along: templates, what is served, data; but not what only Python needs. */
function isKept(name: string): boolean {
  return !/\.pyw?$|(?:^|\/)(?:[^/]*requirements[^/]*\.(?:txt|in)|requirements\/[^/]*|pyproject\.toml|setup\.cfg|tox\.ini|MANIFEST\.in|Pipfile|\.python-version|(?:poetry|uv|pdm|Pipfile)\.lock)$/.test(
    name,
  );
}

function refuseOccupied(out: string, shown: string): void {
  if (!existsSync(out)) return;
  let entries: string[] | undefined;
  try {
    entries = readdirSync(out);
  } catch {
    throw new UsageError(`${shown} is no folder.`);
  }
  if (entries.length > 0)
    throw new UsageError(`There is something in ${shown} already, and nothing is overwritten.`);
}

/** Writes a folder beside the one to be, and gives it its name when everything is in it. */
function writeFolder(
  out: string,
  content: ReadonlyMap<string, string | Uint8Array>,
  shown: string,
  failures: Failure[],
): boolean {
  let beside: string | undefined;
  try {
    mkdirSync(dirname(out), { recursive: true });
    beside = mkdtempSync(join(dirname(out), `.${basename(out)}.`));
    const folder = join(beside, 'out');
    mkdirSync(folder);
    for (const [name, data] of content) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, data, { flag: 'wx' });
    }
    if (existsSync(out)) rmdirSync(out);
    renameSync(folder, out);
    return true;
  } catch (error) {
    failures.push(failureOf(shown, error));
    return false;
  } finally {
    if (beside !== undefined) rmSync(beside, { recursive: true, force: true });
  }
}
