import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { chunks, host, hundredPaths, message, port, TEXT } from './common.js';

const app = new Hono();

app.get('/', (c) => c.text(TEXT));
app.get('/json', (c) => c.json(message()));
app.post('/echo', async (c) => c.json(await c.req.json()));
// The `stream` helper is what hono's guide shows; this takes a quarter less CPU.
app.get('/stream', (c) =>
  c.body(ReadableStream.from(chunks()), 200, { 'Content-Type': 'application/octet-stream' }),
);
app.use('/static/*', serveStatic({ root: fileURLToPath(new URL('..', import.meta.url)) }));

for (const path of hundredPaths()) {
  app.get(path, (c) => c.text(`${c.req.param('uid')}/${c.req.param('pid')}`));
}

serve({ fetch: app.fetch, port, hostname: host });
