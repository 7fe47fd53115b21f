// `pnpm bench:migrate`: how many lines a second @microdot/migrate takes from Microdot 1.x to 2.x in Python, on one core: in trees
// where every file is of Microdot, and where few are. `--rounds 10 --lines 50000` says how often, and of how many lines at least.
import { parseArgs } from 'node:util';
import { migrateProject } from '@microdot/migrate';
import { treeOf } from './lib/migration.js';
import { progress } from './lib/progress.js';
import { spread } from './lib/statistics.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { rounds: { type: 'string', default: '10' }, lines: { type: 'string', default: '50000' } },
});
const [rounds, least] = [Number(values.rounds), Number(values.lines)];

const trees = {
  'of Microdot alone': treeOf(least, 0),
  'a quarter of the lines of Microdot': treeOf(least, 5),
};
const { show, end } = progress('migrate');
/** @type {string[]} */
const report = [`Thousands of lines a second of CPU, Node ${process.versions.node}, ${rounds} rounds`];
for (const [name, tree] of Object.entries(trees)) {
  /** @type {number[]} */
  const speeds = [];
  for (let round = 0; round < rounds; round++) {
    show(`${name}: round ${round + 1} of ${rounds}`);
    speeds.push(tree.lines / 1000 / seconds(() => migrate(tree)));
  }
  // The first round compiles what the others run.
  const [first = 0, ...others] = speeds;
  const { low, median, high } = spread(others);
  report.push(
    `${name}, ${tree.files.size} files of ${tree.lines} lines: ${median.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)}); the first round ${first.toFixed(0)}`,
  );
}
end();
for (const line of report) console.log(line);

/** @param {import('./lib/migration.js').Tree} tree */
function migrate({ files }) {
  const result = migrateProject({ files }, 'py2');
  if (result.files.size === 0 || result.failures.size > 0) throw new Error('The tree was not migrated.');
}

/**
 * What the whole process takes, the collection of garbage and the compilation in other threads included.
 *
 * @param {() => void} run
 */
function seconds(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
