import type { Call, Expression } from '../../python/tree.ts';
import { type DirectRoute, directHandlers, directRoute } from '../infer/directRoutes.ts';
import { arrow, call, type Js, primary } from '../js.ts';
import { defaultOf, type FunctionInfo, positional } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { handlerParameters, register, wrapped } from './routes.ts';

/** `app.route('/')(index)` as the call that registers it; `undefined` for any other call. */
export function emitDirectRoute(e: Emitter, node: Call): Js | undefined {
  const route = directRoute(e.program, node);
  if (!route) return undefined;
  const inner = handlerValue(e, route);
  return register(
    e,
    route.registration,
    route.wrappers.reduceRight<Js>((value, decorator) => wrapped(e, decorator, value), inner),
  );
}

function handlerValue(e: Emitter, route: DirectRoute): Js {
  const { handler, registration } = route;
  const [info, ...more] = directHandlers(e.program, route);
  if (!info) return hasArguments(registration) ? e.refuse() : e.expression(handler);
  if (more.length > 0) return e.refuse();
  const names = positional(info);
  const urlArgs = info.urlArgs ?? new Map();
  const isTyped = route.wrappers.some(({ kind }) => kind === 'user');
  if (handler.nodeType === 'Lambda') return lambdaHandler(e, info, handler.body, isTyped);
  // A function that takes what it is given stands for itself; a method needs its object.
  const isPlain = urlArgs.size === 0 && !info.owner && names.every((name) => !defaultOf(info, name));
  if (isPlain) return e.expression(handler);
  const given = names.filter((name) => !defaultOf(info, name) || isGiven(route, name));
  const listed = handlerParameters(e, info, isTyped, new Set(given));
  // What the function does not read is handed on all the same.
  const parameters = listed === '()' && names[0] ? `(${e.names.get(names[0])})` : listed;
  const args = given.map((name) => primary(e.names.get(name)));
  return arrow(parameters, call(e.expression(handler), args));
}

function lambdaHandler(e: Emitter, info: FunctionInfo, body: Expression, isTyped: boolean): Js {
  const outer = e.fn;
  e.fn = info;
  try {
    return arrow(handlerParameters(e, info, isTyped), e.expression(body), info.isAsync);
  } finally {
    e.fn = outer;
  }
}

function patternOf({ registration }: Pick<DirectRoute, 'registration'>): string | undefined {
  const pattern = registration.kind === 'route' ? registration.call.args[0] : undefined;
  return pattern?.nodeType === 'Constant' ? String(pattern.value) : undefined;
}

function isGiven(route: DirectRoute, name: string): boolean {
  return new RegExp(`[<:]${name}>`).test(patternOf(route) ?? '');
}

function hasArguments(registration: DirectRoute['registration']): boolean {
  return /</.test(patternOf({ registration }) ?? '');
}
