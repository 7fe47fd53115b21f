import type { Call, FunctionDef } from '../../python/tree.ts';
import { allParameters, defaultOf, type FunctionInfo, parameterBinding, positional } from '../program.ts';
import { dictOf, instance, listOf, plain, Type } from '../types/type.ts';
import { annotationType } from './annotations.ts';
import { constantText } from './assign.ts';
import {
  classifyDecorator,
  type Decorator,
  extrasOf,
  functionsOf,
  handedOn,
  returnedFunction,
  wrapperOf,
} from './decorators.ts';
import { directHandlers, directRoute } from './directRoutes.ts';
import type { Inference, Place } from './infer.ts';
import { classType, functionType, instanceType } from './objects.ts';
import { urlArguments } from './patterns.ts';

/** What is known of the parameters of a function before it is called: annotations, defaults, and what Microdot calls it with. */
export function inferFunction(infer: Inference, info: FunctionInfo, place: Place): void {
  const node = info.node as FunctionDef;
  const { args } = node;
  for (const arg of [...args.posonlyargs, ...args.args, ...args.kwonlyargs]) {
    if (arg.annotation) infer.parameter(info, arg.arg, annotationType(infer, arg.annotation, place));
    const value = defaultOf(info, arg.arg);
    if (value) infer.parameter(info, arg.arg, infer.program.typeOf(value));
  }
  if (args.vararg)
    infer.parameter(
      info,
      args.vararg.arg,
      infer.once(args.vararg, 'rest', () => listOf(new Type())),
    );
  if (args.kwarg)
    infer.parameter(
      info,
      args.kwarg.arg,
      infer.once(args.kwarg, 'rest', () => dictOf(plain('str'), new Type())),
    );
  if (info.owner) {
    const [self] = [...args.posonlyargs, ...args.args];
    const isClassMethod = node.decorator_list.some(
      (decorator) => decorator.nodeType === 'Name' && decorator.id === 'classmethod',
    );
    if (self && positional(info)[0] !== self.arg)
      infer.parameter(
        info,
        self.arg,
        infer.once(node, 'self', () =>
          isClassMethod ? classType(info.owner as never) : instanceType(info.owner as never),
        ),
      );
  }
  guessRequest(infer, info);
  decorate(
    infer,
    info,
    node.decorator_list.map((decorator) => classifyDecorator(infer.program, decorator)),
  );
}

/** What `app.route('/')(index)` says of the function. */
export function inferDirectRoute(infer: Inference, node: Call): void {
  const route = directRoute(infer.program, node);
  if (!route) return;
  for (const info of directHandlers(infer.program, route))
    decorate(infer, info, [route.registration, ...route.wrappers]);
}

/** A parameter that is called `request` is one, unless a call says otherwise. */
function guessRequest(infer: Inference, info: FunctionInfo): void {
  const [first] = positional(info);
  if (first !== 'request' && first !== 'req') return;
  if (infer.program.bindingType(parameterBinding(info, first)).isEmpty)
    infer.parameter(info, first, instance('microdot.Request'));
}

function decorate(infer: Inference, info: FunctionInfo, decorators: readonly Decorator[]): void {
  const names = positional(info);
  for (const decorator of decorators) {
    switch (decorator.kind) {
      case 'route':
        info.role = 'route';
        break;
      case 'hook':
        info.role = decorator.verb === 'beforeRequest' ? 'before' : 'after';
        if (info.role === 'after' && names[1]) infer.parameter(info, names[1], instance('microdot.Response'));
        break;
      case 'error': {
        const key = decorator.key;
        info.role = key && infer.program.typeOf(key).is('int') ? 'status' : 'error';
        if (names[1]) infer.parameter(info, names[1], infer.errorType(key));
        break;
      }
      case 'guard':
        if (!decorator.isHandler) info.role ??= 'before';
        break;
      case 'user':
        applyUser(infer, info, decorator);
        break;
      default:
    }
  }
  if (!info.role) return;
  info.isHandler = true;
  if (names[0]) infer.parameter(info, names[0], instance('microdot.Request'));
  if (info.role === 'route') inferRoute(infer, info, decorators, names);
}

/** The parameters of a route: the request, what the decorators add (the innermost first), the arguments in the URL. */
function inferRoute(
  infer: Inference,
  info: FunctionInfo,
  decorators: readonly Decorator[],
  names: readonly string[],
): void {
  let at = 1;
  for (const decorator of [...decorators].reverse()) {
    const given = decorator.kind === 'user' ? wrapperOf(infer.program, decorator) : undefined;
    if (given) {
      for (const handed of handedOn(given.decorator, given.wrapper)) {
        const name = names[at++];
        if (name) infer.parameter(info, name, infer.program.typeOf(handed));
      }
    }
    if (decorator.kind !== 'with' || decorator.extra === '') continue;
    const name = names[at++];
    if (name) infer.parameter(info, name, instance(decorator.extra));
  }
  const known = new Map<string, Type>();
  let isKnown = true;
  for (const decorator of decorators) {
    if (decorator.kind !== 'route') continue;
    const pattern = decorator.call.args[0] && constantText(decorator.call.args[0]);
    if (pattern === undefined) isKnown = false;
    else for (const [name, type] of urlArguments(pattern)) known.set(name, type);
  }
  // One function may serve several routes.
  info.urlArgs ??= new Map();
  const { kwonlyargs } = info.node.args;
  for (const name of [...names.slice(at), ...kwonlyargs.map(({ arg }) => arg)]) {
    const type = known.get(name) ?? (isKnown && !defaultOf(info, name) ? undefined : plain('str'));
    // What is not in the pattern comes from a decorator, of which more may be found out.
    if (!type) continue;
    info.urlArgs.set(name, type);
    infer.parameter(info, name, type);
  }
}

/** A decorator of the project gets the function, and what it returns stands in for it. */
function applyUser(
  infer: Inference,
  info: FunctionInfo,
  decorator: Extract<Decorator, { kind: 'user' }>,
): void {
  const { expression } = decorator;
  const isCalled = expression.nodeType === 'Call';
  for (const called of functionsOf(infer.program, isCalled ? expression.func : expression)) {
    const inner = isCalled ? returnedFunction(infer.program, called) : called;
    const wrapper = inner && returnedFunction(infer.program, inner);
    if (!inner || !wrapper) continue;
    inner.wraps = 'decorator';
    wrapper.wraps = 'wrapper';
    const [parameter] = allParameters(inner);
    if (parameter)
      infer.parameter(
        inner,
        parameter,
        infer.once(info.node, 'wrapped', () => functionType(info)),
      );
    if (!info.isHandler) continue;
    wrapper.isHandler = true;
    const [request, ...more] = positional(wrapper);
    extrasOf(infer.program, wrapper).forEach((extra, i) => {
      if (more[i]) infer.parameter(wrapper, more[i], instance(extra));
    });
    if (request) infer.parameter(wrapper, request, instance('microdot.Request'));
  }
}
