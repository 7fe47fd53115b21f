import { expect, it } from '@jest/globals';
import * as entry from '@microdot/session';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual(['MemoryStore', 'Session', 'SessionError', 'withSession']);
});
