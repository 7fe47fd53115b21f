import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { MigrateError, migrate, migrateProject } from '@microdot/migrate';
import { CASE_FILES, casesIn } from './cases.ts';

const py2 = (source: string): string => migrate(source, { target: 'py2' }).code;

const SOURCE = `from microdot_websocket import with_websocket
import microdot_session

@with_websocket
def echo(request, ws):
    s = "ä€😀"; ws.send(s)
    try:
        ws.send(ws.receive())
    except OSError:
        pass
`;
const MIGRATED = `from microdot.websocket import with_websocket, WebSocketError
import microdot.session as microdot_session

@with_websocket
async def echo(request, ws):
    s = "ä€😀"; await ws.send(s)
    try:
        await ws.send(await ws.receive())
    except (OSError, WebSocketError):
        pass
`;

it('has the example right', () => {
  expect(py2(SOURCE)).toBe(MIGRATED);
});

describe('how a file is written', () => {
  it.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends of an old Macintosh', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['tabs', (text: string) => text.replaceAll('    ', '\t')],
    ['no line end at the end', (text: string) => text.trimEnd()],
    ['blanks at the ends of lines', (text: string) => text.replaceAll(':\n', ':  \n')],
    ['a form feed', (text: string) => text.replace('\n\n', '\n\f\n')],
    ['a first line that says the encoding', (text: string) => `# -*- coding: latin-1 -*-\n${text}`],
    ['an interpreter line', (text: string) => `#!/usr/bin/env python3\n${text}`],
    ['a backslash between lines', (text: string) => text.replace('import with', 'import \\\n    with')],
    [
      'names that are not ASCII',
      (text: string) => text.replaceAll('echo', 'écho').replaceAll('s =', 'größe ='),
    ],
    [
      'a statement behind another',
      (text: string) => text.replace('import microdot', 'import os; import microdot'),
    ],
  ])('keeps %s', (_, write) => {
    expect(py2(write(SOURCE))).toBe(write(MIGRATED));
  });

  it('keeps line ends that are mixed, and writes its own like the first', () => {
    const source =
      'from microdot_ssl import create_ssl_context\r\nctx = create_ssl_context("a", "b")\nx = 1\r\n';
    expect(py2(source)).toBe(
      'import ssl\r\nctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\r\nctx.load_cert_chain("a", "b")\nx = 1\r\n',
    );
  });
});

describe('sources that are none', () => {
  it.each([
    ['of Python 2', 'import microdot\nprint "x"\n', 2],
    ['that end in the middle', 'import microdot\ndef f(:\n', 2],
    ['with brackets that do not match', 'import microdot\nx = [1, 2\ny = (3]\n', 3],
    ['with a string that does not end', "import microdot\nx = 'abc\n", 2],
    ['that are indented at random', 'import microdot\nif x:\n      a\n   b\n', 4],
  ])('says where those %s fail', (_, source, line) => {
    const failure = failureOf(source);
    expect(failure).toMatchObject({ name: 'MigrateError', code: 'SYNTAX', file: 'bad.py', line });
  });

  it('does the other files', () => {
    const files = new Map([
      ['bad.py', 'import microdot\ndef\n'],
      ['good.py', 'from microdot_asyncio import Microdot\n'],
    ]);
    const { files: changed, failures } = migrateProject({ files }, 'py2');
    expect([...changed]).toEqual([['good.py', 'from microdot import Microdot\n']]);
    expect([...failures.keys()]).toEqual(['bad.py']);
  });

  it('does not read what says nothing of Microdot', () => {
    const files = new Map([['other.py', 'print "x"']]);
    expect(migrateProject({ files }, 'py2').failures).toEqual(new Map());
  });

  it('refuses what nests deeper than the stack, and goes on', () => {
    const deep = `import microdot\nx = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`;
    expect(failureOf(deep)).toMatchObject({ code: 'TOO_DEEP' });
  });
});

it('takes an empty file, one of comments, and one without a line end', () => {
  for (const source of ['', '# microdot', '\n\n', '"""microdot"""', '\ufeff'])
    expect(py2(source)).toBe(source);
});

