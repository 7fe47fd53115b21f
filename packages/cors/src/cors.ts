import type { Response } from '@microdot/core';
import { addVary } from '@microdot/core/extension';
import { type CORSRequest, corsHeaders } from './corsHeaders.ts';
import { type CORSOptions, type Policy, toPolicy } from './options.ts';
import { parentsOf } from './origin.ts';

/** What CORS needs of an application: a `Microdot`. */
export interface CORSApplication {
  afterRequest(hook: (request: CORSRequest, response: Response) => void): void;
  afterErrorRequest(hook: (request: CORSRequest, response: Response) => void): void;
}

/** Which instance decides about a request: the first that comes to it, and so the one nearest to the route. */
const deciders: WeakMap<CORSRequest, CORS> = new WeakMap();

/**
 * Lets pages of other origins read the answers of an application. Microdot's `CORS`.
 *
 * ```ts
 * new CORS(app, { allowedOrigins: ['https://example.com'], allowCredentials: true });
 * ```
 *
 * It covers every response: those of mounted applications, errors, and the answers to preflights. Where an application
 * that is mounted with `local` has a `CORS` of its own, that one alone decides about its routes.
 *
 * @throws MicrodotError `INVALID_OPTION` where the options make no sense, or are not safe: `'*'` with
 * `allowCredentials`, an origin with a path.
 */
export class CORS {
  #options: CORSOptions;
  #policy: Policy;

  constructor(app?: CORSApplication, options: CORSOptions = {}) {
    this.#options = options;
    this.#policy = toPolicy(options);
    if (app) this.initialize(app);
  }

  /**
   * Adds the headers to the responses of an application, for where there was none yet when the object was made.
   *
   * @param options in place of those that the constructor was given, one by one.
   * @throws MicrodotError `INVALID_OPTION` as the constructor does.
   */
  initialize(app: CORSApplication, options: CORSOptions = {}): void {
    this.#options = { ...this.#options, ...options };
    this.#policy = toPolicy(this.#options);
    if (this.#options.handleCors === false) return;
    // OPTIONS runs the hooks for errors, and those alone: no guard stands before a preflight.
    const hook = (request: CORSRequest, response: Response): void => this.#answer(request, response);
    app.afterRequest(hook);
    app.afterErrorRequest(hook);
  }

  /**
   * The headers for the answer to a request, for those who add them by themselves with `handleCors: false`. Microdot's
   * `get_cors_headers`.
   */
  getCorsHeaders(request: CORSRequest): Record<string, string> {
    return corsHeaders(this.#policy, request);
  }

  /**
   * True of an origin that the options name, which `'*'` does not: who may read is not therefore to be trusted.
   *
   * @param options with `allowSubdomains`, also of one whose host is a subdomain of such an origin's.
   */
  isTrusted(origin: string, { allowSubdomains = false }: { allowSubdomains?: boolean } = {}): boolean {
    const { isPublic, allows } = this.#policy;
    if (isPublic) return false;
    return allows(origin) || (allowSubdomains && parentsOf(origin).some(allows));
  }

  #answer(request: CORSRequest, response: Response): void {
    const decider = deciders.get(request) ?? this;
    if (decider !== this) return;
    deciders.set(request, this);
    for (const [name, value] of Object.entries(this.getCorsHeaders(request))) {
      if (name === 'Vary') addVary(response.headers, value);
      else response.headers.set(name, value);
    }
  }
}
