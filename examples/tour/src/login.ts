import type { Request } from '@microdot/core';
import { Login } from '@microdot/login';
import { MemoryStore, type SessionOptions } from '@microdot/session';
import { isSecure } from './config.ts';
import type { Tour } from './layout.ts';
import { secretKey } from './secret.ts';
import { type User, users } from './users.ts';

// #region login
export const sessionOptions: SessionOptions = {
  secretKey: secretKey(),
  // Strict would not know who comes by a link from elsewhere.
  cookieOptions: { sameSite: 'Lax', secure: isSecure },
  // Here, and not in the cookie: who logs out has logged out of copies of it, too.
  store: new MemoryStore(),
};

export const login = new Login<User>({ loginUrl: '/login' });
login.userLoader((id) => users.byId(id));

/** Finds out who is asking, for every page. Files are the same for everybody, and programs have tokens. */
export async function identify(request: Request<Tour>): Promise<void> {
  if (!/^\/(?:static|api)\//.test(request.path)) await login.getCurrentUser(request);
}
// #endregion
