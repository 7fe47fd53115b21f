// Do the packages work as they will be published? Packs each, installs the tarballs with npm in an empty folder, imports every
// entry under plain Node, and type-checks an application against the declarations. It reads dist: build first.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, shell } from './lib/run.mjs';
import { publishedPackages } from './lib/workspace.mjs';

const EXPECTED = ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'dist/index.js', 'src/index.ts'];

const folder = mkdtempSync(join(tmpdir(), 'microdot-tarballs-'));
try {
  const packages = publishedPackages();
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  for (const { folder: source, manifest } of packages) pack(manifest.name, source, tarballs);

  const entries = packages.flatMap(({ manifest }) => entriesOf(manifest));
  installAll(readdirSync(tarballs).map((file) => `./tarballs/${file}`));
  importAll(entries);
  typecheck(entries);
  console.log(`${packages.length} tarballs install, import and type-check: ${entries.join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} name
 * @param {string} source
 * @param {string} destination
 */
function pack(name, source, destination) {
  const output = must('pnpm', ['pack', '--json', '--pack-destination', destination], source);
  /** @type {{ files: { path: string }[] }} */
  const { files } = JSON.parse(output);
  const paths = files.map(({ path }) => path);
  const missing = EXPECTED.filter((path) => !paths.includes(path));
  if (missing.length > 0) fail(`${name} would be published without ${missing.join(', ')}`);
  const stray = paths.filter((path) => !/^(?:dist|src)\/|^[^/]+$/.test(path));
  if (stray.length > 0) fail(`${name} would be published with ${stray.join(', ')}`);
}

/**
 * What can be imported of a package: `@microdot/core`, `@microdot/core/portable`.
 *
 * @param {import('./lib/workspace.mjs').Manifest} manifest
 */
function entriesOf({ name, exports = {} }) {
  return Object.keys(exports)
    .filter((path) => !path.endsWith('.json'))
    .map((path) => name + path.slice(1));
}

/** @param {string[]} tarballs */
function installAll(tarballs) {
  write('package.json', JSON.stringify({ private: true, type: 'module' }));
  must('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...tarballs]);
}

/** @param {string[]} entries */
function importAll(entries) {
  const lines = entries.map(
    (entry) => `if (!Object.keys(await import('${entry}')).length) throw new Error('${entry}');`,
  );
  write('imports.js', lines.join('\n'));
  must(process.execPath, ['imports.js']);
}

/**
 * With no types but those of ECMAScript, and with every declaration file checked: what the packages publish may
 * not lean on something that an application need not have.
 *
 * @param {string[]} entries
 */
function typecheck(entries) {
  const imports = entries.map((entry, index) => `import * as e${index} from '${entry}';`);
  const all = `export default [${entries.map((_, index) => `e${index}`).join(', ')}];`;
  write('namespaces.ts', [...imports, all].join('\n'));
  write(
    'app.ts',
    `import { Microdot } from '@microdot/core';
const app = new Microdot();
app.get('/users/<int:id>', (_request, { id }) => ({ next: id + 1 }));
`,
  );
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    strict: true,
    noEmit: true,
  };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...compilerOptions, types: [], skipLibCheck: false } }),
  );
  must(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
}

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  writeFileSync(join(folder, name), text);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function must(command, args, cwd = folder) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) fail(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
  return stdout;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  throw new Error(message);
}
