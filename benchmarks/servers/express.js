import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { chunks, host, hundredPaths, message, port, root, TEXT } from './common.js';

const app = express();
// Headers that no other server here sends.
app.disable('etag');
app.disable('x-powered-by');

app.get('/', (_req, res) => res.type('text/plain').send(TEXT));
app.get('/json', (_req, res) => res.json(message()));
app.post('/echo', express.json(), (req, res) => res.json(req.body));
app.get('/stream', (_req, res) => {
  res.type('application/octet-stream');
  return pipeline(Readable.from(chunks(), { objectMode: false }), res);
});
app.use('/static', express.static(root));

for (const path of hundredPaths()) {
  app.get(path, ({ params }, res) => res.type('text/plain').send(`${params.uid}/${params.pid}`));
}

app.listen(port, host);
