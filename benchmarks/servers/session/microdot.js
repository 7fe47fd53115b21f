import { Microdot } from '@microdot/core';
import { Session, withSession } from '@microdot/session';
import { host, port } from '../common.js';
import { SECRET } from './common.js';

const app = new Microdot();
new Session(app, { secretKey: SECRET });

app.get(
  '/',
  withSession(
    (_request, /** @type {import('@microdot/session').SessionDict<{ count: number }>} */ session) => {
      session.count = (session.count ?? 0) + 1;
      session.save();
      return String(session.count);
    },
  ),
);

await app.run({ port, host });
