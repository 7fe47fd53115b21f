import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { migrateProject, type ProjectMigration } from '../../src/index.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where projects are written: within the package, so that they find what it has installed. */
export const OUTPUT: string = here('../../node_modules/.cache/ports');
const onDist = process.env.MICRODOT_TARGET === 'dist';
const conditions = onDist ? [] : ['@microdot/source'];

/** Ports the Python in a folder into a folder of the output, with all that is no Python. */
export function portFolder(input: string, name: string): ProjectMigration {
  const output = join(OUTPUT, name);
  rmSync(output, { recursive: true, force: true });
  const files = new Map<string, string>();
  for (const path of readdirSync(input, { recursive: true, encoding: 'utf8' })) {
    if (!statSync(join(input, path)).isFile()) continue;
    files.set(path, readFileSync(join(input, path), 'utf8'));
    if (!path.endsWith('.py')) write(output, path, readFileSync(join(input, path)));
  }
  const migration = migrateProject({ files }, 'ts');
  for (const [path, text] of migration.files) write(output, path, text);
  return migration;
}

function write(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** What TypeScript has to say about all projects in the output, with the options that each of them has. */
export function typeErrors(names: readonly string[]): string {
  const config = JSON.parse(readFileSync(join(OUTPUT, names[0] as string, 'tsconfig.json'), 'utf8'));
  const compilerOptions = {
    ...config.compilerOptions,
    rootDir: undefined,
    outDir: undefined,
    noEmit: true,
    customConditions: conditions,
    allowImportingTsExtensions: true,
  };
  const include = names.map((name) => `${name}/src`);
  writeFileSync(join(OUTPUT, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', join(OUTPUT, 'tsconfig.json')], { encoding: 'utf8' }).stdout;
}

/** A project made one file that Node runs, from its entry on: the one that its `package.json` has, or another. */
export async function bundle(name: string, entry: string = entryOf(name)): Promise<string> {
  const outfile = join(OUTPUT, name, 'dist', 'entry.mjs');
  const banner =
    "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";
  await build({
    entryPoints: [join(OUTPUT, name, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    conditions,
    banner: { js: banner },
    logLevel: 'silent',
    plugins: [inItsFolder(name)],
  });
  return outfile;
}

function entryOf(name: string): string {
  const manifest = JSON.parse(readFileSync(join(OUTPUT, name, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return manifest.scripts.start.replace('node dist/', 'src/').replace(/\.js$/, '.ts');
}

/** What is bundled still finds its files from where it would lie by itself. */
function inItsFolder(name: string): Plugin {
  const source = join(OUTPUT, name, 'src');
  return {
    name: 'folders',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(source)) return undefined;
        const folder = dirname(join(OUTPUT, name, 'dist', relative(source, path)));
        const text = readFileSync(path, 'utf8');
        return { contents: text.replaceAll('import.meta.dirname', JSON.stringify(folder)), loader: 'ts' };
      });
    },
  };
}

/** Runs a project, and resolves with its address once it listens. */
export async function start(
  name: string,
  scheme: string,
): Promise<{ url: string; stop(): void; log(): string }> {
  const file = await bundle(name);
  const port = await freePort();
  const child = spawn(process.execPath, [file], {
    cwd: join(OUTPUT, name),
    env: { ...process.env, PORT: String(port) },
  });
  let log = '';
  const listening = new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      log += chunk;
      if (log.includes('Listening on')) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', () => reject(new Error(log)));
  });
  await listening;
  return { url: `${scheme}://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL'), log: () => log };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** The folder of a fixture, and what it holds. */
export function fixture(name: string): string {
  return here(`../fixtures/${name}`);
}
