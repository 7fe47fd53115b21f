import type { Edit, Note } from '../edit/edit.ts';
import type { Target } from '../target.ts';
import type { Mode } from './options.ts';
import type { Failure } from './project.ts';

/** What became of one file. */
export interface FileResult {
  /** Relative to where the command runs. */
  readonly file: string;
  readonly state: 'changed' | 'created' | 'unchanged';
  readonly edits: readonly Edit[];
  readonly notes: readonly Note[];
}

/** What a run has done, or would do. */
export interface RunResult {
  readonly target: Target;
  readonly mode: Mode;
  /** Files that change, and those that something is left to do in. */
  readonly files: readonly FileResult[];
  /** How many files were looked at. */
  readonly looked: number;
  readonly vendored: readonly { readonly file: string; readonly replacement: string }[];
  readonly failures: readonly Failure[];
  /** The folder that `ts` wrote. */
  readonly out?: string;
}

/** The exit code of a run: failures count more than what is left to do. */
export function exitCode({ files, failures, vendored, mode }: RunResult, strict: boolean): 0 | 1 | 3 {
  if (failures.length > 0) return 3;
  const changes = files.some(({ state }) => state !== 'unchanged');
  if (changes && (mode === 'check' || mode === 'diff')) return 1;
  const isLeft = vendored.length > 0 || files.some(({ notes }) => notes.length > 0);
  return strict && isLeft ? 1 : 0;
}

/** How often each rule has changed a file, the most frequent first. */
export function countRules(edits: readonly Edit[]): [rule: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { rule } of edits) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
}
