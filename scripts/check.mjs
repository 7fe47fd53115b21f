// `pnpm check`: everything that must hold before a change goes in, stopping at the first thing that does not.
// `pnpm check --skip=test,tarballs` leaves steps out.
import { prepare, turbo } from './lib/prepare.mjs';
import { exitCode, say } from './lib/run.mjs';

/** @type {[name: string, title: string, action: () => Promise<number>][]} */
const STEPS = [
  ['format', 'formatting', () => tool('biome', 'format', '.')],
  [
    'lint',
    'lint rules, sorted imports',
    () => tool('biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.'),
  ],
  ['types', 'types of every source, test, example and script', () => tool('tsc', '-p', 'tsconfig.json')],
  [
    'portable',
    "core's portable part knows ECMAScript alone",
    () => tool('tsc', '-p', 'tsconfig.portable.json'),
  ],
  ['build', 'build', () => turbo(['run', 'build', '--output-logs=errors-only'])],
  ['packages', 'publint and attw', () => turbo(['run', 'check:pkg', '--output-logs=errors-only'])],
  [
    'readmes',
    'the code in READMEs: types of every block, and the first examples',
    () => script('check-readmes.mjs'),
  ],
  ['size', 'size budget', () => script('size.mjs')],
  ['tarballs', 'the tarballs, installed with npm', () => script('check-tarballs.mjs')],
  ['test', 'tests on the sources', () => script('test.mjs')],
  ['test:dist', 'the same tests on dist', () => script('test.mjs', { MICRODOT_TARGET: 'dist' })],
];

const names = STEPS.map(([name]) => name);
const skipped = skippedSteps(process.argv.slice(2));
const started = performance.now();

await prepare();
for (const [name, title, action] of STEPS) {
  if (skipped.has(name)) continue;
  console.log(`\n== ${name}: ${title}`);
  const begun = performance.now();
  const code = await action();
  console.log(`== ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(begun)}`);
  if (code !== 0) process.exit(code);
}
say(`all checks passed in ${seconds(started)}`);

/** @param {string[]} command */
function tool(...command) {
  return exitCode('pnpm', ['exec', ...command]);
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
function script(name, env) {
  return exitCode(process.execPath, [`scripts/${name}`], { env: { ...process.env, ...env }, shell: false });
}

/** @param {string[]} args */
function skippedSteps(args) {
  const steps = args
    .filter((arg) => arg !== '--')
    .flatMap((arg) => (arg.startsWith('--skip=') ? arg.slice('--skip='.length).split(',') : [arg]));
  const unknown = steps.find((step) => !names.includes(step));
  if (unknown !== undefined) {
    console.error(`usage: pnpm check [--skip=STEP,STEP...], a STEP being one of ${names.join(', ')}`);
    process.exit(2);
  }
  return new Set(steps);
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
