// `pnpm bench:cold`: how long it takes from the start of a process to its first response, for Microdot and for bare node:http.
// `pnpm bench:cold --rounds 50` says how often.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpuTime } from './lib/cpuTime.js';
import { progress } from './lib/progress.js';
import { median, spread } from './lib/statistics.js';

const ALLOWED = 15;

/**
 * What one start took, in milliseconds. `cpu` is only known on Linux; it holds where other processes want the CPU too.
 *
 * @typedef {{ time: number; cpu: number | undefined }} Start
 */

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { rounds: { type: 'string', default: '50' } },
});
const rounds = Number(values.rounds);
/** @type {Start[]} */
const bare = [];
/** @type {Start[]} */
const microdot = [];

// From here on what they are read from is in the page cache.
await Promise.all([start('node-http'), start('microdot')]);
const { show, end } = progress('cold start');
for (let round = 0; round < rounds; round++) {
  show(`round ${round + 1} of ${rounds}`);
  // Who is first changes, as what happens on the machine may last longer than a start.
  if (round % 2 === 0) bare.push(await start('node-http'));
  microdot.push(await start('microdot'));
  if (round % 2 === 1) bare.push(await start('node-http'));
}
end();

console.log(
  `from the start of a process to its first response; ${rounds} rounds, Node ${process.versions.node}`,
);
report(
  'time',
  bare.map(({ time }) => time),
  microdot.map(({ time }) => time),
);
if (process.platform === 'linux') {
  report(
    'CPU time',
    bare.map(({ cpu = 0 }) => cpu),
    microdot.map(({ cpu = 0 }) => cpu),
  );
}
console.log(`${ALLOWED} ms more are allowed`);

/**
 * @param {string} what
 * @param {number[]} bare
 * @param {number[]} microdot one for each of `bare`
 */
function report(what, bare, microdot) {
  const { low, median: more, high } = spread(microdot.map((value, i) => value - (bare[i] ?? 0)));
  console.log(
    `  ${what}: node:http ${ms(median(bare))}, Microdot ${ms(median(microdot))}; ` +
      `${ms(more)} more (quartiles ${ms(low)} and ${ms(high)})`,
  );
}

/** @param {number} milliseconds */
function ms(milliseconds) {
  return `${milliseconds.toFixed(1)} ms`;
}

/**
 * Starts a process, which says on what port it listens, and asks it once.
 *
 * @param {string} name of a file in `cold-start/`
 * @returns {Promise<Start>}
 */
async function start(name) {
  const file = fileURLToPath(new URL(`./cold-start/${name}.js`, import.meta.url));
  const started = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const [port] = await Promise.race([once(child.stdout, 'data'), exited.then(() => [])]);
    if (port === undefined) throw new Error(`${name} ended before it listened`);
    const answer = await firstAnswer(Number(port));
    const time = performance.now() - started;
    if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`${name} answered ${answer}`);
    const cpu = process.platform === 'linux' ? cpuTime(child.pid ?? 0) / 1000 : undefined;
    return { time, cpu };
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

/** @param {number} port */
async function firstAnswer(port) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}
