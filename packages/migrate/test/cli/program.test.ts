import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The program is what is built; of the sources there is none. */
const onDist = process.env.MICRODOT_TARGET === 'dist' ? it : it.skip;

function program(folder: string, args: string[], input = ''): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: 'utf8', input });
}

onDist('is a program', () => {
  const workspace = new Workspace({ 'a.py': 'from microdot_asyncio import Microdot\n' });
  const run = (...args: string[]) => program(workspace.folder, args);
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('microdot-migrate py2') });
  expect(run('guide', 'sessions')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^## Sessions\n/),
  });
  expect(run('py2', '--check').status).toBe(1);
  expect(run('py3').status).toBe(2);
  expect(run('py2').status).toBe(0);
  expect(workspace.read('a.py')).toBe('from microdot import Microdot\n');
});

onDist('asks nobody where standard input is no terminal, and reads it with --stdin', () => {
  const { folder } = new Workspace({});
  expect(program(folder, ['py2', '--stdin'], 'import microdot_asyncio\n')).toMatchObject({
    status: 0,
    stdout: 'import microdot as microdot_asyncio\n',
  });
});

onDist('ends where nobody reads on', () => {
  const { folder } = new Workspace({});
  const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${MAIN}" guide | head -n 1`], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

onDist('leaves whole files behind when it is interrupted', async () => {
  const [before, after] = ['import microdot_asyncio\n', 'import microdot as microdot_asyncio\n'];
  const names = Array.from({ length: 2000 }, (_, index) => `a${index}.py`);
  const workspace = new Workspace(Object.fromEntries(names.map((name) => [name, before])));
  const child = spawn(process.execPath, [MAIN, 'py2'], { cwd: workspace.folder, stdio: 'ignore' });
  const exit = once(child, 'exit');
  while (child.exitCode === null && workspace.read('a0.py') === before) await setTimeout(1);
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(readdirSync(workspace.folder).sort()).toEqual(names.toSorted());
  for (const name of names) expect([before, after]).toContain(workspace.read(name));
});
