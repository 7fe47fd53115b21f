import { Microdot } from '@microdot/core';
import { Login } from '@microdot/login';
import { Session, type SessionOptions, withSession } from '@microdot/session';

export const KEY = '0123456789abcdef0123456789abcdef';

export interface User {
  id: number;
  name: string;
}

/** An application that ann, 1, and bob, 2, may log in to, and zoe, 0. */
export function application(options: SessionOptions = {}): {
  app: Microdot;
  sessions: Session;
  login: Login<User>;
  users: Map<number, User>;
} {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  const sessions = new Session(app, { secretKey: KEY, ...options });
  const users = new Map(['zoe', 'ann', 'bob'].map((name, id) => [id, { id, name }]));
  const login = new Login<User>();
  login.userLoader((id) => users.get(id));
  app.post('/login/<int:id>', (request, { id }) =>
    login.loginUser(request, users.get(id) as User, {
      remember: request.args.has('days')
        ? request.args.get('days', { type: Number })
        : request.args.has('remember'),
    }),
  );
  app.post('/logout', async (request) => {
    await login.logoutUser(request);
    return '';
  });
  app.get(
    '/',
    login.required((request) => ({ user: request.g.currentUser })),
  );
  app.get(
    '/fresh/<int:n>',
    login.fresh((request, { n }) => ({ user: request.g.currentUser, n })),
  );
  app.get('/who', async (request) => ({ user: await login.getCurrentUser(request) }));
  app.get(
    '/session',
    withSession((_, session) => session),
  );
  app.post(
    '/session',
    withSession((request, session) => {
      Object.assign(session, request.json);
      session.save();
      return session;
    }),
  );
  return { app, sessions, login, users };
}
