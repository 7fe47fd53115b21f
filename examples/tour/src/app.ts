import { Microdot, sendFile } from '@microdot/core';
import { port, publicFolder } from './config.ts';
import { errors } from './errors.ts';
import { guestbook } from './guestbook.ts';
import { guestbookApi } from './guestbookApi.ts';
import { hello } from './hello.ts';
import type { Tour } from './layout.ts';
import { home } from './pages/home.ts';
import { routes } from './pages/routes.ts';
import { source } from './pages/source.ts';
import { secure } from './security.ts';
import { streaming } from './streaming.ts';

export const app = new Microdot<Tour>();

app.beforeRequest((request) => {
  request.g.startedAt = performance.now();
});
app.afterRequest(secure);
app.afterErrorRequest(secure);

// #region mounts
app.mount(home);
app.mount(hello);
app.mount(streaming, { urlPrefix: '/streaming' });
app.mount(guestbook, { urlPrefix: '/guestbook', local: true });
app.mount(guestbookApi, { urlPrefix: '/api/guestbook', local: true });
app.mount(routes, { urlPrefix: '/routes' });
app.mount(source, { urlPrefix: '/source' });
app.mount(errors);
// #endregion

// #region static
// A browser keeps what it got, and asks each time whether it has changed.
const options = { root: publicFolder, maxAge: 0 };

app.get('/static/<path:file>', (_, { file }) => sendFile(file, options));
// #endregion

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port, debug: true });
}
