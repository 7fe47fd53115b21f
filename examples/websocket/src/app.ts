import { join } from 'node:path';
import { abort, Microdot, sendFile } from '@microdot/core';
import { withWebSocket } from '@microdot/websocket';
import { Room } from './room.ts';

export const app = new Microdot();

const root = join(import.meta.dirname, '..');
const rooms = new Map<string, Room>();

app.get('/', () => sendFile('index.html', { root }));

app.get('/rooms', () => Array.from(rooms, ([name, { size }]) => ({ name, size })));

// What a hook refuses never becomes a WebSocket. Pages of other sites are refused already.
app.beforeRequest((request) => {
  if (request.path.startsWith('/rooms/') && !request.args.get('name')?.trim()) abort(400, 'Who are you?');
});

app.get(
  '/rooms/<room>',
  withWebSocket({ maxMessageLength: 1000 }, async (request, ws, { room: roomName }) => {
    const name = (request.args.get('name') ?? '').slice(0, 30);
    const room = rooms.get(roomName) ?? new Room();
    rooms.set(roomName, room);
    room.join(ws, name);
    try {
      for await (const message of ws) {
        if (typeof message === 'string') room.say(name, message);
        else await ws.close(1003, 'Text, please');
      }
    } finally {
      // However it has ended: by a goodbye, or because the train has entered a tunnel.
      room.leave(ws, name);
      if (room.size === 0) rooms.delete(roomName);
    }
  }),
);

// For trying things out: everything comes back, text as text and bytes as bytes.
app.get(
  '/echo',
  withWebSocket(async (_request, ws) => {
    for await (const message of ws) await ws.send(message);
  }),
);

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
