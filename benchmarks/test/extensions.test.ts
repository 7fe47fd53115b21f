import { afterEach, expect, it } from '@jest/globals';
import { echoDifferenceOf } from '../lib/echo.js';
import { Peers } from '../lib/peers.js';
import { type RunningServer, startServer } from '../lib/server.js';
import { SESSION_SERVERS, sessionDifferenceOf } from '../lib/sessions.js';

let server: RunningServer | undefined;

afterEach(() => server?.stop());

it.each(['ws', 'ws-text', 'microdot'])(
  '%s sends back what comes through a WebSocket',
  async (name) => {
    server = await startServer(`websocket/${name}`);
    expect(await echoDifferenceOf(server.port)).toBeUndefined();
    const peers = await Peers.connect(server.port, 3);
    expect(await peers.talk(16, 0)).toMatchObject({ messages: 48 });
    peers.close();
  },
  60_000,
);

it.each(SESSION_SERVERS)(
  '%s counts in a session',
  async (name) => {
    server = await startServer(`session/${name}`);
    expect(await sessionDifferenceOf(server.port, name)).toBeUndefined();
  },
  60_000,
);
