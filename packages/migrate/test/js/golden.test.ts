import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { migrate } from '@microdot/migrate';

const folder = new URL('../fixtures/js/', import.meta.url);
const inputs = readdirSync(folder).filter((name) => name.includes('.input.'));
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

it.each(inputs)('migrates %s as its expectation says', (input) => {
  const file = input.replace(/^.*\.input\.(\w+)\.txt$/, 'app.$1');
  const { code } = migrate(read(input), { target: 'js', file });
  expect(code).toBe(read(input.replace('.input.', '.expected.')));
});

it.each(inputs)('changes nothing in %s a second time', (input) => {
  const file = input.replace(/^.*\.input\.(\w+)\.txt$/, 'app.$1');
  const { code } = migrate(read(input), { target: 'js', file });
  expect(migrate(code, { target: 'js', file })).toMatchObject({ code, edits: [] });
});
