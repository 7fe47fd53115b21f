// As the documentation of ws has it: what came is sent back as it is, the bytes of a text being bytes throughout.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { host, port } from '../common.js';
import { memory } from './memory.js';

const server = createServer((_, res) => res.end(JSON.stringify(memory())));

new WebSocketServer({ server, path: '/echo' }).on('connection', (ws) => {
  ws.on('error', console.error);
  ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
});

server.listen(port, host);
