import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const OLD = 'from microdot_asyncio import Microdot\n';
const NEW = 'from microdot import Microdot\n';

it('keeps a byte order mark, tabs, line ends and what a file ends with', async () => {
  const rest = '\r\n\r\nif True:\r\n\tapp = Microdot()  # noqa\r\n\x0c\tname = "microdot_asyncio"';
  const workspace = new Workspace({ 'a.py': `\uFEFF${OLD.trimEnd()}${rest}` });
  expect((await workspace.run(['py2'])).code).toBe(0);
  expect(workspace.read('a.py')).toBe(`\uFEFF${NEW.trimEnd()}${rest}`);
});

it.each(['latin-1', 'iso-8859-15', 'cp1252', 'koi8-r'])(
  'keeps the bytes of a file in %s',
  async (encoding) => {
    const text = (line: string) =>
      Buffer.from(`# -*- coding: ${encoding} -*-\n${line}name = "\xe9\x80"\n`, 'latin1');
    const workspace = new Workspace({ 'a.py': text(OLD) });
    await workspace.run(['py2']);
    expect(workspace.bytes('a.py')).toEqual(text(NEW));
  },
);

it.each([
  ['Python 2', `${OLD}print "x"\n`, /:2:\d+ {2}/],
  ['a conflict', `${OLD}<<<<<<< HEAD\n`, /:2:\d+ {2}/],
  ['a bracket that nobody closes', `${OLD}f(\n`, /:\d+:\d+ {2}/],
  [
    'what nests too deep',
    `${OLD}x = ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    / {2}The source nests too deep/,
  ],
  ['a sum that is too long', `${OLD}x = ${'a + '.repeat(5000)}a\n`, / {2}The source nests too deep/],
  [
    'ifs that are too many',
    `${OLD}if a:\n\tpass\n${'elif a:\n\tpass\n'.repeat(5000)}`,
    / {2}The source nests too deep/,
  ],
  ['bytes', Buffer.from([0x69, 0, 0xff]), / {2}This is no text/],
  ['bytes that are not UTF-8', Buffer.from(`${OLD}x = "\xe9"\n`, 'latin1'), / {2}It is not UTF-8/],
  ['UTF-16', Buffer.from(`\uFEFF${OLD}`, 'utf16le'), / {2}(?:This is no text|It is not UTF-8)/],
  [
    'an encoding with several bytes',
    Buffer.from(`# coding: shift-jis\n${OLD}`),
    / {2}Its encoding, shift-jis, is not/,
  ],
])('reports a file with %s, leaves it, and does the others', async (_, data, reason) => {
  const workspace = new Workspace({ 'a.py': OLD, 'b.py': data, 'c.py': OLD });
  const { code, stdout } = await workspace.run(['py2']);
  expect(code).toBe(3);
  expect(stdout).toMatch(new RegExp(`^ {2}b\\.py${reason.source}`, 'm'));
  expect(workspace.bytes('b.py')).toEqual(Buffer.from(data));
  expect([workspace.read('a.py'), workspace.read('c.py')]).toEqual([NEW, NEW]);
});

it('takes sums, branches and calls of a few hundred parts', async () => {
  const long = [
    `x = ${'a + '.repeat(300)}a`,
    `x = a${'.b()'.repeat(150)}`,
    `x = ${'['.repeat(90)}${']'.repeat(90)}`,
    `if a:\n    pass\n${'elif a:\n    pass\n'.repeat(300)}`,
  ].join('\n');
  const workspace = new Workspace({ 'a.py': OLD + long });
  expect((await workspace.run(['py2'])).code).toBe(0);
  expect(workspace.read('a.py')).toBe(NEW + long);
});

it('takes a file of twenty thousand lines', async () => {
  const routes = Array.from(
    { length: 4000 },
    (_, i) => `@app.get('/${i}')\ndef f${i}(request):\n    return {'i': ${i}}\n\n\n`,
  );
  const rest = `app = Microdot()\n\n\n${routes.join('')}`;
  const workspace = new Workspace({ 'a.py': OLD + rest });
  expect((await workspace.run(['py2'])).code).toBe(0);
  expect(workspace.read('a.py')).toBe(NEW + rest);
});

it('takes a script without a name that says Python', async () => {
  const script = (line: string) => `#!/usr/bin/env python3\n${line}`;
  const workspace = new Workspace({ serve: script(OLD), notes: OLD });
  await workspace.run(['py2']);
  expect([workspace.read('serve'), workspace.read('notes')]).toEqual([script(NEW), OLD]);
});

it.each([
  ['UTF-16, as PowerShell writes it', 'utf16le'],
  ['UTF-8 with a byte order mark', 'utf8'],
] as const)('keeps requirements in %s', async (_, encoding) => {
  const frozen = (microdot: string) => Buffer.from(`\uFEFF${microdot}\r\nJinja2==3.1.2\r\n`, encoding);
  const workspace = new Workspace({ 'requirements.txt': frozen('microdot==1.3.4') });
  expect((await workspace.run(['py2'])).code).toBe(0);
  expect(workspace.bytes('requirements.txt')).toEqual(frozen('microdot>=2.0'));
});

it('lists copies of Microdot with what to put in their place, and leaves them', async () => {
  const copy =
    '"""\nmicrodot\n--------\n"""\n\n\nclass Request():\n    pass\n\n\nclass Microdot():\n    def dispatch_request(self, req):\n        pass\n';
  const workspace = new Workspace({ 'lib/microdot.py': copy, 'app.py': 'from microdot import Microdot\n' });
  const { code, stdout } = await workspace.run(['py2']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}lib\/microdot\.py {2}-> {2}/m);
  expect(stdout).toContain('docs/migrating.md#copies-of-microdot');
  expect(workspace.read('lib/microdot.py')).toBe(copy);
  expect((await workspace.run(['py2', '--strict'])).code).toBe(1);
});
