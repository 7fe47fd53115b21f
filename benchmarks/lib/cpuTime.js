import { readdirSync, readFileSync } from 'node:fs';

/**
 * The time that a process has spent on a CPU, in itself and in the kernel for it, over all of its threads, in microseconds. The
 * kernel counts it in nanoseconds, and counts nothing while another process has the CPU: on a busy machine this holds where
 * requests per second do not.
 *
 * @param {number} pid
 */
export function cpuTime(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [running] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    nanoseconds += Number(running);
  }
  return nanoseconds / 1000;
}
