import { HTTPException } from './errors.ts';
import { andThen, isThenable, type Maybe } from './maybe.ts';
import type { Request } from './request.ts';
import { type Body, Response } from './response.ts';
import type { Hooks, Route, Router } from './router.ts';
import type { AfterRequestHandler, BeforeRequestHandler, ErrorHandler, HandlerResult } from './types.ts';

/**
 * The way of a request through an application: limits, route, hooks and handler, response, hooks. Whatever is thrown
 * on it becomes an error response. Synchronous until something is a promise.
 */
export function dispatch(router: Router, request: Request): Maybe<Response> {
  let hooks = router.fallback;
  return guard(
    () => {
      const method = request.method.toUpperCase();
      const route = router.find(request as unknown as Request<never>, method);
      // First of all, so that what is refused is refused in the words of the application that the route belongs to.
      hooks = route?.hooks ?? hooks;
      checkRequest(request);
      if (!route) return notRouted(router, request, method);
      request.urlPrefix = route.urlPrefix;
      request.subapp = route.subapp;
      request.route = route.handler;
      const result = andThen(
        runBefore(hooks.before, request, 0),
        (early) => early ?? route.handler(request as never, request.urlArgs as never),
      );
      return andThen(result, (value) => complete(hooks, request, value));
    },
    (error) => fail(hooks, request, error),
  );
}

/** @throws HTTPException where the request cannot be accepted, whatever its route. */
function checkRequest(request: Request): void {
  if (request.contentLength > request.app.limit('maxContentLength'))
    throw new HTTPException(413, 'Payload too large');
  // A malformed escape is a bad request, also where nobody reads the arguments.
  if (request.queryString?.includes('%')) void request.args;
}

function runBefore(
  handlers: readonly BeforeRequestHandler[],
  request: Request,
  from: number,
): Maybe<HandlerResult> {
  for (let i = from; i < handlers.length; i++) {
    const result = (handlers[i] as BeforeRequestHandler)(request);
    if (isThenable(result)) return result.then((value) => value ?? runBefore(handlers, request, i + 1));
    if (result !== undefined && result !== null) return result;
  }
  return undefined;
}

/** Makes a response of what the handler returned, and runs the hooks on it. */
function complete(hooks: Hooks, request: Request, result: HandlerResult): Maybe<Response> {
  const response = toResponse(request, result);
  if (hooks.after.length === 0 && request['~afterRequest'] === undefined) return response;
  return andThen(
    andThen(response, (value) => runAfter(hooks.after, request, value, 0)),
    // Read now: a hook may have registered one.
    (value) => runAfter(request['~afterRequest'] ?? [], request, value, 0),
  );
}

function runAfter(
  handlers: readonly AfterRequestHandler[],
  request: Request,
  response: Response,
  from: number,
): Maybe<Response> {
  for (let i = from; i < handlers.length; i++) {
    const result = (handlers[i] as AfterRequestHandler)(request, response);
    if (result === undefined || result === null || result === response) continue;
    return andThen(
      andThen(result, (value) => (value == null ? response : toResponse(request, value))),
      (value) => runAfter(handlers, request, value, i + 1),
    );
  }
  return response;
}

/** A number is a status with an empty body, as in Microdot. */
function toResponse(request: Request, result: HandlerResult): Maybe<Response> {
  if (!(result instanceof Response)) {
    return typeof result === 'number' ? new Response('', result) : new Response((result as Body) ?? null);
  }
  return result['~resolve'] ? result['~resolve'](request) : result;
}

/** OPTIONS, 405 or 404. */
function notRouted(router: Router, request: Request, method: string): Maybe<Response> {
  const routes = router.routesOf(request.path);
  const last = preflightedRoute(router, request, method) ?? routes.at(-1);
  const hooks = last?.hooks ?? router.fallback;
  request.subapp = last?.subapp;
  request.urlPrefix = last?.urlPrefix ?? '';
  if (method === 'OPTIONS') {
    return runErrorHooks(
      hooks,
      request,
      new Response('', 200, request.app.optionsHandler(request as unknown as Request<never>)),
    );
  }
  if (!last) return fail(hooks, request, new HTTPException(404, 'Not found'));
  const allow = request.app.allowedMethods(request.path).join(', ');
  return fail(hooks, request, new HTTPException(405, 'Method not allowed', { Allow: allow }));
}