it('nests as deep as people write', () => {
  const nested = Array.from({ length: 20 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('');
  const source = `import microdot_cors\n${nested}${' '.repeat(20)}y = ${'['.repeat(90)}${']'.repeat(90)}\n`;
  expect(py2(source)).toBe(source.replace('microdot_cors', 'microdot.cors as microdot_cors'));
});

it('reads ten thousand lines in a moment', () => {
  const handler = (i: number) => `@app.get('/${i}')
def h${i}(request):
    data = {'n': ${i}, 'path': request.path}
    for key, value in data.items():
        print(key, value)
    return data

`;
  const source = `from microdot_asyncio import Microdot\napp = Microdot()\n${Array.from({ length: 1500 }, (_, i) => handler(i)).join('')}`;
  expect(source.split('\n').length).toBeGreaterThan(10_000);
  const start = performance.now();
  expect(py2(source)).toBe(source.replace('microdot_asyncio', 'microdot'));
  expect(performance.now() - start).toBeLessThan(10_000);
});

it('comes to an end where everything may hold everything', () => {
  const classes = Array.from(
    { length: 60 },
    (_, i) => `class C${i}(list):
    def parse(self, other):
        self.append((other, C${(i + 1) % 60}()))
        self.children = [self.children, self[0], other.children]
        return [self, other.parse(self), {'x': self.children}]
`,
  );
  const source = `import microdot_cors\n${classes.join('')}`;
  const start = performance.now();
  expect(py2(source)).toBe(source.replace('microdot_cors', 'microdot.cors as microdot_cors'));
  expect(performance.now() - start).toBeLessThan(15_000);
});

describe('over all applications and cases', () => {
  const sources = [...readApplications(), ...readCases()];

  it.each(sources)('$name: each import of Microdot is one of 2.x, and the result parses', ({ files }) => {
    const { files: changed } = migrateProject({ files }, 'py2');
    for (const [file, text] of changed) {
      if (!file.endsWith('.py')) continue;
      // A file that parses has no failure.
      expect(migrateProject({ files: new Map([[file, text]]) }, 'py2').failures).toEqual(new Map());
      for (const name of importsIn(text)) expect(IN_2X).toContain(name);
    }
  });

  it.each(sources)('$name: with the line ends of Windows it becomes the same', ({ files }) => {
    const toWindows = (texts: ReadonlyMap<string, string>) =>
      new Map([...texts].map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]));
    const plain = migrateProject({ files }, 'py2');
    const windows = migrateProject({ files: toWindows(files) }, 'py2');
    expect(windows.files).toEqual(toWindows(plain.files));
  });
});

// From the table of what 2.6.2 has.
const IN_2X = [
  'microdot',
  'microdot.microdot',
  'microdot.asgi',
  'microdot.cors',
  'microdot.jinja',
  'microdot.session',
  'microdot.test_client',
  'microdot.utemplate',
  'microdot.websocket',
  'microdot.wsgi',
];

const NOT_MICRODOT = /^microdot_(?:utils|auth|login|static)$/;

function importsIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:from|import)\s+([\w.]*microdot[\w.]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !NOT_MICRODOT.test(name.split('.').at(-1) ?? ''));
}

function failureOf(source: string): unknown {
  try {
    migrate(source, { target: 'py2', file: 'bad.py' });
  } catch (error) {
    return error instanceof MigrateError ? error : null;
  }
  return null;
}

function readApplications(): { name: string; files: Map<string, string> }[] {
  const folder = fileURLToPath(new URL('../fixtures/apps/', import.meta.url));
  return readdirSync(folder).map((name) => {
    const input = join(folder, name, 'input');
    const files = readdirSync(input, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.py'))
      .map((file): [string, string] => [file.replaceAll('\\', '/'), readFileSync(join(input, file), 'utf8')]);
    return { name, files: new Map(files) };
  });
}

function readCases(): { name: string; files: Map<string, string> }[] {
  return CASE_FILES.flatMap((file) =>
    casesIn(file).map(({ title, before }) => ({ name: `${file}, ${title}`, files: before })),
  );
}
