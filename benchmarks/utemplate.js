// `pnpm bench:utemplate`: a table of a thousand rows in utemplate's syntax, with all methods of a template, beside what eta itself
// takes to render the same table. `--rounds 60` says how often, `--cases FILE` takes the table from a file of cases.
import { parseArgs } from 'node:util';
import { Environment } from '@microdot/utemplate';
import { Eta } from 'eta';
import { spread } from './lib/statistics.js';
import { utable } from './lib/tables.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { rounds: { type: 'string', default: '60' }, cases: { type: 'string' } },
});
const rounds = Number(values.rounds);
const table = utable(values.cases);
const data = { cols: table.cols, rows: table.rows };

console.log(
  `${table.rows.length} rows of ${table.cols.length}, Node ${process.versions.node}, ${rounds} rounds`,
);
console.log('eta.render = 1, median and quartiles of the rounds; more is better\n');
for (const autoescape of [false, true]) {
  // As text alone, which need not be put together; and as the bytes that go out.
  for (const use of /** @type {const} */ (['text', 'bytes'])) {
    console.log(`${autoescape ? 'escaped' : 'not escaped'}, as ${use}`);
    await compare(autoescape, use === 'text' ? (text) => text.length : (text) => Buffer.byteLength(text));
  }
}

/**
 * @param {boolean} autoescape
 * @param {(text: string) => number} use what is done with every piece
 */
async function compare(autoescape, use) {
  const contenders = contendersOf(autoescape, use);
  const expected = await contenders['eta.render']?.();
  /** @type {Record<string, number[]>} */
  const times = {};
  for (const [name, run] of Object.entries(contenders)) {
    const length = await run();
    if (length !== expected) throw new Error(`${name} has ${length}, and eta.render ${expected}`);
    times[name] = [];
    for (let i = 0; i < 50; i++) await run();
  }
  for (let round = 0; round < rounds; round++) {
    // In every round each runs once, and another one begins: what else happens here happens to all of them.
    const turn = Object.entries(contenders);
    for (const [name, run] of [...turn.slice(round % turn.length), ...turn.slice(0, round % turn.length)]) {
      const start = performance.now();
      for (let i = 0; i < 5; i++) await run();
      times[name]?.push((performance.now() - start) / 5);
    }
  }
  const base = times['eta.render'] ?? [];
  for (const [name, took] of Object.entries(times)) {
    const { low, median, high } = spread(took.map((time, i) => (base[i] ?? Number.NaN) / time));
    const figures = [low, median, high].map((ratio) => ratio.toFixed(2));
    console.log(
      `  ${name.padEnd(30)} ${figures[1]} (${figures[0]}-${figures[2]})  ${spread(took).median.toFixed(3)} ms`,
    );
  }
}

/**
 * @param {boolean} autoescape
 * @param {(text: string) => number} use
 * @returns {Record<string, () => number | Promise<number>>}
 */
function contendersOf(autoescape, use) {
  const eta = new Eta({ autoEscape: autoescape });
  eta.loadTemplate('@table', table.eta);
  const templates = { 'table.tpl': table.utemplate, 'table.eta': table.eta };
  const environment = new Environment({ templates, autoescape });
  const ours = environment.getTemplate('table.tpl');
  const ourEta = environment.getTemplate('table.eta');
  return {
    'eta.render': () => use(eta.render('@table', data)),
    render: () => use(ours.render(data)),
    generate: () => sum(ours.generate(data), use),
    generateAsync: () => sumAsync(ours.generateAsync(data), use),
    "render, eta's syntax": () => use(ourEta.render(data)),
    "generate, eta's syntax": () => sum(ourEta.generate(data), use),
    "generateAsync, eta's syntax": () => sumAsync(ourEta.generateAsync(data), use),
  };
}

/**
 * @param {Iterable<string>} pieces
 * @param {(text: string) => number} use
 */
function sum(pieces, use) {
  let length = 0;
  for (const piece of pieces) length += use(piece);
  return length;
}

/**
 * @param {AsyncIterable<string>} pieces
 * @param {(text: string) => number} use
 */
async function sumAsync(pieces, use) {
  let length = 0;
  for await (const piece of pieces) length += use(piece);
  return length;
}
