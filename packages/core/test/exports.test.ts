import { expect, it } from '@jest/globals';
import * as core from '@microdot/core';
import * as portable from '@microdot/core/portable';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(core).sort()).toEqual([
    'BodyStream',
    'HTTPException',
    'Microdot',
    'MicrodotError',
    'MultiDict',
    'Request',
    'RequestHeaders',
    'Response',
    'ResponseHeaders',
    'URLPattern',
    'abort',
    'redirect',
    'sendFile',
  ]);
  expect(Object.keys(portable).sort()).toEqual(Object.keys(core).sort());
});
