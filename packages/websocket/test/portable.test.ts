import { expect, it, jest } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

it('never loads ws where the host speaks messages', async () => {
  jest.unstable_mockModule('ws', () => {
    throw new Error('ws was loaded');
  });
  const { withWebSocket } = await import('@microdot/websocket');
  const app = new Microdot();
  app.get(
    '/ws',
    withWebSocket(async (_request, ws) => ws.send(await ws.receive())),
  );
  const ws = await new TestClient(app).connect('/ws');
  await ws.send('hello');
  expect(await ws.receive()).toBe('hello');
  await ws.close();
});
