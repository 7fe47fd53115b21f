import { spawnSync } from 'node:child_process';

/**
 * What a load needs and is not here, in words for whoever wants to run one; nothing where all is well.
 *
 * @returns {string | undefined}
 */
export function missingRequirement() {
  if (process.platform !== 'linux') {
    return 'The load runs on Linux alone: it reads CPU times from /proc, and keeps processes on a CPU with taskset.';
  }
  if (!canRun('wrk', ['--version']))
    return 'wrk is not installed: `apt-get install wrk` on Debian and Ubuntu brings it.';
  if (!canRun('taskset', ['--version']))
    return 'taskset is not installed: `apt-get install util-linux` brings it.';
  for (const cpu of ['0', '1']) {
    if (spawnSync('taskset', ['--cpu-list', cpu, 'true']).status !== 0) {
      return `CPU ${cpu} is not to be had: the servers run on CPU 0, and wrk on CPU 1.`;
    }
  }
  return undefined;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function canRun(command, args) {
  return spawnSync(command, args).error === undefined;
}
