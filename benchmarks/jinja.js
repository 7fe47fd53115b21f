// `pnpm bench:jinja`: what a page takes that @microdot/jinja renders, beside nunjucks and Python's Jinja2, each round one after the
// other; what the other methods take beside `render`; and what reading a template takes. `--rounds 15 --milliseconds 150` says how
// much of it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Environment } from '@microdot/jinja';
import nunjucks from 'nunjucks';
import { progress } from './lib/progress.js';
import { median, spread } from './lib/statistics.js';
import { digestOf, JINJA_FILE, jinjaWorkloads, microdotTemplate, nunjucksTemplate } from './lib/templates.js';
import { turns } from './lib/turns.js';

/** Debian's, which has jinja2 where python3-jinja2 is installed. */
const PYTHON = '/usr/bin/python3';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    rounds: { type: 'string', default: '15' },
    milliseconds: { type: 'string', default: '150' },
  },
});
const [rounds, milliseconds] = [Number(values.rounds), Number(values.milliseconds)];
const { show, end } = progress('jinja');

/** @typedef {{ name: string; time: () => Promise<number>; times: number[] }} Contender */

const python = await startPython();
/** @type {string[]} */
const lines = [
  `Milliseconds for a page, the median of ${rounds} rounds; in brackets, how often @microdot/jinja goes into it, with quartiles\n`,
];
for (const workload of await jinjaWorkloads()) lines.push(await compare(workload));
lines.push('', ...(await compareCompilation()));
python?.stop();
end();
for (const line of lines) console.log(line);

/** @param {import('./lib/templates.js').Workload} workload */
async function compare(workload) {
  const { id, context, sha256 } = workload;
  const template = microdotTemplate(workload);
  if (digestOf(template.render(context)) !== sha256) {
    process.exitCode = 1;
    return `! ${id}: not what Jinja2 renders`;
  }
  const other = nunjucksTemplate(workload);
  const contenders = [
    contender('render', () => template.render(context)),
    contender('generate', () => joined(template.generate(context))),
    contender('generateAsync', () => joinedLater(template.generateAsync(context))),
    contender('renderAsync', () => template.renderAsync(context)),
    ...(other ? [contender('nunjucks', () => other.render(context))] : []),
    ...(python ? [{ name: 'Jinja2', time: () => python.time(id), times: [] }] : []),
  ];
  await race(id, contenders);
  return `${id.padEnd(7)} ${describe(contenders)}`;
}

/** Reading the text of a template and making code of it, all templates of a workload. */
async function compareCompilation() {
  const [ours, theirs] = [
    new Environment({ autoescape: true }),
    new nunjucks.Environment([], { autoescape: true }),
  ];
  const lines = ['Milliseconds to read and compile'];
  for (const { id, templates } of await jinjaWorkloads()) {
    const sources = Object.values(templates);
    const contenders = [
      contender('@microdot/jinja', () => sources.map((source) => ours.fromString(source))),
      contender('nunjucks', () => sources.map((source) => new nunjucks.Template(source, theirs, 'x', true))),
    ];
    await race(`${id}, compiled`, contenders);
    lines.push(`${id.padEnd(7)} ${describe(contenders)}`);
  }
  return lines;
}

/**
 * @param {string} what
 * @param {Contender[]} contenders
 */
async function race(what, contenders) {
  for (const { time } of contenders) await time();
  for (const { item, round } of turns(contenders, rounds)) {
    show(`${what}: round ${round + 1} of ${rounds}, ${item.name}`);
    item.times.push(await item.time());
  }
}

/** @param {Contender[]} contenders */
function describe(contenders) {
  const [first, ...others] = contenders;
  const reference = first?.times ?? [];
  return [
    `${first?.name} ${median(reference).toFixed(3)}`,
    ...others.map(({ name, times }) => {
      const { low, median: middle, high } = spread(times.map((time, i) => time / (reference[i] ?? 0)));
      return `${name} ${median(times).toFixed(3)} (${middle.toFixed(2)}, ${low.toFixed(2)} to ${high.toFixed(2)})`;
    }),
  ].join('; ');
}

/**
 * @param {string} name
 * @param {() => unknown} run
 * @returns {Contender}
 */
function contender(name, run) {
  return {
    name,
    times: [],
    async time() {
      const start = performance.now();
      let now = start;
      let count = 0;
      do {
        const result = run();
        if (result instanceof Promise) await result;
        count++;
        now = performance.now();
      } while (now < start + milliseconds);
      return (now - start) / count;
    },
  };
}

/** @param {Iterable<string>} pieces */
function joined(pieces) {
  let text = '';
  for (const piece of pieces) text += piece;
  return text;
}

/** @param {AsyncIterable<string>} pieces */
async function joinedLater(pieces) {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** A process that times Jinja2 when it is asked to; nothing where there is none. */
async function startPython() {
  if (!existsSync(PYTHON)) return undefined;
  const script = fileURLToPath(new URL('./templates/time_jinja2.py', import.meta.url));
  const child = spawn(PYTHON, [script, JINJA_FILE], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await answers.next()).done) return undefined;
  return {
    /** @param {string} id */
    async time(id) {
      child.stdin.write(`${id} ${milliseconds}\n`);
      return Number((await answers.next()).value);
    },
    stop: () => child.stdin.end(),
  };
}
