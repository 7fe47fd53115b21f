import { abort, type Globals, type Handler } from '@microdot/core';
import type { CSRFOptions } from './options.ts';
import { type CSRFRequest, isTrustedRequest } from './trust.ts';

/** What CSRF needs of an application: a `Microdot`. */
export interface CSRFApplication {
  beforeRequest(hook: (request: CSRFRequest) => void): void;
}

// They change nothing, by definition (RFC 9110 9.2.1).
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Answers 403 to requests that another site's page has made in the user's name: with the user's cookies, and without
 * the user's will. Microdot's `CSRF`.
 *
 * ```ts
 * const csrf = new CSRF(app);
 * ```
 *
 * It asks what browsers say of the page that a request comes from: `Sec-Fetch-Site`, or else `Origin`. Nothing needs to
 * be put into forms.
 */
export class CSRF {
  #options: CSRFOptions;
  readonly #exempt: WeakSet<object> = new WeakSet();

  constructor(app?: CSRFApplication, options: CSRFOptions = {}) {
    this.#options = options;
    if (app) this.initialize(app);
  }

  /**
   * Protects an application, for where there was none yet when the object was made.
   *
   * @param options in place of those that the constructor was given, one by one.
   */
  initialize(app: CSRFApplication, options: CSRFOptions = {}): void {
    this.#options = { ...this.#options, ...options };
    app.beforeRequest((request) => {
      const { protectAll = true } = this.#options;
      if (protectAll && !SAFE_METHODS.has(request.method.toUpperCase()) && !this.#isExempt(request.route)) {
        this.#check(request);
      }
    });
  }

  /**
   * Leaves a route unprotected: one that other sites are meant to post to, such as a webhook. What this returns is what
   * the route must be given, with nothing around it; the handler itself stays protected elsewhere.
   */
  exempt<Args = Record<never, never>, G = Globals>(handler: Handler<Args, G>): Handler<Args, G> {
    const exempted: Handler<Args, G> = (request, args) => handler(request, args);
    this.#exempt.add(exempted);
    return exempted;
  }

  /**
   * Protects a route whatever its method: with `protectAll: false`, or where GET changes something. Works within other
   * wrappers too.
   */
  protect<Args = Record<never, never>, G = Globals>(handler: Handler<Args, G>): Handler<Args, G> {
    return (request, args) => {
      this.#check(request);
      return handler(request, args);
    };
  }

  #isExempt(route: unknown): boolean {
    return typeof route === 'function' && this.#exempt.has(route);
  }

  /** @throws HTTPException 403 */
  #check(request: CSRFRequest): void {
    if (!isTrustedRequest(request, this.#options)) abort(403, 'Forbidden');
  }
}
