// What `npm start`, `npm test` and the rest share: on a fresh clone with Node and npm alone, everything gets installed;
// afterwards it takes a few milliseconds to see that nothing is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exitCode, root, run, say, shell } from './run.mjs';
import { readManifest, workspacePackages } from './workspace.mjs';

const recordFile = join(root, 'node_modules', '.microdot-install.json');

/** Puts pnpm on the PATH, for turbo needs it too, and installs what package.json and the lockfile ask for. */
export async function prepare() {
  requireNode();
  const wanted = fingerprint();
  const record = readRecord();
  const folder = onPath(record.pnpm) ?? fetchPnpm();
  if (record.installed !== wanted) {
    say('installing dependencies');
    await run('pnpm', ['install']);
  } else if (record.pnpm === folder) {
    return;
  }
  // Taken anew, since the installation may have written the lockfile.
  writeFileSync(recordFile, JSON.stringify({ installed: fingerprint(), pnpm: folder }));
}

/**
 * Runs turbo over the workspace, without telemetry; resolves to its exit code.
 *
 * @param {string[]} args
 */
export function turbo(args) {
  return exitCode('pnpm', ['exec', 'turbo', ...args], { env: turboEnv() });
}

/** @returns {NodeJS.ProcessEnv} */
export function turboEnv() {
  return { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`microdot: this needs Node 20.19 or newer, and here is ${process.versions.node}.`);
  process.exit(1);
}

/** Changes with whatever an installation depends on. */
function fingerprint() {
  const hash = createHash('sha256');
  const manifests = workspacePackages().map(({ folder }) => join(folder, 'package.json'));
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((file) => join(root, file));
  for (const file of [...files, ...manifests]) {
    hash.update(file).update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

/** @returns {{ installed?: string; pnpm?: string }} */
function readRecord() {
  return existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
}

/**
 * The folder that an earlier run fetched pnpm into, or '' for a global pnpm of the major version that is asked for;
 * nothing if there is neither.
 *
 * @param {string | undefined} known
 */
function onPath(known) {
  if (known && existsSync(known)) {
    addToPath(known);
    return known;
  }
  const { stdout } = spawnSync('pnpm', ['--version'], { cwd: root, shell, encoding: 'utf8' });
  return stdout?.split('.')[0] === pnpmVersion().split('.')[0] ? '' : undefined;
}

/** npm keeps what it fetches in its own cache: nothing is installed globally. */
function fetchPnpm() {
  const version = pnpmVersion();
  say(`fetching pnpm ${version} with npm`);
  const print = 'node --print process.env.PATH';
  const { stdout, status, error } = spawnSync(
    'npm',
    ['exec', '--yes', `--package=pnpm@${version}`, '--call', print],
    {
      cwd: root,
      shell,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const folder = stdout
    ?.trim()
    .split(delimiter)
    .find((path) => existsSync(join(path, 'pnpm')));
  if (!folder) {
    console.error(`microdot: npm could not fetch pnpm ${version}.`, error?.message ?? '');
    process.exit(status || 1);
  }
  addToPath(folder);
  return folder;
}

/** @param {string} folder */
function addToPath(folder) {
  process.env.PATH = folder + delimiter + process.env.PATH;
}

function pnpmVersion() {
  return (readManifest(root).packageManager ?? '').replace('pnpm@', '');
}
