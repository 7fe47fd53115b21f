import { expect, it } from '@jest/globals';
import * as entry from '@microdot/migrate';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual(['MigrateError', 'applyEdits', 'migrate', 'migrateProject']);
});
