import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { H3, serve, serveStatic } from 'h3';
import { chunks, host, hundredPaths, message, port, root, TEXT } from './common.js';

const app = new H3();

app.get('/', () => TEXT);
app.get('/json', () => message());
app.post('/echo', (event) => event.req.json());
app.get('/stream', (event) => {
  event.res.headers.set('Content-Type', 'application/octet-stream');
  return ReadableStream.from(chunks());
});
app.use('/static/**', (event) =>
  serveStatic(event, {
    getContents: (id) => readFile(fileOf(id)),
    getMeta: async (id) => {
      const stats = await stat(fileOf(id)).catch(() => undefined);
      return stats?.isFile() ? { size: stats.size, mtime: stats.mtimeMs } : undefined;
    },
  }),
);

for (const path of hundredPaths()) {
  app.get(path, ({ context }) => `${context.params.uid}/${context.params.pid}`);
}

serve(app, { port, hostname: host, silent: true });

function fileOf(id) {
  return join(root, id.slice('/static'.length));
}
