import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const OLD = "import 'microdot';\n";
const NEW = "import '@microdot/core';\n";

function repository(files: Record<string, string>): Workspace {
  const workspace = new Workspace(files);
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'all'],
  ]) {
    const { status, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: workspace.folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }
  return workspace;
}

it('changes files where everything is committed', async () => {
  const workspace = repository({ 'a.js': OLD });
  expect((await workspace.run(['js'])).code).toBe(0);
  expect(workspace.read('a.js')).toBe(NEW);
});

it('refuses where something is not committed, whether git knows it or not', async () => {
  const workspace = repository({ 'a.js': OLD, 'src/b.js': OLD });
  const other = new Workspace({ 'new.txt': 'x' }, workspace.folder);
  const { code, stdout, stderr } = await other.run(['js', 'src']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'microdot-migrate: Not everything is committed: new.txt. Commit first, so that there is a way back, or look with --diff; --force writes all the same.\n',
  );
  expect(workspace.read('src/b.js')).toBe(OLD);
});

it('names what was renamed once, by the name that it has now', async () => {
  const workspace = repository({ 'a.js': OLD });
  spawnSync('git', ['mv', 'a.js', 'b.js'], { cwd: workspace.folder });
  const { stderr } = await workspace.run(['js']);
  expect(stderr).toContain('Not everything is committed: b.js. ');
});

it.each(['--dry-run', '--check', '--diff'])('does not mind with %s, which writes nothing', async (mode) => {
  const workspace = new Workspace({ 'new.txt': 'x' }, repository({ 'a.js': OLD }).folder);
  expect((await workspace.run(['js', mode])).code).toBe(mode === '--dry-run' ? 0 : 1);
});

it('does not mind where there is nothing to write', async () => {
  const workspace = repository({ 'a.js': OLD });
  await workspace.run(['js']);
  expect(await workspace.run(['js'])).toMatchObject({ code: 0 });
});

it('--force writes all the same', async () => {
  const workspace = new Workspace({ 'new.txt': 'x' }, repository({ 'a.js': OLD }).folder);
  expect((await workspace.run(['js', '--force'])).code).toBe(0);
  expect(workspace.read('a.js')).toBe(NEW);
});
