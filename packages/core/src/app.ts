import { dispatch } from './dispatch.ts';
import { type HTTPException, MicrodotError } from './errors.ts';
import { compile, Handlers, hooksOf, type MountedRoute } from './handlers.ts';
import { isToken } from './headers.ts';
import { host } from './host.ts';
import type { Maybe } from './maybe.ts';
import { Request } from './request.ts';
import type { Response } from './response.ts';
import { Router } from './router.ts';
import type { Server, ServerOptions } from './server.ts';
import type {
  AfterRequestHandler,
  BeforeRequestHandler,
  ErrorClass,
  ErrorHandler,
  Globals,
  Handler,
  Logger,
  OptionsHandler,
  PathArgs,
} from './types.ts';
import { URLPattern } from './urlPattern.ts';

/** What a client may send, in place of the defaults in {@link Request}. */
export interface Limits {
  maxContentLength?: number;
  maxBodyLength?: number;
  maxReadline?: number;
  maxFields?: number;
}

export interface MicrodotOptions extends Limits {
  /** The console by default. */
  logger?: Logger;
}

export interface RouteOptions {
  /** `['GET']` by default. GET answers HEAD too. */
  methods?: readonly string[];
}

export interface MountOptions {
  /** What the paths of the sub-application begin with; nothing by default. */
  urlPrefix?: string;
  /**
   * Keeps the hooks and error handlers of the sub-application to its own routes. By default they become those of the
   * whole application.
   */
  local?: boolean;
}

/**
 * An application: routes, hooks and error handlers. Microdot's `Microdot`.
 *
 * ```ts
 * const app = new Microdot();
 * app.get('/hello/<name>', (request, { name }) => `Hello, ${name}!`);
 * await app.run();
 * ```
 *
 * `new Microdot<{ user: User }>()` types `request.g` for its handlers.
 */
export class Microdot<G = Globals> {
  /** Where errors that nobody handled go, and the lines of `debug`. */
  logger: Logger;
  /** Answers OPTIONS where no route does. */
  optionsHandler: OptionsHandler = (request) => ({ Allow: this.allowedMethods(request.path).join(', ') });
  /** The server that `startServer` or `run` started last. */
  server: Server | undefined = undefined;

  readonly #limits: Limits;
  readonly #routes: MountedRoute[] = [];
  readonly #handlers: Handlers = new Handlers();
  #router: Router | undefined;
  #isMounted = false;

  constructor(options: MicrodotOptions = {}) {
    const { logger, ...limits } = options;
    for (const [name, value] of Object.entries(limits)) {
      if (!(value >= 0)) {
        throw new MicrodotError('INVALID_OPTION', `${name} is not a number from 0 on`);
      }
    }
    if (logger && !('info' in logger && 'error' in logger)) {
      throw new MicrodotError('INVALID_OPTION', 'A logger has info() and error()');
    }
    this.#limits = limits;
    this.logger = logger ?? (globalThis as unknown as { console?: Logger }).console ?? SILENT;
  }

  /**
   * Registers a handler for a URL pattern. The first registered route that matches path and method wins.
   *
   * @throws MicrodotError `INVALID_PATTERN`, `INVALID_ROUTE`, or `MOUNTED` where the application was mounted already.
   */
  route<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void;
  route<P extends string>(urlPattern: P, options: RouteOptions, handler: Handler<PathArgs<P>, G>): void;
  route<P extends string>(
    urlPattern: P,
    options: RouteOptions | Handler<PathArgs<P>, G>,
    handler?: Handler<PathArgs<P>, G>,
  ): void {
    if (typeof options === 'function') this.#add(urlPattern, ['GET'], options);
    else this.#add(urlPattern, options.methods ?? ['GET'], handler);
  }

  get<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void {
    this.#add(urlPattern, ['GET'], handler);
  }

  post<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void {
    this.#add(urlPattern, ['POST'], handler);
  }

  put<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void {
    this.#add(urlPattern, ['PUT'], handler);
  }

  patch<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void {
    this.#add(urlPattern, ['PATCH'], handler);
  }

  delete<P extends string>(urlPattern: P, handler: Handler<PathArgs<P>, G>): void {
    this.#add(urlPattern, ['DELETE'], handler);
  }

  /** Runs before every handler, in the order of registration. What it returns, unless nothing, is the response. */
  beforeRequest(handler: BeforeRequestHandler<G>): void {
    this.#change().before.push(handler as BeforeRequestHandler);
  }

