import { migrateOne } from '../migrateOne.ts';
import { decode } from './encoding.ts';
import type { Io } from './io.ts';
import { loadMigrator } from './migrator.ts';
import { moveNotes } from './moveNotes.ts';
import type { CliOptions } from './options.ts';
import { patchOf } from './patch.ts';
import type { FileResult, RunResult } from './result.ts';
import { failureOf } from './runTree.ts';

const NAMES = { py2: 'stdin.py', ts: 'stdin.py', js: 'stdin' };

/** `--stdin`: one source, whose migration goes to standard output, as it is or as a patch. */
export async function runStdin(options: CliOptions, io: Io): Promise<RunResult> {
  const { target, mode, rules, paths } = options;
  const file = paths[0] === undefined || paths[0] === '.' ? NAMES[target] : paths[0].replaceAll('\\', '/');
  const result = { target, mode, looked: 1, vendored: [], files: [] as FileResult[], failures: [] };
  try {
    const { text, encode } = decode(await readAll(io), file);
    const migrator = await loadMigrator(target);
    const { code, edits, notes } = migrateOne(migrator, text, { file, target, rules });
    const isChanged = code !== text;
    if (mode === 'write') io.stdout(encode(code));
    if (mode === 'diff' && isChanged) io.stdout(encode(patchOf(file, text, code)));
    if (isChanged || notes.length > 0) {
      const placed = mode === 'write' && target !== 'ts' ? moveNotes(text, code, edits, notes) : notes;
      result.files.push({ file, state: isChanged ? 'changed' : 'unchanged', edits, notes: placed });
    }
    return result;
  } catch (error) {
    return { ...result, failures: [failureOf(file, error)] };
  }
}

async function readAll({ stdin }: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
