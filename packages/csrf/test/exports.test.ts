import { expect, it } from '@jest/globals';
import * as entry from '@microdot/csrf';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry)).toEqual(['CSRF']);
});
