import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const FILES = {
  'a.js': "import { send_file, urlencode } from 'microdot';\n",
  'b.js': 'const = 1;\n',
  'c.js': 'x();\n',
};

it('says per file what was changed by which rule, what is left to do, and what failed', async () => {
  const { code, stdout } = await new Workspace(FILES).run(['js']);
  expect(code).toBe(3);
  expect(stdout).toBe(`a.js
  changed: modules, names
  1:20  2.x has no urlencode. Write new URLSearchParams(fields).toString().  [names]
         docs/migrating.md#names-that-are-gone

Failed, and left as they were:
  b.js:1:7  Unexpected token

1 file changed; 3 files looked at; 1 thing left to do; 1 file failed.

To read a section of the guide: npx @microdot/migrate guide names-that-are-gone
`);
});

it('says what to write', async () => {
  const text = "import { renderTemplate } from 'microdot_jinja';\nnames.map(renderTemplate);\n";
  const { stdout } = await new Workspace({ 'a.js': text }).run(['js', '--dry-run']);
  expect(stdout).toContain('         write: (name, values) => new Template(name).render(values)\n');
});

it('says once what is to be done in several places', async () => {
  const text = `import { renderTemplate, urlencode } from 'microdot_jinja';
import { urlencode as encode } from 'microdot';
names.map(renderTemplate);
other.map(renderTemplate);
`;
  const { stdout } = await new Workspace({ 'a.js': text }).run(['js', '--dry-run']);
  expect(stdout).toMatch(/^ {2}3:11, 4:11 {2}.*\[templates\]\n {9}write: /m);
  expect(stdout).toContain('; 3 things left to do.');
});

it('says the same as JSON', async () => {
  const { code, stdout, stderr } = await new Workspace(FILES).run(['js', '--report', 'json']);
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    target: 'js',
    mode: 'write',
    files: [
      {
        file: 'a.js',
        state: 'changed',
        rules: { modules: 1, names: 1 },
        notes: [
          {
            line: 1,
            column: 20,
            rule: 'names',
            message: '2.x has no urlencode. Write new URLSearchParams(fields).toString().',
            guide: 'docs/migrating.md#names-that-are-gone',
          },
        ],
      },
    ],
    vendored: [],
    failures: [{ file: 'b.js', message: 'Unexpected token', line: 1, column: 7 }],
    summary: { looked: 3, changed: 1, notes: 1, vendored: 0, failed: 1 },
    exitCode: 3,
  });
});