  /** Runs on the response of every handler. It may return another. */
  afterRequest(handler: AfterRequestHandler<G>): void {
    this.#change().after.push(handler as AfterRequestHandler);
  }

  /** Runs on the response of every request that ended in an error, and on those to OPTIONS. */
  afterErrorRequest(handler: AfterRequestHandler<G>): void {
    this.#change().afterError.push(handler as AfterRequestHandler);
  }

  /**
   * Answers for a status (`404`), or for a class of errors and those that extend it; the class nearest to the error
   * wins, then the application nearest to the route. Microdot's `errorhandler`.
   */
  errorHandler(statusCode: number, handler: ErrorHandler<HTTPException, G>): void;
  errorHandler<E>(errorClass: ErrorClass<E>, handler: ErrorHandler<E, G>): void;
  errorHandler(key: number | ErrorClass<unknown>, handler: ErrorHandler<never, G>): void {
    this.#change().errors.set(key, handler as unknown as ErrorHandler);
  }

  /**
   * Takes over the routes of another application, which must be complete by then.
   *
   * @throws MicrodotError `MOUNTED` from the sub-application where something is registered with it afterwards.
   */
  mount<H>(subapp: Microdot<H>, { urlPrefix = '', local = false }: MountOptions = {}): void {
    const own = this.#change();
    const sub = subapp as unknown as Microdot<G>;
    for (const route of sub.#routes.slice()) {
      this.#routes.push({
        ...route,
        pattern: new URLPattern(urlPrefix + route.pattern.urlPattern),
        urlPrefix: urlPrefix + route.urlPrefix,
        subapp: route.subapp ?? (sub as unknown as Microdot),
        scopes: local ? [...route.scopes, sub.#handlers] : route.scopes,
      });
    }
    if (!local) own.take(sub.#handlers);
    sub.#isMounted = true;
  }

  /**
   * Answers a request: what every server calls. Never throws and never rejects; a promise only if something on the
   * way was asynchronous.
   */
  dispatchRequest(request: Request<G>): Maybe<Response> {
    return dispatch(this.#routerNow(), request as unknown as Request);
  }

  /** The methods that a path answers, each once, HEAD and OPTIONS among them. */
  allowedMethods(path: string): string[] {
    const methods = new Set(
      this.#routerNow()
        .routesOf(path)
        .flatMap((route) => route.methods),
    );
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods.add('OPTIONS')];
  }

  /** A limit of this application: its own, or the one that {@link Request} has. */
  limit(name: keyof Limits): number {
    return this.#limits[name] ?? Request[name];
  }

  /** Starts to serve the application. Resolves when it listens. Microdot's `start_server`. */
  async startServer(options: ServerOptions = {}): Promise<Server> {
    this.server = await host.startServer(this as unknown as Microdot, options);
    return this.server;
  }

  /**
   * Serves the application until it is shut down, by `shutdown()`, SIGINT or SIGTERM. Logs the address it listens on.
   */
  async run(options: ServerOptions = {}): Promise<void> {
    await host.run(this as unknown as Microdot, options);
  }

  /**
   * Shuts the server down once what is in flight has ended. A handler may call it, but must not wait for it, as its
   * own request is one of those.
   */
  async shutdown(): Promise<void> {
    await this.server?.close();
  }

  #add<P extends string>(
    urlPattern: P,
    methods: readonly string[],
    handler: Handler<PathArgs<P>, G> | undefined,
  ): void {
    if (typeof handler !== 'function') {
      throw new MicrodotError('INVALID_ROUTE', `The handler of ${urlPattern} is not a function`);
    }
    if (!methods.every(isToken)) {
      throw new MicrodotError('INVALID_ROUTE', `Not HTTP methods: ${methods}`);
    }
    this.#change();
    this.#routes.push({
      methods: methods.map((method) => method.toUpperCase()),
      pattern: new URLPattern(urlPattern),
      handler: handler as unknown as Handler<never, never>,
      urlPrefix: '',
      subapp: undefined,
      scopes: [],
    });
  }

  #routerNow(): Router {
    this.#router ??= new Router(compile(this.#routes, this.#handlers), hooksOf(this.#handlers, []));
    return this.#router;
  }

  /** The handlers, to be added to: the router is made anew when it is next needed. */
  #change(): Handlers {
    if (this.#isMounted) {
      throw new MicrodotError('MOUNTED', 'Register before it is mounted');
    }
    this.#router = undefined;
    return this.#handlers;
  }
}

const SILENT: Logger = { info() {}, error() {} };
