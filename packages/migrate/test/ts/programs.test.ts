import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMS } from './programs.ts';
import { bundle, OUTPUT, portFolder, typeErrors } from './project.ts';

const names = Object.keys(PROGRAMS);
const folderOf = (name: string) => `program-${names.indexOf(name)}`;
const made: string[] = [];

beforeAll(() => {
  for (const name of names) {
    const input = mkdtempSync(join(tmpdir(), 'microdot-program-'));
    made.push(input);
    for (const [file, text] of Object.entries(PROGRAMS[name]?.files ?? {}))
      writeFileSync(join(input, file), text);
    portFolder(input, folderOf(name));
  }
});

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

it('makes projects that type-check under strict', () => {
  expect(typeErrors(names.map(folderOf))).toBe('');
}, 120_000);

describe('computes what CPython computes', () => {
  it.each(names)('%s', async (name) => {
    const file = await bundle(folderOf(name), 'src/main.ts');
    const { stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: join(OUTPUT, folderOf(name)),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout.trimEnd()).toBe(PROGRAMS[name]?.prints);
  });
});
