import { expect, it } from '@jest/globals';
import * as testClient from '@microdot/test-client';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(testClient).sort()).toEqual([
    'CookieJar',
    'StreamedResponse',
    'TestClient',
    'TestClientError',
    'TestResponse',
    'TestWebSocket',
  ]);
});
