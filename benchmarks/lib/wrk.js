import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What wrk counted.
 *
 * @typedef {object} Load
 * @property {number} requests those that were answered
 * @property {number} perSecond
 * @property {number} badAnswers those whose status was not 2xx or 3xx
 * @property {number} failures connections that broke, and requests that took over 5 s
 */

/**
 * Loads a server with one thread of wrk, which sends the request of the workload as often as it is answered.
 *
 * @param {number} port
 * @param {import('./workloads.js').Workload} workload
 * @param {{ cpu: number; seconds: number }} options
 * @returns {Promise<Load>}
 */
export async function wrk(port, workload, { cpu, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'microdot-wrk-'));
  try {
    const script = join(folder, 'request.lua');
    writeFileSync(script, scriptOf(workload));
    const load = [`--connections=${workload.connections}`, `--duration=${seconds}s`, '--timeout=5s'];
    const url = `http://127.0.0.1:${port}${workload.path}`;
    const args = ['--cpu-list', String(cpu), 'wrk', '--threads=1', ...load, `--script=${script}`, url];
    const { stdout, stderr } = await promisify(execFile)('taskset', args);
    const report = /\{.*\}$/.exec(stdout)?.[0];
    // wrk goes on without its script where that is wrong, and says so on stderr alone.
    if (!report) throw new Error(`wrk did not report: ${stderr}`);
    return JSON.parse(report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The request, and the report, in the language of wrk's scripts.
 *
 * @param {import('./workloads.js').Workload} workload
 */
function scriptOf({ path, headers, body, pipelined }) {
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${quoted(name)}] = ${quoted(value)}`,
  );
  if (body !== undefined) lines.push('wrk.method = "POST"', `wrk.body = ${quoted(body)}`);
  if (pipelined > 1) {
    lines.push(`function init() requests = string.rep(wrk.format(nil, ${quoted(path)}), ${pipelined}) end`);
    lines.push('function request() return requests end');
  }
  return `${lines.join('\n')}\n${REPORT}`;
}

const REPORT = `
function done(summary)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"perSecond":%f,"badAnswers":%d,"failures":%d}',
    summary.requests,
    summary.requests / summary.duration * 1e6,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
`;

/**
 * A string as Lua writes it: as JSON does, where it is printable ASCII.
 *
 * @param {string} text
 */
function quoted(text) {
  return JSON.stringify(text);
}
