// `pnpm bench:websocket`: what it takes to send back a short text through @microdot/websocket, and what an idle WebSocket takes,
// beside ws on its own. `pnpm bench:websocket --connections 64 --depths 1,16 --rounds 15 --idle 5000` says how much of it.
import { parseArgs } from 'node:util';
import { cpuTime } from './lib/cpuTime.js';
import { echoDifferenceOf } from './lib/echo.js';
import { Peers } from './lib/peers.js';
import { pin } from './lib/pin.js';
import { progress } from './lib/progress.js';
import { summarize, table } from './lib/report.js';
import { missingRequirement } from './lib/requirements.js';
import { startServer } from './lib/server.js';
import { median, spread } from './lib/statistics.js';
import { turns } from './lib/turns.js';

const SERVER_CPU = 0;
const CLIENT_CPU = 1;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    servers: { type: 'string', default: 'ws,ws-text,microdot' },
    connections: { type: 'string', default: '64' },
    depths: { type: 'string', default: '1,16' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
    idle: { type: 'string', default: '5000' },
    'idle-rounds': { type: 'string', default: '3' },
  },
});
const missing = missingRequirement();
if (missing) throw new Error(missing);
const [connections = 0, rounds = 0, seconds = 0, idle = 0, idleRounds = 0] = [
  values.connections,
  values.rounds,
  values.seconds,
  values.idle,
  values['idle-rounds'],
].map(Number);
const names = values.servers.split(',');
const [baseline = ''] = names;
const { show, end } = progress('websocket');

pin(CLIENT_CPU);
await echo();
if (idle > 0) await idleSockets();

/** Every server under the load of the same clients, in turns. */
async function echo() {
  const servers = await Promise.all(names.map(start));
  try {
    for (const { port } of servers) {
      const difference = await echoDifferenceOf(port);
      if (difference) throw new Error(difference);
    }
    for (const depth of values.depths.split(',').map(Number)) {
      const results = servers.map((server) => ({ server: server.name, runs: /** @type {Run[]} */ ([]) }));
      for (const server of servers) await load(server, depth, 2);
      for (const { item, round } of turns(servers, rounds)) {
        show(`${depth} at a time, round ${round + 1} of ${rounds}, ${item.name}`);
        const run = await load(item, depth, seconds);
        results.find(({ server }) => server === item.name)?.runs.push(run);
      }
      end();
      console.log(`\nEcho of a short text, ${connections} connections, ${depth} at a time on each\n`);
      console.log(table(summarize(results, baseline), baseline, 'message'));
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** @typedef {import('./lib/measure.js').Run} Run */

/** @param {string} name */
async function start(name) {
  return { ...(await startServer(`websocket/${name}`, { cpu: SERVER_CPU })), name };
}

/**
 * The clients are new every time: those that wait for their turn would be pinged.
 *
 * @param {{ port: number; pid: number }} server
 * @param {number} depth
 * @param {number} seconds
 * @returns {Promise<Run>}
 */
async function load({ port, pid }, depth, seconds) {
  const peers = await Peers.connect(port, connections);
  try {
    await peers.talk(depth, 0);
    const before = cpuTime(pid);
    const { messages, seconds: taken } = await peers.talk(depth, seconds);
    const cpu = (cpuTime(pid) - before) / messages;
    return { cpu, perSecond: messages / taken, badAnswers: 0, failures: 0 };
  } finally {
    peers.close();
  }
}

/** A server of its own for every figure, as memory that was once in use stays with a process. */
async function idleSockets() {
  const results = names.map((name) => ({
    name,
    heap: /** @type {number[]} */ ([]),
    rss: /** @type {number[]} */ ([]),
  }));
  for (const { item, round } of turns(results, idleRounds)) {
    show(`${idle} idle WebSockets, round ${round + 1} of ${idleRounds}, ${item.name}`);
    const { heap, rss } = await sizeOfOne(item.name);
    item.heap.push(heap);
    item.rss.push(rss);
  }
  end();
  console.log(`\n${idle} idle WebSockets, each of which has had one message sent back\n`);
  for (const { name, heap, rss } of results) {
    const ratio = spread(rss.map((value, i) => value / (results[0]?.rss[i] ?? Number.NaN)));
    const [low, high] = [Math.min(...rss), Math.max(...rss)].map(inKiB);
    console.log(
      `  ${name}: ${inKiB(median(rss))} KiB resident each (${low} to ${high}), ${inKiB(median(heap))} KiB of them in the heap; ` +
        `${ratio.median.toFixed(2)} of ${baseline}`,
    );
  }
}

/** @param {string} name */
async function sizeOfOne(name) {
  const server = await start(name);
  try {
    // Once before, for what is loaded and compiled with the first WebSocket.
    (await talkOnce(server.port, 100)).close();
    const empty = await memoryOf(server.port);
    const peers = await talkOnce(server.port, idle);
    const full = await memoryOf(server.port);
    peers.close();
    return { heap: (full.heapUsed - empty.heapUsed) / idle, rss: (full.rss - empty.rss) / idle };
  } finally {
    await server.stop();
  }
}

/**
 * @param {number} port
 * @param {number} count
 */
async function talkOnce(port, count) {
  const peers = await Peers.connect(port, count);
  await peers.talk(1, 0);
  return peers;
}

/**
 * @param {number} port
 * @returns {Promise<{ rss: number; heapUsed: number }>}
 */
async function memoryOf(port) {
  const response = await fetch(`http://127.0.0.1:${port}/memory`);
  return /** @type {{ rss: number; heapUsed: number }} */ (await response.json());
}

/** @param {number} bytes */
function inKiB(bytes) {
  return (bytes / 1024).toFixed(1);
}
