import { expect, it } from '@jest/globals';
import { faultOf } from '../../src/broken.ts';
import type { Edit } from '../../src/edit/edit.ts';
import { checkEdited } from '../../src/python/checkEdited.ts';
import { parsePython } from '../../src/python/parse.ts';

/** Makes edits from `[what, by what]`, the first at its first place in the source. */
function edited(source: string, ...replacements: [string, string][]): () => void {
  const edits: Edit[] = replacements.map(([from, text]) => {
    const start = source.indexOf(from);
    return { start, end: start + from.length, text, rule: 'test' };
  });
  return () => checkEdited(parsePython(source), edits);
}

function inserted(source: string, before: string, text: string): () => void {
  const start = before === '' ? source.length : source.indexOf(before);
  return () => checkEdited(parsePython(source), [{ start, end: start, text, rule: 'test' }]);
}

const SOURCE = `"""a
b"""; import a
import b
@decorator
@other(
    1)
def f():
    return 1
x = 1; y = 2
class C:
    def m(self):
        pass
`;

it.each([
  ['a name', edited(SOURCE, ['import b', 'import c'])],
  [
    'a name in a body, and another in the next statement',
    edited(SOURCE, ['return 1', 'return 2'], ['y = 2', 'y = 3']),
  ],
  ['a line before a decorator', inserted(SOURCE, '@decorator', 'import c\n')],
  ['a line at the end of a body', inserted(SOURCE, 'x = 1', '    # done\n    z = 1\n')],
  ['a line before all', inserted(SOURCE, '"""a', 'import c\n')],
  ['a line after all', inserted(SOURCE, '', '        return 1\n')],
  [
    'several statements that become one',
    edited(SOURCE, ['import b\n@decorator\n@other(\n    1)\ndef f():\n    return 1\nx = 1', 'x = (1)']),
  ],
  ['a comment, where there is nothing else', edited('# a\n', ['a', 'b'])],
  ['a statement that goes', edited(SOURCE, ['import b\n', ''])],
  ['what has no line end', edited('import a', ['a', 'b'])],
  ['CRLF and a byte order mark', edited('\ufeffimport a\r\nimport b\r\n', ['b', 'c'])],
])('%s', (_, check) => {
  expect(check).not.toThrow();
});

it.each([
  ['a name', edited(SOURCE, ['import b', 'import 1'])],
  ['a word in a body', edited(SOURCE, ['return 1', 'return ='])],
  ['the second of two edits', edited(SOURCE, ['import b', 'import c'], ['y = 2', 'y = '])],
  ['a line before a decorator that is indented', inserted(SOURCE, '@decorator', '  import c\n')],
  ['a line that is indented like nothing before it', inserted(SOURCE, 'x = 1', '  z = 1\n')],
  ['a bracket that is not closed', edited(SOURCE, ['1)', '1'])],
  ['a string that is not closed', edited(SOURCE, ['b"""', 'b'])],
  ['a body that goes', edited(SOURCE, ['    return 1\n', ''])],
  ['the last line', inserted(SOURCE, '', '   z = 1\n')],
  ['the first line', inserted(SOURCE, '"""a', '(')],
])('does not hold: %s', (_, check) => {
  expect(check).toThrow(expect.objectContaining({ code: 'SYNTAX' }));
  expect(faultOf('a.py', check)).toMatchObject({
    code: 'BROKEN',
    file: 'a.py',
    message: expect.stringMatching(/^What was to be written does not hold: /),
  });
});
