import {
  type Handler,
  type HandlerResult,
  type Maybe,
  Microdot,
  type Request,
  type Response,
} from '@microdot/core';
import { toHandler, traceOf } from './actions.ts';
import { errorClass } from './errors.ts';
import type { Extension, State } from './extension.ts';
import { camelCaseKeys } from './names.ts';
import { toResult } from './values.ts';
import type { Do, Hook, Spec, Step } from './vectors.ts';

export interface BuildOptions {
  readonly extensions?: readonly Extension[];
  readonly limits?: Readonly<Record<string, number>> | undefined;
  /** Makes every handler and hook asynchronous, which must make no difference. */
  readonly isAsync?: boolean;
}

/** Nothing that goes wrong here is news: most of it is meant to. */
const logger = { info() {}, error() {} };

/** Builds the application that a specification describes. */
export function build(spec: Spec, options: BuildOptions = {}): Microdot {
  const builder = new Builder(options);
  return builder.build(spec, camelCaseKeys(options.limits));
}

class Builder {
  readonly #extensions: readonly Extension[];
  readonly #isAsync: boolean;
  readonly #state: State = new Map();

  constructor({ extensions = [], isAsync = false }: BuildOptions) {
    this.#extensions = extensions;
    this.#isAsync = isAsync;
  }

  build(spec: Spec, limits: Record<string, number> = {}): Microdot {
    const app = new Microdot({ ...limits, logger });
    for (const step of spec) this.#apply(app, step);
    return app;
  }

  #apply(app: Microdot, step: Step): void {
    if (step.route !== undefined) this.#route(app, step.route, step);
    else if (step.before_request) app.beforeRequest(this.#handler(step.before_request));
    else if (step.after_request) app.afterRequest(this.#hook(step.after_request));
    else if (step.after_error_request) app.afterErrorRequest(this.#hook(step.after_error_request));
    else if (step.errorhandler !== undefined) this.#errorHandler(app, step.errorhandler, step.do ?? {});
    else if (step.mount) app.mount(this.build(step.mount), camelCaseKeys(step.options));
    else this.#extend(app, step);
  }

  #route(app: Microdot, pattern: string, { methods, with: decorators = [], do: what = {} }: Step): void {
    let handler: Handler = this.#handler(what);
    // The outermost is written first.
    for (const name of decorators.toReversed()) {
      const decorate = this.#extensions.find((extension) => extension.decorators?.[name])?.decorators?.[name];
      if (!decorate) throw new Error(`The driver does not know the decorator ${name}`);
      handler = decorate(handler, this.#state);
    }
    app.route(pattern, methods ? { methods } : {}, handler as Handler<Record<string, unknown>>);
  }

  #errorHandler(app: Microdot, key: number | string, what: Do): void {
    const handler = this.#handler(what);
    if (typeof key === 'number') app.errorHandler(key, handler);
    else app.errorHandler(errorClass(key), handler);
  }

  #extend(app: Microdot, step: Step): void {
    for (const [name, options] of Object.entries(step)) {
      const apply = this.#extensions.find(({ steps }) => steps?.[name])?.steps?.[name];
      if (!apply) throw new Error(`The driver does not know the step ${name}`);
      apply(app, options as never, this.#state);
    }
  }

  #handler(what: Do): (request: Request) => Maybe<HandlerResult> {
    const handler = toHandler(what, this.#extensions, this.#state);
    return this.#isAsync ? async (request) => handler(request) : handler;
  }

  #hook(hook: Hook): (request: Request, response: Response) => Maybe<HandlerResult> {
    const run = (request: Request, response: Response): HandlerResult => {
      if (hook.trace !== undefined) {
        traceOf(request).push(hook.trace);
        response.headers.set('X-Trace', traceOf(request).join(','));
      }
      for (const [name, value] of headersOf(hook)) response.headers.set(name, value);
      if (hook.returns_nothing) return undefined;
      return hook.return ? toResult(hook.return) : response;
    };
    return this.#isAsync ? async (request, response) => run(request, response) : run;
  }
}

function headersOf({ header = {} }: Hook): [string, string][] {
  return Array.isArray(header)
    ? [header as [string, string]]
    : Object.entries(header as Record<string, string>);
}
