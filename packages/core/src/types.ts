import type { Maybe } from './maybe.ts';
import type { Request } from './request.ts';
import type { Body, Response } from './response.ts';

/** `request.g` of an application that was not given a type for it. */
export type Globals = Record<string, unknown>;

/** The types of URL arguments by the type in the pattern; augment it where `URLPattern.registerType` adds one. */
export interface SegmentTypes {
  string: string;
  int: number;
  path: string;
}

/**
 * The URL arguments of a pattern: `PathArgs<'/users/<int:id>'>` is `{ id: number }`. Patterns that are not known
 * when the program is compiled give arguments of unknown type.
 */
export type PathArgs<P extends string> = string extends P
  ? Record<string, unknown>
  : { [K in ArgumentsOf<P>[0]]: Extract<ArgumentsOf<P>, [K, unknown]>[1] };

type ArgumentsOf<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? ArgumentOf<Head> | ArgumentsOf<Tail>
  : ArgumentOf<P>;

type ArgumentOf<S extends string> = S extends `<${infer Inner}>`
  ? Inner extends `re:${infer Rest}`
    ? [AfterLastColon<Rest>, string]
    : Inner extends `${infer Type}:${infer Name}`
      ? [Name, Type extends keyof SegmentTypes ? SegmentTypes[Type] : string]
      : [Inner, string]
  : never;

type AfterLastColon<S extends string> = S extends `${string}:${infer Rest}` ? AfterLastColon<Rest> : S;

/** What a handler may return: a response, or what one is made from. A number is a status without a body. */
export type HandlerResult = Response | Body | number | void;

/** Handles a request. The second parameter holds the arguments in the URL. */
export type Handler<Args = Record<never, never>, G = Globals> = (
  request: Request<G>,
  args: Args,
) => Maybe<HandlerResult>;

/** Runs before the handler. What it returns, unless it is nothing, is the response, and the handler is not called. */
export type BeforeRequestHandler<G = Globals> = (request: Request<G>) => Maybe<HandlerResult>;

/** Runs on the response. It may change it, or return another. */
export type AfterRequestHandler<G = Globals> = (
  request: Request<G>,
  response: Response,
) => Maybe<HandlerResult>;

/** Answers for what was thrown: an `HTTPException` where it was registered for a status. */
export type ErrorHandler<E = unknown, G = Globals> = (request: Request<G>, error: E) => Maybe<HandlerResult>;

/** A class of errors, which may be abstract. */
export type ErrorClass<E> = abstract new (...args: never[]) => E;

/**
 * Answers `OPTIONS` where no route does: the headers of the response. Without a type for `g`, so that a `Request` of one
 * application is one of any: what takes a `Request` without asking for its `g` can be used everywhere.
 */
export type OptionsHandler = (request: Request<never>) => Record<string, string>;

/** Where an application reports: pino, the console, or anything else of this shape. */
export interface Logger {
  info(message: string): void;
  /** Called with what was thrown, and with what it happened to. */
  error(error: unknown, message?: string): void;
}
