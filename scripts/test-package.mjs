// A package's own `test` script: the tests of the package in the working directory, under the one configuration at the root.
// `pnpm --filter @microdot/core test routing -t mount` passes the rest on to jest.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const args = process.argv.slice(process.argv[2] === '--' ? 3 : 2);
const config = fileURLToPath(new URL('../jest.config.js', import.meta.url));

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules', // jest loads ES modules by it
    '--disable-warning=ExperimentalWarning',
    jest,
    `--config=${config}`,
    `--rootDir=${process.cwd()}`,
    ...args,
  ],
  // No package's tests take minutes: ones that hang, or leave something open, fail.
  { stdio: 'inherit', timeout: 10 * 60_000 },
);
process.exitCode = status ?? 1;
