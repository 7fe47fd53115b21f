import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const OLD = "import 'microdot';\n";
const NEW = "import '@microdot/core';\n";

it('leaves out what .gitignore names, in every folder, and what others keep in their folders', async () => {
  const names = [
    'a.js',
    'dist/a.js',
    'sub/dist/a.js',
    'sub/kept.gen.js',
    'sub/a.gen.js',
    'node_modules/m/a.js',
  ];
  const workspace = new Workspace({
    ...Object.fromEntries(names.map((name) => [name, OLD])),
    '.gitignore': '/dist\n*.gen.js\n',
    'sub/.gitignore': '!kept.gen.js\n',
    'env/pyvenv.cfg': '',
    'env/a.js': OLD,
  });
  await workspace.run(['js']);
  const changed = [...names, 'env/a.js'].filter((name) => workspace.read(name) === NEW);
  expect(changed).toEqual(['a.js', 'sub/dist/a.js', 'sub/kept.gen.js']);
});

it('heeds the .gitignore of the repository in a folder of it', async () => {
  const workspace = new Workspace({ '.gitignore': 'sub/out/\n', 'sub/out/a.js': OLD, 'sub/a.js': OLD });
  mkdirSync(workspace.path('.git'));
  await workspace.run(['js', 'sub', '--force']);
  expect([workspace.read('sub/out/a.js'), workspace.read('sub/a.js')]).toEqual([OLD, NEW]);
});

it('takes an ignored file or folder that is named', async () => {
  const files = { '.gitignore': 'out/\nb.js\n', 'out/a.js': OLD, 'b.js': OLD };
  const workspace = new Workspace(files);
  await workspace.run(['js', 'out', 'b.js']);
  expect([workspace.read('out/a.js'), workspace.read('b.js')]).toEqual([NEW, NEW]);
});

it('--ignore leaves out what matches', async () => {
  const workspace = new Workspace({ 'a.js': OLD, 'a.test.js': OLD, 'old/a.js': OLD, 'old/deep/b.js': OLD });
  await workspace.run(['js', '--ignore', '*.test.js', '--ignore', 'old/**']);
  expect(workspace.read('a.js')).toBe(NEW);
  expect(['a.test.js', 'old/a.js', 'old/deep/b.js'].map((file) => workspace.read(file))).toEqual([
    OLD,
    OLD,
    OLD,
  ]);
});

it('does not follow links within a folder, not in circles either', async () => {
  const workspace = new Workspace({ 'src/a.js': OLD, 'elsewhere/b.js': OLD });
  symlinkSync('..', workspace.path('src/up'));
  symlinkSync('self', workspace.path('src/self'));
  symlinkSync('../elsewhere', workspace.path('src/other'));
  symlinkSync('nothing.js', workspace.path('src/dangling.js'));
  const { code, stdout } = await workspace.run(['js', 'src']);
  expect(code).toBe(0);
  expect(stdout).toContain('1 file changed; 1 file looked at.');
  expect(workspace.read('elsewhere/b.js')).toBe(OLD);
  expect(await workspace.run(['js', 'src/self'])).toMatchObject({
    code: 2,
    stderr: 'microdot-migrate: src/self leads in a circle.\n',
  });
});

it('changes what a link leads to when it is named, and the link stays one', async () => {
  const workspace = new Workspace({ 'real/a.js': OLD });
  symlinkSync('real/a.js', workspace.path('link.js'));
  await workspace.run(['js', 'link.js']);
  expect(workspace.read('real/a.js')).toBe(NEW);
  expect(
    readdirSync(workspace.folder, { withFileTypes: true })
      .find(({ name }) => name === 'link.js')
      ?.isSymbolicLink(),
  ).toBe(true);
});

it('keeps the mode of a file', async () => {
  const workspace = new Workspace({ 'a.js': `#!/usr/bin/env node\n${OLD}` });
  workspace.mode('a.js', 0o751);
  await workspace.run(['js']);
  expect(statSync(workspace.path('a.js')).mode & 0o7777).toBe(0o751);
  expect(workspace.read('a.js')).toBe(`#!/usr/bin/env node\n${NEW}`);
});

it('leaves a read-only file, and does the others', async () => {
  const workspace = new Workspace({ 'a.js': OLD, 'b.js': OLD });
  workspace.mode('a.js', 0o444);
  const { code, stdout } = await workspace.run(['js']);
  expect(code).toBe(3);
  expect(stdout).toContain('  a.js  It is read-only: chmod u+w makes it writable.\n');
  expect([workspace.read('a.js'), workspace.read('b.js')]).toEqual([OLD, NEW]);
});

it('reports a file and a folder that it may not read, and does the others', async () => {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || !seteuid) {
    console.warn('Not tried: to take rights away and give them back takes root.');
    return;
  }
  const workspace = new Workspace({ 'a.js': OLD, 'b.js': OLD, 'sub/c.js': OLD });
  for (const name of ['', 'b.js']) workspace.mode(name, 0o777);
  for (const name of ['a.js', 'sub']) workspace.mode(name, 0);
  seteuid(65_534);
  try {
    const { code, stdout } = await workspace.run(['js']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ {2}a\.js {2}EACCES: permission denied/m);
    expect(stdout).toMatch(/^ {2}sub {2}EACCES: permission denied/m);
  } finally {
    seteuid(0);
  }
  expect(workspace.read('b.js')).toBe(NEW);
});

it('reads from files alone, and waits for no pipe', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  if (spawnSync('mkfifo', [workspace.path('pipe.js')]).status !== 0) {
    console.warn('Not tried: there is no mkfifo.');
    return;
  }
  expect(await workspace.run(['js', 'pipe.js'])).toMatchObject({
    code: 2,
    stderr: 'microdot-migrate: pipe.js is neither a file nor a folder.\n',
  });
  expect((await workspace.run(['js'])).stdout).toContain('1 file changed; 1 file looked at.');
});

it('reports files that are no text, and does the others', async () => {
  const workspace = new Workspace({
    'bytes.js': new Uint8Array([0x69, 0, 0xff]),
    'latin1.js': Buffer.from("// caf\xe9\nimport 'microdot'\n", 'latin1'),
    'a.js': OLD,
  });
  const { code, stdout } = await workspace.run(['js']);
  expect(code).toBe(3);
  expect(stdout).toContain('  bytes.js  This is no text: it has bytes of value 0.\n');
  expect(stdout).toContain('  latin1.js  It is not UTF-8, and its first lines name no other encoding.\n');
  expect(workspace.read('a.js')).toBe(NEW);
});

it('reports a file that cannot be written, leaves it whole, and does the others', async () => {
  const workspace = new Workspace({ 'a.js': OLD, 'b.js': OLD, 'c.js': OLD });
  const written: string[] = [];
  const { code, stdout } = await workspace.run(['js'], {
    writeFile: (path) => {
      if (path.endsWith('b.js'))
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      written.push(path);
    },
  });
  expect(code).toBe(3);
  expect(stdout).toContain('  b.js  ENOSPC: no space left on device, write\n');
  expect(stdout).toContain('2 files changed; 3 files looked at; 1 file failed.');
  expect(written).toEqual([workspace.path('a.js'), workspace.path('c.js')]);
  expect(readFileSync(workspace.path('b.js'), 'utf8')).toBe(OLD);
});
