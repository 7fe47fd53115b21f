import { Microdot, Response, sendFile } from '@microdot/core';
import { chunks, host, hundredPaths, message, port, root, TEXT } from './common.js';

const app = new Microdot();

app.get('/', () => TEXT);
app.get('/json', () => message());
app.post('/echo', (request) => request.json);
app.get('/stream', () => new Response(chunks(), 200, { 'Content-Type': 'application/octet-stream' }));
app.get('/static/<path:name>', (_request, { name }) => sendFile(name, { root }));

for (const path of hundredPaths((name) => `<${name}>`)) {
  app.get(path, (_request, { uid, pid }) => `${uid}/${pid}`);
}

await app.run({ port, host });
