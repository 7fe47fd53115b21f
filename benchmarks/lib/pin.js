import { execFileSync } from 'node:child_process';

/**
 * Keeps this process and all of its threads on one CPU.
 *
 * @param {number} cpu
 */
export function pin(cpu) {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(cpu), String(process.pid)]);
}
