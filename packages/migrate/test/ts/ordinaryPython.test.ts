import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { bundle, fixture, OUTPUT, portFolder } from './project.ts';

it('computes what CPython computes', async () => {
  const { notes } = portFolder(fixture('python'), 'ordinary-python');
  const file = await bundle('ordinary-python');
  const { stdout, stderr } = spawnSync(process.execPath, [file], {
    cwd: join(OUTPUT, 'ordinary-python'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(
    JSON.parse(readFileSync(join(fixture('python'), 'ordinary.json'), 'utf8')),
  );
  expect([...notes]).toEqual([]);
}, 60_000);
