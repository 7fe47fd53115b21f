// `pnpm bench:migrate`: how many lines a second `microdot-migrate py2` takes from Microdot 1.x to 2.x, on one core: in trees where
// every file is of Microdot, and where few are. `--rounds 5 --lines 100000` says how often, and of how many lines at least.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrateProject } from '@microdot/migrate';
import { treeOf } from './lib/migration.js';
import { progress } from './lib/progress.js';
import { spread } from './lib/statistics.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { rounds: { type: 'string', default: '5' }, lines: { type: 'string', default: '100000' } },
});
const [rounds, least] = [Number(values.rounds), Number(values.lines)];
const main = fileURLToPath(new URL('../packages/migrate/dist/cli/main.js', import.meta.url));

const trees = {
  'a fiftieth of the lines of Microdot': treeOf(least, 90),
  'a quarter of the lines of Microdot': treeOf(least, 5),
  'of Microdot alone': treeOf(least, 0),
};
const { show, end } = progress('migrate');
const folder = mkdtempSync(join(tmpdir(), 'bench-migrate-'));
/** @type {string[]} */
const report = [`Thousands of lines a second on one core, Node ${process.versions.node}, ${rounds} rounds`];
try {
  for (const [name, tree] of Object.entries(trees)) {
    const path = join(folder, name.replaceAll(' ', '-'));
    write(path, tree);
    report.push(`${name}, ${tree.files.size} files of ${tree.lines} lines:`);
    report.push(`  the command, from its start to its end ${measured(name, tree, () => command(path))}`);
    report.push(`  in a process that has done so before ${measured(name, tree, () => inProcess(tree))}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
end();
for (const line of report) console.log(line);

/**
 * @param {string} name
 * @param {import('./lib/migration.js').Tree} tree
 * @param {() => number} run gives the seconds that it takes
 */
function measured(name, tree, run) {
  run();
  const speeds = Array.from({ length: rounds }, (_, round) => {
    show(`${name}: round ${round + 1} of ${rounds}`);
    return tree.lines / 1000 / run();
  });
  const { low, median, high } = spread(speeds);
  return `${median.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

/** @param {string} path */
function command(path) {
  const args = ['--cpu-list', '0', process.execPath, main, 'py2', path, '--dry-run'];
  const before = process.hrtime.bigint();
  execFileSync('taskset', args, { maxBuffer: Number.POSITIVE_INFINITY });
  return Number(process.hrtime.bigint() - before) / 1e9;
}

/**
 * What the whole process takes, the collection of garbage and the compilation in other threads included.
 *
 * @param {import('./lib/migration.js').Tree} tree
 */
function inProcess({ files }) {
  const before = process.cpuUsage();
  const result = migrateProject({ files }, 'py2');
  const { user, system } = process.cpuUsage(before);
  if (result.files.size === 0 || result.failures.size > 0) throw new Error('The tree was not migrated.');
  return (user + system) / 1e6;
}

/**
 * @param {string} path
 * @param {import('./lib/migration.js').Tree} tree
 */
function write(path, { files }) {
  for (const [name, text] of files) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
