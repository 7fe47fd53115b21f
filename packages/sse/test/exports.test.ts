import { expect, it } from '@jest/globals';
import * as sse from '@microdot/sse';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(sse).sort()).toEqual([
    'EventLog',
    'SSEError',
    'ServerSentEvent',
    'sseResponse',
    'withSSE',
  ]);
});
