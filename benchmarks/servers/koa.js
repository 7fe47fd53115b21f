import { Readable } from 'node:stream';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import serve from 'koa-static';
import { chunks, host, hundredPaths, message, port, root, TEXT } from './common.js';

const app = new Koa();
const router = new Router();

router.get('/', (ctx) => {
  ctx.body = TEXT;
});
router.get('/json', (ctx) => {
  ctx.body = message();
});
router.post('/echo', bodyParser(), (ctx) => {
  ctx.body = ctx.request.body;
});
router.get('/stream', (ctx) => {
  ctx.type = 'application/octet-stream';
  ctx.body = Readable.from(chunks(), { objectMode: false });
});

const files = serve(root);
router.get('/static/:name', (ctx, next) => {
  ctx.path = ctx.path.slice('/static'.length);
  return files(ctx, next);
});

for (const path of hundredPaths()) {
  router.get(path, (ctx) => {
    ctx.body = `${ctx.params.uid}/${ctx.params.pid}`;
  });
}

app.use(router.routes());
app.listen(port, host);
