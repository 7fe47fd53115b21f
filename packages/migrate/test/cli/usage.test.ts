import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const OLD = "import 'microdot';\n";
const NEW = "import '@microdot/core';\n";

it('explains itself, and does not ask where there is no terminal', async () => {
  const { code, stdout } = await new Workspace({}).run([]);
  expect(code).toBe(0);
  expect(stdout).toContain('microdot-migrate py2 [paths...]');
});

it.each([['help'], ['--help'], ['py2', '--help']])('explains itself when asked: %s', async (...args) => {
  const { code, stdout } = await new Workspace({}).run(args);
  expect(code).toBe(0);
  expect(stdout).toContain('microdot-migrate py2 [paths...]');
});

it('says its version', async () => {
  expect(await new Workspace({}).run(['--version'])).toMatchObject({ code: 0, stdout: '2.0.0\n' });
});

it.each([
  [['--dry-run'], 'Say what to migrate to: py2, ts or js.'],
  [['rust'], 'There is no migration called rust: py2, ts or js.'],
  [['js', '--colour'], "Unknown option '--colour'"],
  [['js', 'missing.js'], 'There is no missing.js.'],
  [['js', '--report', 'xml'], '--report is text or json, and not xml.'],
  [['js', '--rule', 'nothing'], 'js has no rule nothing.'],
  [['py2', '--disable', 'imports'], 'What the other rules write needs its imports'],
  [['ts', '--out', 'x', '--disable', 'sessions'], 'ts has no rules to choose from.'],
  [['js', '--out', 'x'], 'js changes files where they are: --out is for ts.'],
  [['ts'], 'ts writes a new folder: say which with --out DIR.'],
  [['js', '--stdin', 'a.js', 'b.js'], '--stdin is one source'],
])('%j is a wrong command line', async (args, message) => {
  const { code, stdout, stderr } = await new Workspace({}).run(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`microdot-migrate: ${message}`);
});

it('asks somebody at a terminal, and shows what would change unless told otherwise', async () => {
  const workspace = new Workspace({ 'src/a.js': OLD });
  const answers = ['3', 'src', ''];
  const io = { isInteractive: true, ask: () => Promise.resolve(answers.shift() ?? '') };
  const { code, stdout } = await workspace.run([], io);
  expect(code).toBe(0);
  expect(stdout).toContain('src/a.js\n  would change: modules');
  expect(workspace.read('src/a.js')).toBe(OLD);
});

it('changes files when somebody at a terminal says so', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  const answers = ['js', '', 'change'];
  await workspace.run([], { isInteractive: true, ask: () => Promise.resolve(answers.shift() ?? '') });
  expect(workspace.read('a.js')).toBe(NEW);
});

it('leaves when somebody at a terminal wants nothing', async () => {
  const io = { isInteractive: true, ask: () => Promise.resolve('') };
  expect((await new Workspace({ 'a.js': OLD }).run([], io)).code).toBe(0);
});

it('changes nothing when somebody at a terminal leaves by Ctrl-C', async () => {
  const workspace = new Workspace({ 'a.js': OLD });
  const left = Object.assign(new Error('Aborted with Ctrl+C'), { code: 'ABORT_ERR' });
  const answers = [Promise.resolve('js')];
  const ask = () => answers.shift() ?? Promise.reject(left);
  expect((await workspace.run([], { isInteractive: true, ask })).code).toBe(130);
  expect(workspace.read('a.js')).toBe(OLD);
});

it('prints the guide, or the section that a note names', async () => {
  const workspace = new Workspace({});
  expect((await workspace.run(['guide'])).stdout).toMatch(/^# Migrating to Microdot 2\n/);
  for (const name of ['tls', 'docs/migrating.md#tls']) {
    const { code, stdout } = await workspace.run(['guide', name]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## TLS\n/);
    expect(stdout).not.toContain('## Test clients');
  }
  const { code, stderr } = await workspace.run(['guide', 'nothing']);
  expect(code).toBe(2);
  expect(stderr).toContain('The guide has no section nothing. It has three-ways,');
});
