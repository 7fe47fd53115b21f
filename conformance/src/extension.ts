import type { Handler, HandlerResult, Maybe, Microdot, Request } from '@microdot/core';

/** What the steps of one application share with its routes: the object of an extension, for instance. */
export type State = Map<string, unknown>;

/**
 * What the package of an extension adds to the driver: a file in `extensions/` with one of these, named in the table
 * of `families.ts`.
 */
export interface Extension {
  /** By the name of a step: what it does to the application, given what stands behind the name. */
  readonly steps?: Readonly<Record<string, (app: Microdot, options: never, state: State) => void>>;
  /** By what stands in the `with` of a route: what it makes of the handler. */
  readonly decorators?: Readonly<Record<string, (handler: Handler, state: State) => Handler>>;
  /** By the name of an action: what a handler does, and, unless it is nothing, returns. */
  readonly actions?: Readonly<Record<string, Action>>;
  /** By the name of an attribute of the request: its value. */
  readonly echoes?: Readonly<Record<string, (request: Request) => unknown>>;
}

export type Action = (request: Request, argument: never, state: State) => Maybe<HandlerResult>;
