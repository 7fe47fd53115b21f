import type { Logger, Maybe, Microdot, Request } from '@microdot/core';
import { SessionError } from './errors.ts';
import { COOKIE, resolve, type SessionOptions, type Settings } from './options.ts';
import { RequestSession } from './requestSession.ts';
import type { SessionDict } from './sessionDict.ts';
import type { Payload } from './signer.ts';

// A property of the application, and not a WeakMap: another copy of this package finds it too.
const SESSION = Symbol.for('@microdot/session');

/** An application, whatever it keeps in `request.g`. */
export interface Application {
  readonly logger: Logger;
  afterErrorRequest(handler: never): void;
}

/**
 * The sessions of an application. Microdot's `Session`.
 *
 * ```ts
 * new Session(app, { secretKey: process.env.SECRET_KEY });
 * ```
 *
 * `new Session<Cart>(...)` types what {@link Session.get} gives.
 *
 * @throws SessionError `NO_SECRET_KEY` or `INVALID_OPTION`, unless there is no application yet.
 */
export class Session<T extends object = Record<string, unknown>> {
  #options: SessionOptions;
  #settings: Settings | undefined;
  readonly #sessions: WeakMap<object, RequestSession<T>> = new WeakMap();

  constructor(app?: Application | null, options: SessionOptions = {}) {
    this.#options = options;
    if (app) this.initialize(app);
  }

  /** Does what the constructor does with an application. Options that are not given remain as they were. */
  initialize(app: Application, options: SessionOptions = {}): void {
    this.#options = { ...this.#options, ...options };
    this.#settings = resolve(this.#options);
    const { shortestKey } = this.#settings;
    if (shortestKey < 32) {
      app.logger.info(
        `The secretKey of the sessions has ${shortestKey} bytes, and 32 are the least for HS256 (RFC 7518 3.2): who has a cookie can guess shorter ones`,
      );
    }
    Object.defineProperty(app, SESSION, { value: this, configurable: true });
    // An error page may depend on who asks, too. Only that is said: what was to be saved is not.
    (app as Microdot).afterErrorRequest((request, response) =>
      this.#sessions.get(request)?.markPersonal(response),
    );
  }

  /** The session of a request: an empty one where there is no cookie, or where it is not valid. */
  async get<G>(request: Request<G>): Promise<SessionDict<T>> {
    return this['~open'](request);
  }

  /**
   * Saves `data` as the session of a request, in the place of what it holds. `session.save()` does it for you.
   *
   * @throws SessionError `INVALID_SESSION` or `SESSION_TOO_LARGE`.
   */
  update<G>(request: Request<G>, data: Partial<T>): void {
    this.#of(request).save(data);
  }

  /** Deletes the session of a request. `session.delete()` does it for you. */
  delete<G>(request: Request<G>): void {
    this.#of(request).delete();
  }

  /**
   * Gives the session another id when it is saved, and makes the old one worthless. Call it whenever somebody gains or
   * loses rights: who has planted an id in a browser, or has read one, must not get them too (session fixation).
   * `@microdot/login` does. Without a store there is no id, and nothing to do.
   */
  rotate<G>(request: Request<G>): void {
    this.#of(request).rotate();
  }

  /** As {@link Session.get}, and at once where nothing needs to be waited for. */
  '~open'<G>(request: Request<G>): Maybe<SessionDict<T>> {
    return this.#of(request).open();
  }

  /** Signs what `@microdot/login` remembers. */
  '~sign'(json: string): Promise<string> {
    return this.#ready().signer.sign(json);
  }

  /** What a token of ours says; `undefined` of any other. */
  '~verify'(token: string): Promise<Payload | undefined> {
    return this.#ready().signer.verify(token);
  }

  /** The attributes of the cookie. */
  get '~cookieOptions'(): Settings['cookieOptions'] {
    return this.#ready().cookieOptions;
  }

  /** The sessions of the application that a request belongs to: of the mounted one, if it has its own. */
  static '~of'<G>(request: Request<G>): Session {
    const { app, subapp } = request as unknown as Record<'app' | 'subapp', Marked | undefined>;
    const session = subapp?.[SESSION] ?? app?.[SESSION];
    if (!session) {
      throw new SessionError(
        'NO_SESSION',
        'The application has no sessions: new Session(app, { secretKey })',
      );
    }
    return session;
  }

  #ready(): Settings {
    if (!this.#settings) {
      throw new SessionError('NO_SECRET_KEY', 'Call sessions.initialize(app, { secretKey }) first');
    }
    return this.#settings;
  }

  #of<G>(request: Request<G>): RequestSession<T> {
    const known = this.#sessions.get(request);
    if (known) return known;
    const session = new RequestSession<T>(this.#ready(), request.cookies[COOKIE]);
    this.#sessions.set(request, session);
    request.afterRequest((_, response) => session.finish(response));
    return session;
  }
}

interface Marked {
  readonly [SESSION]?: Session;
}
