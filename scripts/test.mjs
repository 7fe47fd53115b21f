// `npm test`: installs what is missing, runs the tests of every package, and closes with `N passed, N failed` over all.
// What follows `npm test --` goes to turbo: `npm test -- --filter=@microdot/core`.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { prepare, turbo, turboEnv } from './lib/prepare.mjs';
import { root, shell } from './lib/run.mjs';
import { workspacePackages } from './lib/workspace.mjs';

const args = process.argv.slice(2);

await prepare();
if (process.env.MICRODOT_TARGET === 'dist') {
  const failed = await turbo(['run', 'build', '--output-logs=errors-only']);
  if (failed) process.exit(failed);
}

/**
 * The last closing line of each package; nothing for one that was expected and has printed none.
 *
 * @type {Map<string, { passed: number; failed: number } | undefined>}
 */
const results = new Map();
if (args.length === 0) {
  for (const { manifest } of workspacePackages()) {
    if (manifest.scripts?.test) results.set(manifest.name, undefined);
  }
}

const code = await runTests();
let passed = 0;
let failed = 0;
for (const [name, result] of results) {
  if (!result) console.log(`${name}: its tests did not finish`);
  passed += result?.passed ?? 0;
  failed += result?.failed ?? 1;
}
process.exitCode = code || (failed > 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);

/** @returns {Promise<number>} */
function runTests() {
  const env = turboEnv();
  if (process.stdout.isTTY && !env.NO_COLOR) env.FORCE_COLOR ??= '1';
  const child = spawn(
    'pnpm',
    ['exec', 'turbo', 'run', 'test', '--continue', '--output-logs=full', '--log-order=stream', ...args],
    { cwd: root, shell, env, stdio: ['inherit', 'pipe', 'inherit'] },
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    count(stripVTControlCharacters(line));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code ?? 130));
  });
}

/** @param {string} line such as `@microdot/core:test: 12 passed, 0 failed` */
function count(line) {
  const [, name, text] = /^(\S+):test: (.*)$/.exec(line) ?? [];
  if (!name || text === undefined) return;
  const closing = /^(\d+) passed, (\d+) failed\s*$/.exec(text);
  if (closing) results.set(name, { passed: Number(closing[1]), failed: Number(closing[2]) });
  else if (!results.has(name)) results.set(name, undefined);
}
