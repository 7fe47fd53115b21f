import { expect, it } from '@jest/globals';
import * as entry from '@microdot/websocket';

it('exports what the README lists', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'WebSocket',
    'WebSocketError',
    'upgradeWebSocket',
    'withWebSocket',
  ]);
});
