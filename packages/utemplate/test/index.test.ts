import { expect, it } from '@jest/globals';
import * as entry from '@microdot/utemplate';

it('exports what it says', () => {
  expect(Object.keys(entry)).toEqual([]);
});
