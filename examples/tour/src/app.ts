import { Microdot, sendFile } from '@microdot/core';
import { CSRF } from '@microdot/csrf';
import { Session } from '@microdot/session';
import { accounts } from './accounts.ts';
import { port, publicFolder } from './config.ts';
import { errors } from './errors.ts';
import { feed } from './feed.ts';
import { guestbook } from './guestbook.ts';
import { cors, guestbookApi } from './guestbookApi.ts';
import { hello } from './hello.ts';
import type { Tour } from './layout.ts';
import { identify, sessionOptions } from './login.ts';
import { home } from './pages/home.ts';
import { routes } from './pages/routes.ts';
import { source } from './pages/source.ts';
import { secure } from './security.ts';
import { streaming } from './streaming.ts';
import { UPLOAD_LIMITS, uploadStore } from './uploadStore.ts';
import { uploads } from './uploads.ts';
import { wall } from './wall.ts';

// What is no file stays short: beyond `maxBodyLength` nothing is read into memory.
export const app = new Microdot<Tour>({ maxContentLength: UPLOAD_LIMITS.form });

app.beforeRequest((request) => {
  request.g.startedAt = performance.now();
});
app.afterRequest(secure);
app.afterErrorRequest(secure);

// #region csrf
// No page of another site may send a form here, unless the API may be written to from there.
new CSRF(app, { cors });
// #endregion

new Session(app, sessionOptions);
app.beforeRequest(identify);

// #region mounts
app.mount(home);
app.mount(hello);
app.mount(accounts);
app.mount(streaming, { urlPrefix: '/streaming' });
app.mount(guestbook, { urlPrefix: '/guestbook', local: true });
app.mount(guestbookApi, { urlPrefix: '/api/guestbook', local: true });
app.mount(feed, { urlPrefix: '/feed' });
app.mount(wall, { urlPrefix: '/wall' });
app.mount(uploads, { urlPrefix: '/uploads' });
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
  // Whether somebody looks or not, files go when their hour is over.
  setInterval(() => uploadStore.clean().catch((error) => app.logger.error(error)), 60_000).unref();
  // Two minutes for a request: ten seconds are few for a large file over a slow line.
  await app.run({ port, debug: true, requestTimeout: 120_000 });
}
