// `pnpm bench:session`: a request whose session is read, changed and saved, with @microdot/session and with the signed cookie of
// hono. `pnpm bench:session --rounds 15 --seconds 1` says how much of it.
import { parseArgs } from 'node:util';
import { cpuTime } from './lib/cpuTime.js';
import { progress } from './lib/progress.js';
import { summarize, table, troubles } from './lib/report.js';
import { missingRequirement } from './lib/requirements.js';
import { startServer } from './lib/server.js';
import { SESSION_SERVERS, sessionDifferenceOf, sessionWorkload } from './lib/sessions.js';
import { turns } from './lib/turns.js';
import { wrk } from './lib/wrk.js';

const SERVER_CPU = 0;
const WRK_CPU = 1;
const BASELINE = 'hono';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
  },
});
const missing = missingRequirement();
if (missing) throw new Error(missing);
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const { show, end } = progress('session');

const rigs = await Promise.all(SESSION_SERVERS.map(start));
try {
  for (const { server, result } of rigs) {
    const difference = await sessionDifferenceOf(server.port, result.server);
    if (difference) throw new Error(`${result.server}: ${difference}`);
    await wrk(server.port, sessionWorkload(result.server), { cpu: WRK_CPU, seconds: 2 });
  }
  for (const { item, round } of turns(rigs, rounds)) {
    show(`round ${round + 1} of ${rounds}, ${item.result.server}`);
    item.result.runs.push(await load(item));
  }
} finally {
  await Promise.all(rigs.map(({ server }) => server.stop()));
}
end();
const results = rigs.map(({ result }) => result);
const summaries = summarize(results, BASELINE);
console.log('A session in a cookie, read, changed and saved; 50 connections\n');
console.log(table(summaries, BASELINE));
for (const trouble of troubles(results, summaries)) {
  process.exitCode = 1;
  console.log(`! ${trouble}`);
}

/** @param {string} name */
async function start(name) {
  const server = await startServer(`session/${name}`, { cpu: SERVER_CPU });
  return { server, result: { server: name, runs: /** @type {import('./lib/measure.js').Run[]} */ ([]) } };
}

/** @param {Awaited<ReturnType<typeof start>>} rig */
async function load({ server, result }) {
  const before = cpuTime(server.pid);
  const { requests, ...load } = await wrk(server.port, sessionWorkload(result.server), {
    cpu: WRK_CPU,
    seconds,
  });
  return { cpu: (cpuTime(server.pid) - before) / requests, ...load };
}
