// ws again, for an application that looks at its messages: a text is made a string, and the string is sent.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { host, port } from '../common.js';
import { memory } from './memory.js';

const server = createServer((_, res) => res.end(JSON.stringify(memory())));

new WebSocketServer({ server, path: '/echo' }).on('connection', (ws) => {
  ws.on('error', console.error);
  ws.on('message', (data, isBinary) => ws.send(isBinary ? data : data.toString()));
});

server.listen(port, host);
