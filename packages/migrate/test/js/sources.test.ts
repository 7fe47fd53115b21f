import { expect, it } from '@jest/globals';
import { migrate, migrateProject } from '@microdot/migrate';
import { js, source } from './migration.ts';

it('reads JavaScript, TypeScript and JSX, modules and scripts', () => {
  const sources: [string, string][] = [
    ['a.js', "import { Microdot } from 'microdot';\nconst page = <p>{Microdot.name}</p>;\n"],
    ['a.tsx', "import type { Request } from 'microdot';\nconst f = (r: Request) => <p>{r.path}</p>;\n"],
    ['a.mts', "import { Microdot } from 'microdot';\nconst app = <Microdot>(<unknown>1);\n"],
    ['a.d.ts', "import { Microdot } from 'microdot';\nexport declare const app: Microdot;\n"],
    ['a.js', "const { Microdot } = require('microdot');\nif (x) return;\nwith (x) y;\n"],
    ['a.ts', "import { Microdot } from 'microdot';\n@decorated class A { @field accessor x = 1 }\n"],
  ];
  for (const [file, text] of sources)
    expect(js(text, { file })).toBe(text.replace("'microdot'", "'@microdot/core'"));
});

it('finds out itself what a source without a name is written in', () => {
  expect(migrate("import type { Request } from 'microdot'", { target: 'js' }).code).toContain(
    '@microdot/core',
  );
});

it('says where a source does not parse', () => {
  const text = "import { a } from 'microdot'\nconst = 1\n";
  expect(() => js(text)).toThrow(
    expect.objectContaining({ code: 'SYNTAX', file: 'app.ts', line: 2, column: 7 }),
  );
});

it('does the other files where one does not parse', () => {
  const files = new Map([
    ['bad.js', 'const = 1'],
    ['good.js', "import 'microdot'"],
    ['notes.txt', "import 'microdot'"],
  ]);
  const { failures, files: changed } = migrateProject({ files }, 'js');
  expect([...failures.keys()]).toEqual(['bad.js']);
  expect([...changed]).toEqual([['good.js', "import '@microdot/core'"]]);
});

it('runs the rules that are asked for', () => {
  const before = "import { send_file } from 'microdot';\nsend_file('a');\n";
  expect(js(before, { rules: { only: ['modules'] } })).toBe(
    "import { send_file } from '@microdot/core';\nsend_file('a');\n",
  );
  expect(js(before, { rules: { disable: ['modules'] } })).toBe(
    "import { sendFile } from 'microdot';\nsendFile('a');\n",
  );
});

it('takes ten thousand lines and a thousand levels', () => {
  const line = "app.get('/', (request) => send_file('a.txt', { maxAge: 60 }));\n";
  const long = `import { send_file } from 'microdot';\n${line.repeat(10_000)}`;
  expect(js(long)).toBe(long.replaceAll('send_file', 'sendFile').replace("'microdot'", "'@microdot/core'"));
  const deep = `require('microdot');\nconst x = ${'['.repeat(1000)}${']'.repeat(1000)};\n`;
  expect(js(deep)).toBe(deep.replace("'microdot'", "'@microdot/core'"));
});

it('refuses what nests too deep for the parser, and does not end with it', () => {
  for (const text of ['[', '{', 'f(']) {
    const deep = `require('microdot');\n${text.repeat(20_000)}`;
    expect(() => js(deep)).toThrow(expect.objectContaining({ code: 'TOO_DEEP' }));
  }
  const chain = `require('microdot');\nx = ${'!'.repeat(20_000)}y;\n`;
  expect(() => js(chain)).toThrow(expect.objectContaining({ code: 'TOO_DEEP' }));
});

it('changes the lines that it has to, and no others', () => {
  const before = source`
    import { Microdot }   from 'microdot'; // eslint-disable-line


    const app=new Microdot( )
    app.get( "/",()=>'microdot' )
  `;
  expect(js(before)).toBe(before.replace("from 'microdot'", "from '@microdot/core'"));
});
