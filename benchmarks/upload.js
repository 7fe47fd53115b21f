// `pnpm bench:upload`: what an upload of 100 MB takes, for @microdot/multipart on the Node server and for busboy on bare node:http.
// `pnpm bench:upload --megabytes 100 --rounds 15` says how much of it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Microdot } from '@microdot/core';
import { FileUpload, FormDataIter } from '@microdot/multipart';
import busboy from 'busboy';
import { progress } from './lib/progress.js';
import { median, spread } from './lib/statistics.js';

const TYPE = 'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW';
const HEAD = `------WebKitFormBoundary7MA4YWxkTrZu0gW\r
Content-Disposition: form-data; name="file"; filename="x.bin"\r
Content-Type: application/octet-stream\r\n\r\n`;
const TAIL = '\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n';
const MB = 1024 * 1024;

/**
 * What a server under test can do: start, and answer a form with the number of bytes in its files, of which it keeps none.
 *
 * @type {Record<string, () => Promise<number>>}
 */
const servers = {
  async busboy() {
    const server = createServer((req, res) => {
      let size = 0;
      const form = busboy({ headers: req.headers });
      form.on('file', (_, file) => file.on('data', (chunk) => (size += chunk.length)));
      form.on('close', () => res.end(String(size)));
      req.pipe(form);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  },
  async microdot() {
    const app = new Microdot({ maxContentLength: 10_000 * MB });
    app.post('/', async (request) => {
      let size = 0;
      for await (const [, value] of new FormDataIter(request)) {
        if (value instanceof FileUpload) for await (const chunk of value) size += chunk.length;
      }
      return String(size);
    });
    return (await app.startServer({ port: 0, host: '127.0.0.1' })).port;
  },
};

if (process.send) await serve(process.argv[2] ?? '');
else await compare();

/**
 * In a process of its own: says, when asked, what it has taken so far.
 *
 * @param {string} name
 */
async function serve(name) {
  const port = await /** @type {() => Promise<number>} */ (servers[name])();
  process.on('message', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.send?.({ cpu: userCPUTime + systemCPUTime, maxRSS });
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

async function compare() {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: {
      megabytes: { type: 'string', default: '100' },
      rounds: { type: 'string', default: '15' },
    },
  });
  const [megabytes = 0, rounds = 0] = [values.megabytes, values.rounds].map(Number);
  const { show, end } = progress('upload');
  const rigs = [];
  for (const name of Object.keys(servers)) rigs.push(await startRig(name));
  try {
    for (let round = -1; round < rounds; round++) {
      show(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
      // Who is first changes, and each runs once in every round: what else happens here happens to both.
      for (const rig of round % 2 === 0 ? rigs : rigs.toReversed()) {
        const { cpu, seconds } = await rig.run(round < 0 ? 1 : megabytes);
        if (round < 0) rig.small = await rig.maxRSS();
        else {
          rig.cpu.push(cpu / megabytes);
          rig.rate.push(megabytes / seconds);
        }
      }
    }
    end();
    console.log(`${rounds} uploads of ${megabytes} MB, Node ${process.versions.node}`);
    for (const rig of rigs)
      console.log(line(rig, rigs[0]?.cpu ?? [], rigs[0]?.rate ?? [], await rig.maxRSS()));
  } finally {
    for (const rig of rigs) rig.stop();
  }
}

/** @param {string} name */
async function startRig(name) {
  const child = fork(fileURLToPath(import.meta.url), [name]);
  const [{ port }] = await once(child, 'message');
  const ask = async () => {
    child.send('usage');
    return (await once(child, 'message'))[0];
  };
  const run = async (/** @type {number} */ megabytes) => {
    const before = await ask();
    const start = performance.now();
    await upload(port, megabytes);
    const seconds = (performance.now() - start) / 1000;
    return { cpu: (await ask()).cpu - before.cpu, seconds };
  };
  return {
    name,
    run,
    maxRSS: async () => (await ask()).maxRSS / 1024,
    stop: () => child.disconnect(),
    cpu: /** @type {number[]} */ ([]),
    rate: /** @type {number[]} */ ([]),
    /** The most memory in use after an upload of one megabyte, in MiB. */
    small: 0,
  };
}

/**
 * @param {number} port
 * @param {number} megabytes
 */
async function upload(port, megabytes) {
  // With its length, as browsers send it.
  const headers = { 'Content-Type': TYPE, 'Content-Length': HEAD.length + megabytes * MB + TAIL.length };
  const req = request({ port, host: '127.0.0.1', method: 'POST', headers });
  const answered = once(req, 'response');
  const chunk = Buffer.alloc(64 * 1024, 'Line of a file, of some length.\r\n');
  req.write(HEAD);
  for (let i = 0; i < megabytes * 16; i++) if (!req.write(chunk)) await once(req, 'drain');
  req.end(TAIL);
  const [res] = await answered;
  let text = '';
  for await (const piece of res) text += piece;
  if (text !== String(megabytes * MB)) throw new Error(`The answer is ${res.statusCode} ${text}`);
}

/**
 * @param {Awaited<ReturnType<typeof startRig>>} rig
 * @param {readonly number[]} bareCpu what the first of them took, round by round
 * @param {readonly number[]} bareRate
 * @param {number} maxRSS
 */
function line({ name, cpu, rate, small }, bareCpu, bareRate, maxRSS) {
  const times = spread(cpu.map((value, i) => value / (bareCpu[i] ?? Number.NaN)));
  const rates = spread(rate.map((value, i) => value / (bareRate[i] ?? Number.NaN)));
  const quartiles = (/** @type {typeof times} */ { low, median, high }) =>
    `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return (
    `  ${name}: ${median(rate).toFixed(0)} MB/s, ${quartiles(rates)} of busboy; ` +
    `${median(cpu).toFixed(0)} µs of CPU per MB, ${quartiles(times)} of busboy; ` +
    `at most ${maxRSS.toFixed(0)} MiB resident, ${(maxRSS - small).toFixed(0)} of them beyond those of an upload of 1 MB`
  );
}
