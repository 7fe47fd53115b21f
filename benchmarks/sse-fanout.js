// `pnpm bench:sse`: what it takes to send every event to a thousand clients, for Microdot and for bare node:http.
// Servers and clients share a CPU, and the clients stand back: otherwise how soon a client on another one falls asleep, and has to
// be woken up, is most of what is measured. `pnpm bench:sse --clients 1000 --events 50 --rounds 10` says how much of it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import net from 'node:net';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Microdot } from '@microdot/core';
import { EventLog, withSSE } from '@microdot/sse';
import { progress } from './lib/progress.js';
import { median, spread } from './lib/statistics.js';

/**
 * What a server under test can do: start, with the function that sends an event to everybody.
 *
 * @type {Record<string, () => Promise<{ port: number; publish: (event: object) => void }>>}
 */
const servers = {
  /** As one writes it by hand: every response in a set, the event put into words once. */
  async 'node-http'() {
    const open = new Set();
    const server = createServer((_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
      open.add(res);
      res.on('close', () => open.delete(res));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = /** @type {net.AddressInfo} */ (server.address());
    let id = 0;
    const publish = (/** @type {object} */ event) => {
      const frame = `id: ${id++}\ndata: ${JSON.stringify(event)}\n\n`;
      for (const res of open) res.write(frame);
    };
    return { port, publish };
  },
  async microdot() {
    const log = new EventLog();
    const app = new Microdot();
    app.get(
      '/',
      withSSE((_, sse) => log.follow(sse)),
    );
    const { port } = await app.startServer({ port: 0, host: '127.0.0.1' });
    return { port, publish: (event) => void log.send(event) };
  },
};

if (process.send) await serve(process.argv[2] ?? '');
else await compare();

/**
 * In a process of its own: does what the other tells it, and says what it has taken so far.
 *
 * @param {string} name
 */
async function serve(name) {
  const { port, publish } = await /** @type {() => ReturnType<typeof servers[string]>} */ (servers[name])();
  process.on('message', (message) => {
    if (message === 'publish')
      publish({ symbol: 'XYZ!', price: 101.25, volume: 4200, at: 1_700_000_000_000 });
    else if (message === 'memory') {
      globalThis.gc?.();
      process.send?.(process.memoryUsage());
    } else {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

async function compare() {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: {
      clients: { type: 'string', default: '1000' },
      events: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '10' },
    },
  });
  const clients = Number(values.clients);
  const events = Number(values.events);
  const rounds = Number(values.rounds);
  const { show, end } = progress('sse fan-out');
  const rigs = [];
  for (const name of Object.keys(servers)) {
    show(`connecting ${clients} clients to ${name}`);
    rigs.push(await startRig(name, clients));
  }
  setPriority(constants.priority.PRIORITY_LOW);
  try {
    for (let round = -1; round < rounds; round++) {
      show(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
      // Who is first changes, and each runs once in every round: what else happens here happens to both.
      for (const rig of round % 2 === 0 ? rigs : rigs.toReversed()) {
        const cpu = await rig.run(events);
        if (round >= 0) rig.cpu.push(cpu / (events * clients));
      }
    }
  } finally {
    for (const rig of rigs) rig.stop();
  }
  end();
  report(rigs, `${clients} clients, ${rounds} rounds of ${events} events, Node ${process.versions.node}`);
}

/**
 * A server with clients that have connected to it.
 *
 * @param {string} name
 * @param {number} clients
 */
async function startRig(name, clients) {
  const child = fork(fileURLToPath(import.meta.url), [name], { execArgv: ['--expose-gc'] });
  const [{ port }] = await once(child, 'message');
  const ask = async (/** @type {'memory' | 'cpu'} */ what) => {
    child.send(what);
    return (await once(child, 'message'))[0];
  };
  const empty = await ask('memory');
  let delivered = 0;
  /** @type {net.Socket[]} */
  const sockets = [];
  while (sockets.length < clients) {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    // There is one in every event, and none elsewhere.
    socket.on('data', (data) => {
      for (let at = data.indexOf('!'); at >= 0; at = data.indexOf('!', at + 1)) delivered++;
    });
    sockets.push(socket);
  }
  const full = await ask('memory');
  /** Publishes events, each when everybody has the one before, and resolves with the CPU time in microseconds. */
  const run = async (/** @type {number} */ events) => {
    const before = await ask('cpu');
    for (let i = 0; i < events; i++) {
      const goal = delivered + clients;
      child.send('publish');
      while (delivered < goal) await sleep(1);
    }
    return (await ask('cpu')) - before;
  };
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    child.disconnect();
  };
  return {
    name,
    run,
    stop,
    cpu: /** @type {number[]} */ ([]),
    heap: (full.heapUsed - empty.heapUsed) / clients,
    rss: (full.rss - empty.rss) / clients,
  };
}

/**
 * @param {Awaited<ReturnType<typeof startRig>>[]} rigs the first is what the others are measured against
 * @param {string} what
 */
function report([bare, ...others], what) {
  console.log(what);
  for (const { name, cpu, heap, rss } of [bare, ...others].filter((rig) => rig !== undefined)) {
    const ratio = spread(cpu.map((value, i) => value / (bare?.cpu[i] ?? Number.NaN)));
    console.log(
      `  ${name}: ${median(cpu).toFixed(2)} µs of CPU per delivered event, ` +
        `${ratio.median.toFixed(2)} of ${bare?.name} (quartiles ${ratio.low.toFixed(2)} and ${ratio.high.toFixed(2)}); ` +
        `an idle client takes ${(heap / 1024).toFixed(1)} KiB of heap, ${(rss / 1024).toFixed(1)} KiB resident`,
    );
  }
}
