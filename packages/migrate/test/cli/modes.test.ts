import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const OLD = "import { send_file } from 'microdot';\n\nsend_file('a');\n";
const NEW = "import { sendFile } from '@microdot/core';\n\nsendFile('a');\n";

it('changes files where they are, and nothing a second time', async () => {
  const workspace = new Workspace({ 'src/a.js': OLD, 'src/b.js': 'x();\n' });
  const first = await workspace.run(['js']);
  expect(first).toEqual({
    code: 0,
    stdout: 'src/a.js\n  changed: names 2×, modules\n\n1 file changed; 2 files looked at.\n',
    stderr: '',
  });
  expect(workspace.read('src/a.js')).toBe(NEW);
  expect(await workspace.run(['js'])).toMatchObject({
    code: 0,
    stdout: 'Nothing to change; 2 files looked at.\n',
  });
});

it('changes the paths that it is given', async () => {
  const workspace = new Workspace({ 'a.js': OLD, 'b/b.js': OLD, 'c/c.js': OLD, 'bin/server': OLD });
  await workspace.run(['js', 'b', 'a.js', 'bin/server']);
  expect(['a.js', 'b/b.js', 'bin/server'].map((file) => workspace.read(file))).toEqual([NEW, NEW, NEW]);
  expect(workspace.read('c/c.js')).toBe(OLD);
});

it('--dry-run writes nothing and exits with 0', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  const { code, stdout } = await workspace.run(['js', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toContain('a.js\n  would change: names 2×, modules');
  expect(workspace.read('a.js')).toBe(OLD);
});

it('--check writes nothing, and exits with 1 if something would change', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  expect((await workspace.run(['js', '--check'])).code).toBe(1);
  expect(workspace.read('a.js')).toBe(OLD);
  await workspace.run(['js']);
  expect((await workspace.run(['js', '--check'])).code).toBe(0);
});

it('--diff gives a patch that git applies, whatever lines and files end with', async () => {
  const workspace = new Workspace({
    'a.js': OLD,
    'sub dir/ü.js': `\uFEFF${OLD.replaceAll('\n', '\r\n')}`,
    'no-newline.js': OLD.trimEnd(),
    'same.js': 'x();\n',
  });
  const { code, stdout, stderr } = await workspace.run(['js', '--diff']);
  expect(code).toBe(1);
  expect(stderr).toContain('3 files would be changed; 4 files looked at.');
  expect(stdout).toContain('--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n');
  expect(workspace.read('a.js')).toBe(OLD);
  const git = spawnSync('git', ['apply', '-'], { cwd: workspace.folder, input: stdout, encoding: 'utf8' });
  expect(git).toMatchObject({ status: 0, stderr: '' });
  expect(workspace.read('a.js')).toBe(NEW);
  expect(workspace.read('sub dir/ü.js')).toBe(`\uFEFF${NEW.replaceAll('\n', '\r\n')}`);
  expect(workspace.read('no-newline.js')).toBe(NEW.trimEnd());
});

it('--diff exits with 0 and says nothing on standard output when there is nothing to change', async () => {
  expect(await new Workspace({ 'a.js': NEW }).run(['js', '--diff'])).toMatchObject({ code: 0, stdout: '' });
});

it('--stdin reads a source and gives its migration', async () => {
  const { code, stdout, stderr } = await new Workspace({}).run(['js', '--stdin'], { input: OLD });
  expect({ code, stdout }).toEqual({ code: 0, stdout: NEW });
  expect(stderr).toContain('1 file changed');
});

it('--stdin takes a path for what the source is called, and reads no file', async () => {
  const input = "const x = <string>y;\nimport 'microdot';\n";
  const { code, stdout } = await new Workspace({}).run(['js', '--stdin', 'src/a.ts'], { input });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "const x = <string>y;\nimport '@microdot/core';\n" });
  const asJavaScript = await new Workspace({}).run(['js', '--stdin', 'src/a.js'], { input });
  expect(asJavaScript).toMatchObject({ code: 3, stdout: '' });
  expect(asJavaScript.stderr).toContain('src/a.js:');
});

it('--stdin with --diff and with --check', async () => {
  const diff = await new Workspace({}).run(['js', '--stdin', 'a.js', '--diff'], { input: OLD });
  expect(diff.code).toBe(1);
  expect(diff.stdout).toMatch(/^--- a\/a\.js\n\+\+\+ b\/a\.js\n/);
  const check = await new Workspace({}).run(['js', '--stdin', '--check'], { input: OLD });
  expect(check.code).toBe(1);
});

it('--rule and --disable choose rules', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  await workspace.run(['js', '--rule', 'modules']);
  expect(workspace.read('a.js')).toBe(OLD.replace("'microdot'", "'@microdot/core'"));
  const other = new Workspace({ 'a.js': OLD });
  await other.run(['js', '--disable', 'modules,templates']);
  expect(other.read('a.js')).toBe(NEW.replace('@microdot/core', 'microdot'));
});

it('--strict exits with 1 when something is left to do', async () => {
  const workspace = new Workspace({ 'a.js': "import { urlencode } from 'microdot';\n" });
  expect((await workspace.run(['js', '--dry-run'])).code).toBe(0);
  expect((await workspace.run(['js', '--dry-run', '--strict'])).code).toBe(1);
  expect((await new Workspace({ 'a.js': OLD }).run(['js', '--strict'])).code).toBe(0);
});
