import { expect, it } from '@jest/globals';
import { moveNotes } from '../../src/cli/moveNotes.ts';
import { Workspace } from './command.ts';

const edit = (start: number, end: number, text: string) => ({ start, end, text, rule: 'r' });
const note = (line: number, column: number) => ({ line, column, rule: 'r', message: 'm', guide: 'g' });

it.each([
  ['before every edit', 'ab\ncd\n', [edit(3, 3, 'x\n')], [1, 2], [1, 2]],
  ['after an inserted line', 'ab\ncd\n', [edit(0, 0, 'x\n')], [2, 2], [3, 2]],
  ['after a removed line', 'ab\ncd\nef\n', [edit(0, 3, '')], [3, 1], [2, 1]],
  ['within what is replaced', 'ab\ncdef\n', [edit(3, 7, 'x')], [2, 3], [2, 1]],
  ['at what is replaced', 'ab cd\n', [edit(0, 2, 'abcd'), edit(3, 5, 'x')], [1, 4], [1, 6]],
])('%s', (_, before, edits, [line = 0, column = 0], [newLine, newColumn]) => {
  let after = before;
  for (const { start, end, text } of [...edits].reverse())
    after = after.slice(0, start) + text + after.slice(end);
  expect(moveNotes(before, after, edits, [note(line, column)])).toEqual([
    { ...note(line, column), line: newLine, column: newColumn },
  ]);
});

it('names places in the file as it is when the report is read', async () => {
  const session = "import { setSessionSecretKey } from 'microdot_session';\nsetSessionSecretKey('x');\n";
  const source = `${session}import { Microdot, mro } from 'microdot';\nconst app = new Microdot();\nmro(app);\n`;
  const other = new Workspace({ 'a.js': source });
  expect((await other.run(['js', '--dry-run'])).stdout).toContain('  3:20  2.x has no mro.');
  expect((await other.run(['js'])).stdout).toContain('  2:20  2.x has no mro.');
  expect(other.read('a.js').split('\n')[1]).toBe("import { Microdot, mro } from '@microdot/core';");
});
