import { Microdot } from '@microdot/core';
import { withWebSocket } from '@microdot/websocket';
import { host, port } from '../common.js';
import { memory } from './memory.js';

const app = new Microdot();

app.get('/memory', () => memory());

app.get(
  '/echo',
  withWebSocket(async (_request, ws) => {
    for await (const message of ws) await ws.send(message);
  }),
);

await app.run({ port, host });
