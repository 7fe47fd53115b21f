import { abort, type HandlerResult, type Maybe, type Request, RequestHeaders } from '@microdot/core';
import { errorClass } from './errors.ts';
import type { Action, Extension, State } from './extension.ts';
import { camelCase } from './names.ts';
import { toResult } from './values.ts';
import type { Do, Value } from './vectors.ts';

/** The order in which the actions of a handler are done, however they are written down. */
const ORDER = ['trace', 'session', 'after_this', 'abort', 'raise', 'echo', 'login', 'logout', 'return'];

/** Makes a handler of what it is to do. What the last of its actions returns is its result. */
export function toHandler(what: Do, extensions: readonly Extension[], state: State): Step {
  const steps = Object.keys(what)
    .sort((a, b) => position(a) - position(b))
    .map((name): Step => {
      const act = actionOf(name, extensions);
      return (request) => act(request, what[name] as never, state);
    });
  return (request) => perform(steps, request, undefined);
}

type Step = (request: Request) => Maybe<HandlerResult>;

function perform(
  [step, ...rest]: readonly Step[],
  request: Request,
  result: HandlerResult,
): Maybe<HandlerResult> {
  if (!step) return result;
  const value = step(request);
  return isThenable(value)
    ? value.then((later) => perform(rest, request, later ?? result))
    : perform(rest, request, value ?? result);
}

function isThenable<T>(value: Maybe<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}

function position(name: string): number {
  const index = ORDER.indexOf(name);
  return index < 0 ? ORDER.length : index;
}

function actionOf(name: string, extensions: readonly Extension[]): Action {
  if (name === 'echo')
    return (request, attribute: string) => ({ [attribute]: echo(request, attribute, extensions) });
  const action = actions[name] ?? extensions.find((extension) => extension.actions?.[name])?.actions?.[name];
  if (!action) throw new Error(`The driver does not know the action ${name}`);
  return action;
}

const actions: Readonly<Record<string, Action>> = {
  trace(request, word: string) {
    traceOf(request).push(word);
  },
  after_this(request, value: unknown) {
    request.afterRequest((_, response) => {
      response.headers.set('X-After-This', String(value));
    });
  },
  abort: (_, [status, reason]: [number, string?]) => abort(status, reason),
  raise(_, name: string) {
    throw new (errorClass(name))(`the handler raises ${name}`);
  },
  return: (_, value: Value) => toResult(value),
};

/** The words that handlers and hooks have left on the request. */
export function traceOf(request: Request): string[] {
  request.g.trace ??= [];
  return request.g.trace as string[];
}

/** An attribute of the request as JSON has it. */
function echo(request: Request, attribute: string, extensions: readonly Extension[]): unknown {
  const own = extensions.find(({ echoes }) => echoes?.[attribute])?.echoes?.[attribute];
  if (own) return own(request);
  if (attribute === 'trace') return traceOf(request);
  const value = request[camelCase(attribute) as keyof Request] as unknown;
  if (ArrayBuffer.isView(value)) return { base64: Buffer.from(value as Uint8Array).toString('base64') };
  if (value instanceof RequestHeaders) return Object.fromEntries(value);
  // Python's None.
  return value ?? null;
}
