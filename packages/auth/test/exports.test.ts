import { expect, it } from '@jest/globals';
import * as entry from '@microdot/auth';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'Auth',
    'AuthError',
    'BasicAuth',
    'TokenAuth',
    'timingSafeEqual',
    'timingSafeFind',
  ]);
});
