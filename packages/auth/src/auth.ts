import type { Handler, HandlerResult, Maybe, Request } from '@microdot/core';
import { andThen } from '@microdot/core/extension';
import { AuthError } from './errors.ts';

/** What `authenticate` returns of somebody who may not come in. */
type Nobody = null | undefined | false;

/** How a scheme works: what a request brings along, and what it is told if that is not enough. */
export interface Scheme<Credentials extends readonly unknown[]> {
  /** The credentials, or `undefined` where there are none, or where they are malformed. */
  read(request: Request): Credentials | undefined;
  refuse(): HandlerResult;
}

/**
 * What `BasicAuth` and `TokenAuth` have in common: Microdot's `BaseAuth`. The user is in `request.g.currentUser`, which
 * `new Microdot<{ currentUser: User }>()` types.
 */
export abstract class Auth<Credentials extends readonly unknown[], User> {
  readonly #scheme: Scheme<Credentials>;
  #authenticate: ((request: Request, ...credentials: Credentials) => Maybe<User | Nobody>) | undefined;
  #onError: (request: Request) => Maybe<HandlerResult>;

  constructor(scheme: Scheme<Credentials>) {
    this.#scheme = scheme;
    this.#onError = scheme.refuse;
  }

  /**
   * Tells how credentials are checked: by a function that returns the user, or nothing. It is not called where there are
   * none, or where they are malformed. The last one that was given counts.
   */
  authenticate(check: (request: Request, ...credentials: Credentials) => Maybe<User | Nobody>): void {
    this.#authenticate = check;
  }

  /** Answers those who may not come in. Microdot's `errorhandler`. */
  errorHandler(handler: (request: Request) => Maybe<HandlerResult>): void {
    this.#onError = handler;
  }

  /**
   * Lets only those through to a handler who are known. Microdot's `@auth`.
   *
   * @throws AuthError `NO_AUTHENTICATE`, when it is asked, where `authenticate` was not called.
   */
  required<Args, G>(handler: Handler<Args, G>): Handler<Args, G> {
    return (request, args) =>
      andThen(this.#identify(request as unknown as Request), (user) =>
        user ? handler(request, args) : this.#onError(request as unknown as Request),
      );
  }

  /** Lets everybody through. `request.g.currentUser` is `null` of those who are not known. */
  optional<Args, G>(handler: Handler<Args, G>): Handler<Args, G> {
    return (request, args) =>
      andThen(this.#identify(request as unknown as Request), () => handler(request, args));
  }

  #identify(request: Request): Maybe<User | null> {
    const check = this.#authenticate;
    if (!check) throw new AuthError('NO_AUTHENTICATE', 'Call auth.authenticate(check) first');
    const credentials = this.#scheme.read(request);
    return andThen(credentials ? check(request, ...credentials) : null, (user) => {
      const known = user || null;
      request.g.currentUser = known;
      return known;
    });
  }
}
