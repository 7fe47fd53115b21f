import { differenceOf } from './ask.js';
import { cpuTime } from './cpuTime.js';
import { startServer } from './server.js';
import { wrk } from './wrk.js';

const SERVER_CPU = 0;
const WRK_CPU = 1;
const WARM_UP_SECONDS = 2;

/**
 * A server under the load of one round.
 *
 * @typedef {object} Run
 * @property {number} cpu the CPU time of a request, in microseconds
 * @property {number} perSecond requests per second
 * @property {number} badAnswers
 * @property {number} failures
 */

/**
 * @typedef {object} Result
 * @property {string} server
 * @property {Run[]} runs one for every round
 * @property {string | undefined} [excluded] why it was not run at all
 */

/**
 * Runs one workload: all servers up at once, and in every round each of them under load once, so that what happens on the
 * machine in the meantime happens to all of them. In every round another one begins.
 *
 * @param {import('./workloads.js').Workload} workload
 * @param {string[]} names
 * @param {{ rounds: number; seconds: number }} options
 * @param {(what: string) => void} onProgress
 * @returns {Promise<Result[]>} in the order of `names`
 */
export async function measure(workload, names, { rounds, seconds }, onProgress) {
  /** @type {Result[]} */
  const results = names.map((server) => ({ server, runs: [] }));
  /** @type {{ server: import('./server.js').RunningServer; result: Result }[]} */
  const running = [];
  try {
    for (const result of results) {
      onProgress(`starting ${result.server}`);
      const server = await startChecked(result, workload);
      if (server) running.push({ server, result });
    }
    for (const { server } of running) {
      onProgress(`warming up ${server.name}`);
      await wrk(server.port, workload, { cpu: WRK_CPU, seconds: WARM_UP_SECONDS });
    }
    for (let round = 0; round < rounds; round++) {
      for (const { server, result } of rotate(running, round)) {
        onProgress(`round ${round + 1} of ${rounds}, ${server.name}`);
        result.runs.push(await run(server, workload, seconds));
      }
    }
    return results;
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}

/**
 * Starts a server. One that does not start, or gives another answer than it should, takes no part.
 *
 * @param {Result} result
 * @param {import('./workloads.js').Workload} workload
 */
async function startChecked(result, workload) {
  try {
    const server = await startServer(result.server, { cpu: SERVER_CPU });
    result.excluded = await differenceOf(server.port, workload);
    if (result.excluded === undefined) return server;
    await server.stop();
  } catch (error) {
    result.excluded = error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

/**
 * @param {import('./server.js').RunningServer} server
 * @param {import('./workloads.js').Workload} workload
 * @param {number} seconds
 * @returns {Promise<Run>}
 */
async function run(server, workload, seconds) {
  const before = cpuTime(server.pid);
  const { requests, ...load } = await wrk(server.port, workload, { cpu: WRK_CPU, seconds });
  return { cpu: (cpuTime(server.pid) - before) / requests, ...load };
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} by
 */
function rotate(list, by) {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
