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

it('tells the errors that an application derives from its own', () => {
  class Kicked extends entry.WebSocketError {}
  expect(new entry.WebSocketError('CLOSED', 'closed') instanceof Kicked).toBe(false);
  expect(new Kicked('KICKED', 'kicked') instanceof entry.WebSocketError).toBe(true);
});
