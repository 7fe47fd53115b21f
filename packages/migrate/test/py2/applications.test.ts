import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { migrateProject } from '@microdot/migrate';

const folder = fileURLToPath(new URL('../fixtures/apps/', import.meta.url));
const python = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['--version']).status === 0);

/** Where the result is written otherwise than by hand, and why that is the same. */
const DIFFERENCES: Record<string, [hand: string, tool: string, reason: string][]> = {
  'app-03-shortener': [
    [
      'from microdot.microdot import HTTPException, urlencode\n',
      'from microdot.microdot import HTTPException\nfrom microdot.microdot import urlencode\n',
      'each statement is written for itself',
    ],
  ],
  'app-12-unittest-sync': [
    [
      "            await client.head('/')\n",
      "            client.head('/')\n",
      'there is no head(), in either version: that it raises is what the test is about',
    ],
  ],
  'app-15-asgi-uvicorn': [
    [
      'Request, \\\n    with_websocket, websocket_upgrade\n',
      'Request\nfrom microdot.asgi import with_websocket, websocket_upgrade\n',
      'each statement is written for itself',
    ],
  ],
};

describe.each(readdirSync(folder))('%s', (name) => {
  const input = readTexts(join(folder, name, 'input'));
  const result = migrateProject({ files: input }, 'py2');
  const output = new Map([...input, ...result.files]);

  it('becomes what it becomes by hand', () => {
    const byHand = new Map([...input, ...readTexts(join(folder, name, 'expected-2x'))]);
    for (const [hand, tool] of DIFFERENCES[name] ?? []) {
      const [file, text] = [...byHand].find(([, each]) => each.includes(hand)) ?? ['', ''];
      byHand.set(file, text.replace(hand, tool));
    }
    expect(output).toEqual(byHand);
    expect(result.failures.size).toBe(0);
  });

  it('is not changed a second time', () => {
    expect(migrateProject({ files: output }, 'py2').files).toEqual(new Map());
  });

  it('keeps every line that no edit touches', () => {
    for (const [file, edits] of result.edits) {
      const source = input.get(file) ?? '';
      let rest = output.get(file) ?? '';
      let at = 0;
      for (const { start, end, text } of edits) {
        expect(rest.startsWith(source.slice(at, start) + text)).toBe(true);
        rest = rest.slice(start - at + text.length);
        at = end;
      }
      expect(rest).toBe(source.slice(at));
    }
  });

  (python ? it : it.skip)('compiles', () => {
    const copy = mkdtempSync(join(tmpdir(), 'microdot-migrate-'));
    cpSync(join(folder, name, 'input'), copy, { recursive: true });
    for (const [file, text] of result.files) writeFileSync(join(copy, file), text);
    const { status, stdout } = spawnSync(python ?? '', ['-m', 'compileall', '-q', copy], {
      encoding: 'utf8',
    });
    rmSync(copy, { recursive: true });
    expect(`${status} ${stdout}`).toBe('0 ');
  });
});

// The files that are text, by their paths.
function readTexts(root: string, within = ''): Map<string, string> {
  const texts = new Map<string, string>();
  if (!existsSync(join(root, within))) return texts;
  for (const entry of readdirSync(join(root, within), { withFileTypes: true })) {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) for (const [file, text] of readTexts(root, path)) texts.set(file, text);
    else if (!entry.name.endsWith('.gz')) texts.set(path, readFileSync(join(root, path), 'utf8'));
  }
  return texts;
}
