import { type Handler, type Maybe, type Request, type Response, redirect } from '@microdot/core';
import { andThen } from '@microdot/core/extension';
import { Session, type SessionDict } from '@microdot/session';
import { LoginError } from './errors.ts';
import { isOnSite, loginLocation } from './next.ts';
import { isDays, isUserId, RememberCookie } from './remember.ts';

/** What tells users apart. It is kept in cookies. */
export type UserId = string | number;

export interface LoginOptions {
  /** Where those are sent who have to log in; `'/login'` by default. */
  loginUrl?: string | undefined;
}

export interface LoginUserOptions {
  /** For how many days to log the user in again after the session has ended; `true` is 30, and the default is not to. */
  remember?: boolean | number | undefined;
  /** Where to go on where the URL has no `next`; `'/'` by default. */
  redirectUrl?: string | undefined;
}

/** What the session holds, under the names that Python's Microdot gives it. */
interface LoginData {
  _user_id: UserId;
  _fresh: boolean;
}

/**
 * Logins of users: in the session, and in a cookie of their own if they shall be remembered. Microdot's `Login`. The
 * application needs a `Session`.
 *
 * ```ts
 * const login = new Login<User>();
 * login.userLoader((id) => users.get(id));
 * app.get('/', login.required((request) => `Hello, ${request.g.currentUser.name}!`));
 * ```
 *
 * @throws LoginError `INVALID_OPTION`; MicrodotError `INVALID_REDIRECT`.
 */
export class Login<User extends { readonly id: UserId } = { readonly id: UserId }> {
  readonly #loginUrl: string;
  readonly #remember: RememberCookie = new RememberCookie();
  #loadUser: ((id: User['id']) => Maybe<User | null | undefined | false>) | undefined;

  constructor({ loginUrl = '/login' }: LoginOptions = {}) {
    if (loginUrl === '') throw new LoginError('INVALID_OPTION', "loginUrl is empty: try '/login'");
    redirect(loginUrl); // Throws where it is none.
    this.#loginUrl = loginUrl;
  }

  /** Tells how to find a user: by a function that returns it, or nothing where there is none of that id. */
  userLoader(load: (id: User['id']) => Maybe<User | null | undefined | false>): void {
    this.#loadUser = load;
  }

  /**
   * Logs a user in, whose password or the like has been checked, and returns the redirection to where they wanted to go: to the
   * `next` of the URL, unless it leads off this site.
   *
   * @throws LoginError `INVALID_USER` or `INVALID_OPTION`.
   */
  async loginUser<G>(request: Request<G>, user: User, options: LoginUserOptions = {}): Promise<Response> {
    const { remember = false, redirectUrl = '/' } = options;
    if (!isUserId(user.id)) {
      throw new LoginError('INVALID_USER', 'A user has an id, a number or a text that is not empty');
    }
    if (typeof remember === 'number' && remember !== 0 && !isDays(remember)) {
      throw new LoginError('INVALID_OPTION', 'remember is not a number of days from 1 to 400');
    }
    await this.#start(request, user.id, user, true);
    if (remember) this.#remember.set(request, { userId: user.id, days: remember === true ? 30 : remember });
    // It may be somebody else's: who logs in at a shared computer must not be followed by who did before.
    else this.#remember.delete(request);
    const next = request.args.get('next') ?? '';
    return redirect(isOnSite(next) ? next : redirectUrl);
  }

  /** Logs the user out, and forgets them. What else is in the session stays there. */
  async logoutUser<G>(request: Request<G>): Promise<void> {
    const sessions = Session['~of'](request);
    const session = await sessionOf(request);
    delete session._user_id;
    delete session._fresh;
    sessions.rotate(request);
    session.save();
    setCurrentUser(request, null);
    this.#remember.delete(request);
  }

  /**
   * The user who is logged in, or `null`. The same as `request.g.currentUser` behind {@link Login.required}.
   *
   * @throws LoginError `NO_USER_LOADER`.
   */
  async getCurrentUser<G>(request: Request<G>): Promise<User | null> {
    return this.#currentUser(request);
  }

  /** Lets only those through to a handler who are logged in, and sends the others to the login page. Microdot's `@login`. */
  required<Args, G>(handler: Handler<Args, G>): Handler<Args, G> {
    return (request, args) =>
      andThen(this.#currentUser(request), (user) =>
        user ? handler(request, args) : this.#redirectToLogin(request),
      );
  }

  /**
   * Lets only those through who have logged in during this session, and not by a cookie that remembers them: for what
   * is worth asking for the password once more. Microdot's `@login.fresh`.
   */
  fresh<Args, G>(handler: Handler<Args, G>): Handler<Args, G> {
    const guarded = this.required(handler);
    return (request, args) =>
      andThen(sessionOf(request), (session) =>
        session._fresh === true ? guarded(request, args) : this.#redirectToLogin(request),
      );
  }

  #redirectToLogin<G>(request: Request<G>): Response {
    return redirect(loginLocation(this.#loginUrl, request.url));
  }

  #currentUser<G>(request: Request<G>): Maybe<User | null> {
    const { currentUser } = request.g as { currentUser?: User | null };
    if (currentUser !== undefined) return currentUser;
    return andThen(sessionOf(request), (session) => {
      const id = session._user_id;
      const user = isUserId(id) ? this.#load(id) : this.#recall(request);
      return andThen(user, (found) => setCurrentUser(request, found));
    });
  }

  #load(id: UserId): Maybe<User | null> {
    if (!this.#loadUser) throw new LoginError('NO_USER_LOADER', 'Call login.userLoader(load) first');
    return andThen(this.#loadUser(id), (user) => user || null);
  }

  /** Logs somebody in by the cookie that remembers them, and remembers them for as long again. */
  #recall<G>(request: Request<G>): Maybe<User | null> {
    return andThen(this.#remember.read(request), async (remembered) => {
      if (!remembered) return null;
      const user = await this.#load(remembered.userId);
      if (!user) {
        this.#remember.delete(request);
        return null;
      }
      await this.#start(request, remembered.userId, user, false);
      this.#remember.set(request, remembered);
      return user;
    });
  }

  async #start<G>(request: Request<G>, id: UserId, user: User, isFresh: boolean): Promise<void> {
    const session = await sessionOf(request);
    // An id that somebody has planted in the browser must not be logged in (session fixation).
    Session['~of'](request).rotate(request);
    session._user_id = id;
    session._fresh = isFresh;
    session.save();
    setCurrentUser(request, user);
  }
}

function sessionOf<G>(request: Request<G>): Maybe<SessionDict<LoginData>> {
  return Session['~of'](request)['~open'](request) as Maybe<SessionDict<LoginData>>;
}

function setCurrentUser<G, User>(request: Request<G>, user: User): User {
  (request.g as { currentUser?: User }).currentUser = user;
  return user;
}
