import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The files of `servers/`, in the order in which they are listed. */
export const SERVERS = ['node-http', 'microdot', 'fastify', 'hono', 'h3', 'koa', 'express'];

/**
 * A server that runs in a process of its own.
 *
 * @typedef {object} RunningServer
 * @property {string} name
 * @property {number} port
 * @property {number} pid
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server, and waits until it listens.
 *
 * @param {string} name
 * @param {{ cpu?: number }} [options] the CPU that it is kept on, of Linux alone
 * @returns {Promise<RunningServer>}
 */
export async function startServer(name, { cpu } = {}) {
  for (let attempts = 3; ; attempts--) {
    const { server, log } = await tryToStart(name, cpu);
    if (server) return server;
    // A port that was free may be somebody's by the time that the server listens: connections take them from the same range.
    if (attempts === 1 || !log.includes('EADDRINUSE')) {
      throw new Error(`${name} did not start; this is what it said:\n${log}`);
    }
  }
}

/**
 * @param {string} name
 * @param {number | undefined} cpu
 * @returns {Promise<{ server?: RunningServer; log: string }>}
 */
async function tryToStart(name, cpu) {
  const port = await freePort();
  const file = fileURLToPath(new URL(`../servers/${name}.js`, import.meta.url));
  // taskset becomes what it starts: the process is Node's own.
  const pin = cpu === undefined ? [] : ['taskset', '--cpu-list', String(cpu)];
  const [command = '', ...args] = [...pin, process.execPath, file];
  const child = spawn(command, args, {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-2000);
  });
  const closed = once(child, 'close');
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await closed;
  };

  for (const deadline = performance.now() + 20_000; performance.now() < deadline; await sleep(20)) {
    if (child.exitCode !== null || child.pid === undefined) break;
    if (await isListening(port)) return { server: { name, port, pid: child.pid, stop }, log };
  }
  await stop();
  return { log };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
