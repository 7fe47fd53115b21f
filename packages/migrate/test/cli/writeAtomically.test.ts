import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { writeAtomically } from '../../src/cli/writeAtomically.ts';
import { Workspace } from './command.ts';

it('gives a file another content, and leaves nothing beside it', () => {
  const workspace = new Workspace({ 'a.py': 'old' });
  writeAtomically(workspace.path('a.py'), Buffer.from('new'));
  expect(workspace.read('a.py')).toBe('new');
  expect(readdirSync(workspace.folder)).toEqual(['a.py']);
});

it('leaves a file whole, and nothing beside it, when the disk fills midway', () => {
  const workspace = new Workspace({});
  mkdirSync(workspace.path('disk'));
  const disk = workspace.path('disk');
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { encoding: 'utf8' });
  if (mount.status !== 0) {
    console.warn('Not tried: mounting a small disk takes root.');
    return;
  }
  try {
    writeFileSync(`${disk}/a.py`, 'old '.repeat(5000));
    const long = Buffer.from('new '.repeat(15_000));
    expect(() => writeAtomically(`${disk}/a.py`, long)).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    expect(new Workspace({}, disk).read('a.py')).toBe('old '.repeat(5000));
    expect(readdirSync(disk)).toEqual(['a.py']);
  } finally {
    spawnSync('umount', [disk]);
  }
});
