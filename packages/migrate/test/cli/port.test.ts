import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { Workspace } from './command.ts';

const APP = `from microdot import Microdot
app = Microdot()

@app.get('/')
def index(request):
    return 'Hello'

app.run()
`;

function filesIn(workspace: Workspace, folder: string): string[] {
  return readdirSync(workspace.path(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(workspace.path(folder).length + 1))
    .sort();
}

it('writes a new folder, with what goes along, and leaves the old one alone', async () => {
  const picture = Buffer.from([0x89, 0, 0xff]);
  const workspace = new Workspace({
    'app/app.py': APP,
    'app/requirements.txt': 'microdot<2\n',
    'app/static/a.png': picture,
    'app/templates/a.html': '<p>\r\n',
    'app/__pycache__/app.pyc': '',
  });
  const before = filesIn(workspace, 'app');
  const { code, stdout } = await workspace.run(['ts', 'app', '--out', 'new/port']);
  expect(code).toBe(0);
  expect(filesIn(workspace, 'new/port')).toEqual([
    'package.json',
    'src/app.ts',
    'static/a.png',
    'templates/a.html',
    'tsconfig.json',
  ]);
  expect(stdout).toMatch(/^Written:\n {2}package\.json\n {2}src\/app\.ts\n/);
  expect(workspace.read('new/port/src/app.ts')).toContain("app.get('/', () => 'Hello');");
  expect(workspace.bytes('new/port/static/a.png')).toEqual(picture);
  expect(workspace.read('new/port/templates/a.html')).toBe('<p>\r\n');
  expect(filesIn(workspace, 'app')).toEqual(before);
  expect(workspace.read('app/app.py')).toBe(APP);
});

it.each(['--dry-run', '--check', '--diff'])('writes nothing with %s, which needs no folder', async (mode) => {
  const workspace = new Workspace({ 'app.py': APP });
  const { code, stdout } = await workspace.run(['ts', mode]);
  expect(code).toBe(mode === '--dry-run' ? 0 : 1);
  expect(stdout).toContain('src/app.ts');
  expect(filesIn(workspace, '.')).toEqual(['app.py']);
});

it('never overwrites: the folder is new or empty', async () => {
  const workspace = new Workspace({ 'app.py': APP, 'used/mine.txt': 'x', taken: 'x' });
  const refused = async (out: string) => (await workspace.run(['ts', 'app.py', '--out', out])).stderr;
  expect(await refused('used')).toBe(
    'microdot-migrate: There is something in used already, and nothing is overwritten.\n',
  );
  expect(await refused('taken')).toBe('microdot-migrate: taken is no folder.\n');
  expect(await refused('.')).toContain('nothing is overwritten');
  expect(filesIn(workspace, '.')).toEqual(['app.py', 'taken', 'used/mine.txt']);
});

it('says so where a file of its own stands in place of one that was there', async () => {
  const workspace = new Workspace({
    'app/app.py': APP,
    'app/package.json': '{ "scripts": { "css": "tailwindcss" } }',
  });
  const { stdout } = await workspace.run(['ts', 'app', '--out', 'port']);
  expect(stdout).toContain(`package.json
  written
  1:1  The port has a package.json of its own, and yours was not copied: take over what is still needed of it.  [files]
`);
  expect(workspace.read('port/package.json')).toContain('@microdot/core');
});

it('ports the other files where one does not parse', async () => {
  const workspace = new Workspace({ 'app/app.py': APP, 'app/old.py': 'print "x"\n' });
  const { code, stdout } = await workspace.run(['ts', 'app', '--out', 'port']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^ {2}app\/old\.py:1:\d+ {2}/m);
  expect(filesIn(workspace, 'port')).toEqual(['package.json', 'src/app.ts', 'tsconfig.json']);
});

it('--stdin gives the TypeScript of one source', async () => {
  const { code, stdout } = await new Workspace({}).run(['ts', '--stdin'], { input: APP });
  expect(code).toBe(0);
  expect(stdout).toContain("app.get('/', () => 'Hello');");
});
