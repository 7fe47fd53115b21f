import { expect, it } from '@jest/globals';
import { migrateProject, type Target } from '@microdot/migrate';

const PYTHON = 'from microdot_asyncio import Microdot\napp = Microdot()\n';
const FILES: Readonly<Record<Target, [string, string][]>> = {
  py2: [
    ['a.py', PYTHON],
    ['b.py', PYTHON],
    ['wrong.py', 'import microdot_cors as\n'],
    ['other.py', 'print(1)\n'],
  ],
  ts: [
    ['a.py', PYTHON],
    ['b.py', PYTHON],
    ['page.html', 'microdot'],
  ],
  js: [
    ['a.js', "import 'microdot_cors';\n"],
    ['b.js', "import 'microdot';\n"],
  ],
};

it.each(['py2', 'ts', 'js'] as const)('%s says how far it is', (target) => {
  const shares: number[] = [];
  migrateProject({ files: new Map(FILES[target]) }, target, { onProgress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThanOrEqual(2);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  expect(shares.at(-1)).toBeGreaterThan(0.8);
});
