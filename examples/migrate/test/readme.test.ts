import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';
import { migrateProject, type Note } from '@microdot/migrate';

const app = new URL('../app/', import.meta.url);
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const names = readdirSync(app, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
  .map((entry) => `${entry.parentPath}/${entry.name}`.split('/app/').at(-1)?.replace(/^\//, '') ?? '');
const files = new Map(names.map((name) => [name, readFileSync(new URL(name, app), 'utf8')]));

/** Where the port is written: in here, so that it finds the packages that it imports. */
const port = fileURLToPath(new URL('../node_modules/.cache/poll', import.meta.url));

afterAll(() => rmSync(port, { recursive: true, force: true }));

/** The lines that a report has for notes. */
function reported(notes: ReadonlyMap<string, readonly Note[]>): string[] {
  return [...notes.values()]
    .flat()
    .map(({ line, column, message, rule }) => `  ${line}:${column}  ${message}  [${rule}]`);
}

it('shows what becomes of the application in Python', () => {
  const { files: changed, notes, failures } = migrateProject({ files }, 'py2');
  expect([...failures]).toEqual([]);
  expect([...changed.keys()].sort()).toEqual(['poll.py', 'requirements.txt', 'test_poll.py']);
  const before = files.get('poll.py')?.split('\n') ?? [];
  const after = changed.get('poll.py')?.split('\n') ?? [];
  const added = after.filter((line) => !before.includes(line)).map((line) => `+${line}\n`);
  const removed = before.filter((line) => !after.includes(line)).map((line) => `-${line}\n`);
  expect(added.length).toBeGreaterThan(5);
  for (const text of [...added, ...removed, ...reported(notes)]) expect(readme).toContain(text);
});

it('is what the README of the tool shows, too', () => {
  const tool = readFileSync(new URL('../../../packages/migrate/README.md', import.meta.url), 'utf8');
  const [look = ''] = /```console\n\$ npx @microdot\/migrate py2 --dry-run\n[^`]+```/.exec(readme) ?? [];
  expect(look).toContain('would change');
  expect(tool).toContain(look);
});

it('shows the port to TypeScript', () => {
  const { files: written, notes } = migrateProject({ files }, 'ts');
  expect(readme).toContain(`\`\`\`typescript\n${written.get('src/poll.ts')}\`\`\``);
  for (const text of reported(notes)) expect(readme).toContain(text);
});

it('makes a port that type-checks as it stands', () => {
  for (const [name, text] of migrateProject({ files }, 'ts').files) {
    mkdirSync(dirname(join(port, name)), { recursive: true });
    writeFileSync(join(port, name), text);
  }
  const conditions = process.env.MICRODOT_TARGET === 'dist' ? [] : ['--customConditions', '@microdot/source'];
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['-p', port, '--noEmit', '--rootDir', '/', '--allowImportingTsExtensions', ...conditions];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
}, 60_000);

it('has nothing left to change in what it made', () => {
  const { files: changed } = migrateProject({ files }, 'py2');
  expect([...migrateProject({ files: new Map([...files, ...changed]) }, 'py2').files]).toEqual([]);
});
