import { Microdot } from '@microdot/core';
import { Session, type SessionDict, type SessionOptions, withSession } from '@microdot/session';

export const KEY = '0123456789abcdef0123456789abcdef';

export interface Visit {
  name: string;
  count: number;
}

/** An application with a session to look at, to change, and to drop. */
export function application(options: SessionOptions = {}): { app: Microdot; sessions: Session } {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  const sessions = new Session(app, { secretKey: KEY, ...options });
  app.get(
    '/',
    withSession((_, session) => session),
  );
  app.post(
    '/',
    withSession((request, session) => {
      Object.assign(session, request.json);
      session.save();
      return session;
    }),
  );
  app.post(
    '/count',
    withSession((_, session: SessionDict<Visit>) => {
      session.count = (session.count ?? 0) + 1;
      session.save();
      return session;
    }),
  );
  app.post(
    '/rotate',
    withSession((request, session) => {
      sessions.rotate(request);
      session.save();
      return session;
    }),
  );
  app.post(
    '/delete',
    withSession((_, session) => {
      session.delete();
      return session;
    }),
  );
  return { app, sessions };
}