/** A preflight is about a request to come, and so the hooks around the route of that one run (Fetch, CORS protocol). */
function preflightedRoute(router: Router, request: Request, method: string): Route | undefined {
  const asked = method === 'OPTIONS' && request.headers.get('Access-Control-Request-Method');
  return asked ? router.find(request as unknown as Request<never>, asked.toUpperCase()) : undefined;
}

/** The response for what was thrown, with the hooks for errors run on it. */
function fail(hooks: Hooks, request: Request, error: unknown): Maybe<Response> {
  return andThen(answerError(hooks, request, error, true), (response) =>
    runErrorHooks(hooks, request, response),
  );
}

function runErrorHooks(hooks: Hooks, request: Request, response: Response): Maybe<Response> {
  return hooks.afterError.length === 0
    ? response
    : guard(
        () => runAfter(hooks.afterError, request, response, 0),
        (error) => logged(request, error),
      );
}

/**
 * The answer of the error handler for what was thrown, or a plain one. `isFirst` is false of an error in an error handler:
 * it may abort with a status, and anything else is a server error. Nothing gets a third chance.
 */
function answerError(hooks: Hooks, request: Request, error: unknown, isFirst: boolean): Maybe<Response> {
  const isStatus = error instanceof HTTPException;
  const handler = isFirst && !isStatus ? handlerOf(hooks, error) : undefined;
  if (!handler && !isStatus) logged(request, error);
  return guard(
    () =>
      andThen(handler?.(request, error), (result) =>
        result === undefined || result === null
          ? answerStatus(hooks, request, isStatus ? error : new HTTPException(500, SERVER_ERROR))
          : toResponse(request, result),
      ),
    (second) => (isFirst ? answerError(hooks, request, second, false) : logged(request, second)),
  );
}

/** The answer of the handler for a status, with the headers that HTTP wants beside it unless that has set them. */
function answerStatus(hooks: Hooks, request: Request, error: HTTPException): Maybe<Response> {
  const { statusCode, reason, headers } = error;
  const handler = find(hooks, statusCode);
  if (!handler) return new Response(reason, statusCode, headers);
  return andThen(
    andThen(handler(request, error), (result) => toResponse(request, result)),
    (response) => {
      if (response.statusCode === statusCode) {
        for (const name in headers)
          response.headers.has(name) || response.headers.set(name, headers[name] as string);
      }
      return response;
    },
  );
}

/** The handler for the class of an error, or for the nearest class that it extends. */
function handlerOf(hooks: Hooks, error: unknown): ErrorHandler | undefined {
  for (
    let level: unknown = error;
    typeof level === 'object' && level !== null;
    level = Object.getPrototypeOf(level)
  ) {
    const handler = find(hooks, level.constructor as never);
    if (handler) return handler;
  }
  // Everything that can be thrown is an error to those who handle all of them: strings, and the errors of other realms.
  return find(hooks, Error);
}

function find(hooks: Hooks, key: Parameters<Hooks['errors'][number]['get']>[0]): ErrorHandler | undefined {
  for (const errors of hooks.errors) {
    const handler = errors.get(key);
    if (handler) return handler;
  }
  return undefined;
}

/** Calls `work`, and `rescue` if it throws or rejects. */
function guard(work: () => Maybe<Response>, rescue: (error: unknown) => Maybe<Response>): Maybe<Response> {
  try {
    const response = work();
    return isThenable(response) ? response.then(undefined, rescue) : response;
  } catch (error) {
    return rescue(error);
  }
}

const SERVER_ERROR = 'Internal server error';

/** Reports an error that nobody handled, and gives the response of last resort. */
function logged(request: Request, error: unknown): Response {
  report(request, error);
  return new Response(SERVER_ERROR, 500);
}

/** Tells the log, which is the application's too and may fail: a request that waits for its answer gets one all the same. */
export function report({ app, method, path }: Request, error: unknown): void {
  try {
    app.logger.error(error, `${method} ${path}`);
  } catch {}
}
