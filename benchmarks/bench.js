// `pnpm bench`: every server under every workload, and what each of them costs. README.md says how to read it.
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { measure } from './lib/measure.js';
import { progress } from './lib/progress.js';
import { summarize, table, troubles } from './lib/report.js';
import { missingRequirement } from './lib/requirements.js';
import { SERVERS } from './lib/server.js';
import { DEFAULT_WORKLOADS, WORKLOADS } from './lib/workloads.js';

const USAGE = `usage: pnpm bench [options]
  --workloads a,b,c   of ${Object.keys(WORKLOADS).join(', ')}; ${DEFAULT_WORKLOADS.join(',')} by default
  --servers x,y       of ${SERVERS.join(', ')}; all of them by default
  --baseline x        the server that the others are compared to; node-http by default
  --rounds N          how often each server is loaded; 9 by default
  --seconds N         for how long each time; 1 by default
  --json FILE         writes the figures of every round to a file
  --help              prints this`;

const options = readOptions();
const missing = missingRequirement();
if (missing) stop(missing, 1);
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, () => process.exit(code));
}

console.log(`Node ${process.versions.node}, ${os.cpus()[0]?.model.trim()}, Linux ${os.release()}`);
console.log(
  `${options.rounds} rounds of ${options.seconds} s; the load of the machine is ${os.loadavg()[0]?.toFixed(2)}`,
);

/** @type {Record<string, import('./lib/measure.js').Result[]>} */
const all = {};
for (const name of options.workloads) {
  const workload = WORKLOADS[name];
  if (!workload) continue;
  const { show, end } = progress(name);
  const results = await measure(workload, options.servers, options, show);
  end();
  all[name] = results;
  report(name, workload, results);
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);

/**
 * @param {string} name
 * @param {import('./lib/workloads.js').Workload} workload
 * @param {import('./lib/measure.js').Result[]} results
 */
function report(name, { title, path, body, connections }, results) {
  const summaries = summarize(results, options.baseline);
  console.log(
    `\n${name}: ${title} (${body === undefined ? 'GET' : 'POST'} ${path}, ${connections} connections)\n`,
  );
  console.log(table(summaries, options.baseline));
  for (const trouble of troubles(results, summaries)) {
    process.exitCode = 1;
    console.log(`! ${trouble}`);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      // pnpm passes on the `--` that npm wants.
      args: process.argv.slice(2).filter((arg) => arg !== '--'),
      options: {
        workloads: { type: 'string', default: DEFAULT_WORKLOADS.join(',') },
        servers: { type: 'string', default: SERVERS.join(',') },
        baseline: { type: 'string', default: 'node-http' },
        rounds: { type: 'string', default: '9' },
        seconds: { type: 'string', default: '1' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) stop(USAGE, 0);
    return {
      workloads: namesOf('workload', values.workloads, Object.keys(WORKLOADS)),
      servers: namesOf('server', values.servers, SERVERS),
      baseline: values.baseline,
      rounds: countOf('rounds', values.rounds),
      seconds: countOf('seconds', values.seconds),
      json: values.json,
    };
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${USAGE}`, 2);
  }
}

/**
 * @param {string} what
 * @param {string} text
 * @param {string[]} known
 */
function namesOf(what, text, known) {
  const names = text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${what} ${JSON.stringify(unknown)}.`);
  return names;
}

/**
 * @param {string} what
 * @param {string} text
 */
function countOf(what, text) {
  if (!/^[1-9]\d*$/.test(text))
    throw new Error(`--${what} is a whole number from 1 on, not ${JSON.stringify(text)}.`);
  return Number(text);
}

/**
 * @param {string} message
 * @param {number} code
 * @returns {never}
 */
function stop(message, code) {
  console.error(message);
  process.exit(code);
}
