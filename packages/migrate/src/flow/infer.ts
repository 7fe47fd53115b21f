import { bindingsOf } from '../python/bindings.ts';
import { parametersOf } from '../python/collect.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Program } from '../python/program.ts';
import type { Call, ClassDef, Comprehension, Expression, For, FunctionDef, Lambda } from '../python/tree.ts';
import { annotatedKinds } from './annotations.ts';
import { ownDecorator } from './decorators.ts';
import { type Facts, factsOf } from './facts.ts';
import { at, contained, containing, Flow, mayBeKnown, union, within, wrap } from './flow.ts';
import { isFunction } from './functions.ts';
import type { Kind } from './kinds.ts';
import { symbolOf } from './microdot.ts';
import { appliedTo, injectedBy, registrationOf } from './registrations.ts';
import { threadOf } from './threads.ts';

const MOST_ROUNDS = 12;

/** Works out what the values of a program are. */
export function inferKinds(program: Program): Flow {
  const flow = new Flow(program);
  for (const module of program.modules.values()) nameFunctions(flow, module);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { version } = flow.store;
    for (const module of program.modules.values()) learn(flow, module, factsOf(module), round === 0);
    if (flow.store.version === version) break;
  }
  return flow;
}

// Functions and classes are values too: in tables, in lists of listeners, as attributes.
function nameFunctions(flow: Flow, module: PythonModule): void {
  const bindings = bindingsOf(module);
  for (const owner of factsOf(module).classes) {
    const binding = bindings.scopeOf(owner).names.get(owner.name);
    if (binding !== undefined) flow.store.addToBinding(binding, [`class:${flow.store.idOf(owner)}`]);
  }
  for (const node of factsOf(module).functions) {
    if (node.parent?.nodeType === 'ClassDef') {
      const decorators = node.decorator_list.map((each) => (each.nodeType === 'Name' ? each.id : ''));
      if (decorators.includes('property')) continue;
      const kind = flow.store.kindOfFunction(node, !decorators.includes('staticmethod'));
      flow.store.addToAttribute(node.parent, node.name, [kind]);
    } else {
      const binding = bindings.scopeOf(node).names.get(node.name);
      if (binding !== undefined) flow.store.addToBinding(binding, [flow.store.kindOfFunction(node, false)]);
    }
  }
}

function learn(flow: Flow, module: PythonModule, facts: Facts, isFirst: boolean): void {
  if (isFirst) for (const owner of facts.classes) learnMethods(flow, module, owner);
  for (const node of facts.functions) learnParameters(flow, module, node);
  for (const node of facts.assigns) {
    if (!mayBeKnown(node.value)) continue;
    for (const target of node.targets) {
      give(flow, module, target, flow.kinds(module, node.value));
      giveBack(flow, module, node.value, target);
    }
  }
  for (const { target, annotation } of facts.annotated)
    give(flow, module, target, annotatedKinds(flow, module, annotation));
  for (const item of facts.withs) {
    if (item.optional_vars) give(flow, module, item.optional_vars, flow.kinds(module, item.context_expr));
  }
  for (const loop of facts.loops) learnLoop(flow, module, loop);
  for (const call of facts.calls) learnCall(flow, module, call);
  for (const { owner, value } of facts.results) {
    if (mayBeKnown(value)) flow.store.addToReturn(owner, flow.kinds(module, value));
  }
}

// `self` is an instance of the class.
function learnMethods(flow: Flow, module: PythonModule, owner: ClassDef): void {
  for (const method of owner.body.filter(isFunction)) {
    if (method.decorator_list.some((each) => each.nodeType === 'Name' && each.id === 'staticmethod'))
      continue;
    giveParameter(flow, module, method, 0, flow.instanceKinds(owner));
  }
}

function learnParameters(flow: Flow, module: PythonModule, node: FunctionDef): void {
  parametersOf(node.args).forEach((parameter, index) => {
    const { annotation } = parameter;
    if (annotation) giveParameter(flow, module, node, index, annotatedKinds(flow, module, annotation));
  });
  learnFixtures(flow, module, node);
  if (node.decorator_list.length > 0) registered(flow, module, node, node.decorator_list);
}

// The parameters of a test in pytest are what the fixtures of these names return.
function learnFixtures(flow: Flow, module: PythonModule, node: FunctionDef): void {
  if (!node.name.startsWith('test') && !isFixture(node)) return;
  for (const [index, { arg }] of parametersOf(node.args).entries()) {
    for (const meaning of [...flow.program.exported(module, arg), ...fromConftest(flow, module, arg)]) {
      if (
        meaning.kind === 'definition' &&
        meaning.definition.kind === 'def' &&
        isFixture(meaning.definition.node)
      ) {
        giveParameter(flow, module, node, index, flow.store.ofReturn(meaning.definition.node));
      }
    }
  }
}

function fromConftest(flow: Flow, module: PythonModule, name: string) {
  const conftest = flow.program.imported(module, 'conftest', 0);
  return conftest === null ? [] : flow.program.exported(conftest, name);
}

/** Whether a function is a fixture of pytest. */
export function isFixture(node: FunctionDef): boolean {
  return node.decorator_list.some((decorator) => {
    const func = decorator.nodeType === 'Call' ? decorator.func : decorator;
    return (
      (func.nodeType === 'Attribute' && func.attr === 'fixture') ||
      (func.nodeType === 'Name' && func.id === 'fixture')
    );
  });
}

// What a handler is called with: what it is registered as, and what the decorators on the way add, the innermost first.
function registered(
  flow: Flow,
  module: PythonModule,
  node: FunctionDef | Lambda,
  decorators: readonly Expression[],
  bound: number = node.parent?.nodeType === 'ClassDef' ? 1 : 0,
): void {
  const injected: Kind[] = [];
  let isHandler = false;
  for (const decorator of [...decorators].reverse()) {
    const kind = injectedBy(flow, module, decorator);
    const registration = registrationOf(flow, module, decorator);
    if (kind !== null) injected.push(kind);
    const parameters = kind !== null ? ['request'] : registration?.parameters;
    if (parameters !== undefined) {
      isHandler = true;
      giveFirst(
        flow,
        module,
        node,
        [...parameters, ...injected].slice(0, parameters.length + injected.length),
        bound,
      );
    }
  }
  for (const [index, decorator] of decorators.entries()) {
    const own = ownDecorator(flow, module, decorator);
    if (own === null) continue;
    // A wrapper gets what the decorators above it hand down.
    const handed = decorators.slice(0, index).flatMap((each) => injectedBy(flow, module, each) ?? []);
    if (isHandler)
      for (const wrapper of own.wrappers)
        giveFirst(flow, own.module, wrapper, ['request', ...handed.reverse()]);
    for (const call of own.calls) learnWrapped(flow, own.module, call, node);
  }
}

// What a wrapper calls the decorated function with.
function learnWrapped(flow: Flow, module: PythonModule, call: Call, node: FunctionDef | Lambda): void {
  for (const [index, argument] of call.args.entries()) {
    if (argument.nodeType === 'Starred') break;
    giveParameter(flow, module, node, index, flow.kinds(module, argument));
  }
  const parameters = parametersOf(node.args);
  for (const { arg, value } of call.keywords) {
    const index = parameters.findIndex((parameter) => parameter.arg === arg);
    if (index >= 0) giveParameter(flow, module, node, index, flow.kinds(module, value));
  }
}

function giveFirst(
  flow: Flow,
  module: PythonModule,
  node: FunctionDef | Lambda,
  kinds: readonly Kind[],
  start: number = node.parent?.nodeType === 'ClassDef' ? 1 : 0,
): void {
  for (const [index, kind] of kinds.entries()) giveParameter(flow, module, node, start + index, [kind]);
}

function learnLoop(flow: Flow, module: PythonModule, loop: For | Comprehension): void {
  const { iter, target } = loop;
  if (iter.nodeType === 'Call') {
    const [first] = iter.args;
    const isItems = iter.func.nodeType === 'Attribute' && iter.func.attr === 'items';
    const isEnumerate = iter.func.nodeType === 'Name' && iter.func.id === 'enumerate';
    if (target.nodeType === 'Tuple' && target.elts.length === 2) {
      const [key, value] = target.elts as [Expression, Expression];
      if (isItems && iter.func.nodeType === 'Attribute') {
        const kinds = flow.kinds(module, iter.func.value);
        give(flow, module, key, within(kinds, 'iter:'));
        give(flow, module, value, within(kinds, 'value:'));
        return;
      }
      if (isEnumerate && first !== undefined) {
        give(flow, module, value, within(flow.kinds(module, first), 'iter:'));
        return;
      }
    }
  }
  give(flow, module, target, within(flow.kinds(module, iter), 'iter:'));
}

/** Methods that put something into what they are called on. */
export const ADDING: ReadonlySet<string> = new Set([
  'append',
  'add',
  'appendleft',
  'insert',
  'setdefault',
  'put',
  'put_nowait',
]);
const APP_METHODS: ReadonlySet<string> = new Set(['run', 'start_server', 'shutdown', 'mount']);

function learnCall(flow: Flow, module: PythonModule, call: Call): void {
  const { func, args } = call;
  const last = args.at(-1);
  if (func.nodeType === 'Attribute' && ADDING.has(func.attr) && last !== undefined) {
    give(flow, module, func.value, containing(flow.kinds(module, last)));
  }
  learnArguments(flow, module, call);
  learnPartial(flow, module, call);
  learnThread(flow, module, call);
  learnImperative(flow, module, call);
  // An application that comes from a file that is not there.
  if (args[0] !== undefined && mayBeKnown(args[0])) {
    const symbol = symbolOf(flow.program, module, func);
    if (symbol === 'TestClient' || symbol === 'CORS') giveOutside(flow, module, args[0], ['app']);
  }
  if (func.nodeType !== 'Attribute') return;
  if (registrationOf(flow, module, call)?.type === 'route' || APP_METHODS.has(func.attr)) {
    giveOutside(flow, module, func.value, ['app']);
  }
}

// What `functools.partial` gives to a function.
function learnPartial(flow: Flow, module: PythonModule, call: Call): void {
  const [func, ...args] = call.args;
  if (func === undefined || args.length + call.keywords.length === 0) return;
  const isPartial = flow.program
    .meaningsOf(module, call.func)
    .some((meaning) => meaning.kind === 'outside' && meaning.name === 'functools.partial');
  if (isPartial) learnArguments(flow, module, { ...call, func, args });
}

// A function that runs in a thread gets these arguments.
function learnThread(flow: Flow, module: PythonModule, call: Call): void {
  const thread = threadOf(call);
  if (thread === null) return;
  learnArguments(flow, module, { ...call, func: thread.target, args: [...thread.args], keywords: [] });
}

// `app.route('/')(handler)`, `app.before_request(check)`, `app.route('/ws')(with_websocket(handler))`.
function learnImperative(flow: Flow, module: PythonModule, call: Call): void {
  const { decorators, inner } = appliedTo(flow, module, call);
  if (decorators.length === 0) return;
  if (inner.nodeType === 'Lambda') registered(flow, module, inner, decorators);
  for (const { node, bound } of flow.callees(module, { ...call, func: inner, args: [], keywords: [] })) {
    if (node.name !== '__init__') registered(flow, module, node, decorators, bound);
  }
}

function learnArguments(flow: Flow, module: PythonModule, call: Call): void {
  if (!call.args.some(mayBeKnown) && !call.keywords.some(({ value }) => mayBeKnown(value))) return;
  for (const { node, bound } of flow.callees(module, call)) {
    const parameters = parametersOf(node.args);
    for (const [index, argument] of call.args.entries()) {
      if (argument.nodeType === 'Starred') break;
      giveParameter(flow, module, node, index + bound, flow.kinds(module, argument));
      const parameter = parameters[index + bound];
      if (parameter !== undefined) learnFilled(flow, module, node, parameter.arg, argument);
    }
    for (const { arg, value } of call.keywords) {
      const index = parameters.findIndex((parameter) => parameter.arg === arg);
      if (index >= 0) giveParameter(flow, module, node, index, flow.kinds(module, value));
    }
  }
}

// What a function puts into a list is in the list of its caller.
function learnFilled(
  flow: Flow,
  module: PythonModule,
  node: FunctionDef,
  name: string,
  argument: Expression,
): void {
  const owner = flow.program.moduleOf(node) ?? module;
  const binding = bindingsOf(owner).scopeWithin(node).names.get(name);
  if (binding !== undefined) give(flow, module, argument, contained(flow.store.ofBinding(binding)));
}

// `peers = rooms[name]` is another name for what is in `rooms`, and so gets what is put into it.
function giveBack(flow: Flow, module: PythonModule, value: Expression, target: Expression): void {
  if (target.nodeType === 'Name' || target.nodeType === 'Attribute')
    give(flow, module, value, contained(flow.kinds(module, target)));
}

// The scopes of a function are those of its own module, which may be another than the caller's.
function giveParameter(
  flow: Flow,
  module: PythonModule,
  node: FunctionDef | Lambda,
  index: number,
  kinds: Iterable<Kind>,
): void {
  const parameter = parametersOf(node.args)[index];
  if (parameter === undefined) return;
  const owner = flow.program.moduleOf(node) ?? module;
  const binding = bindingsOf(owner).scopeWithin(node).names.get(parameter.arg);
  if (binding === undefined) return;
  const isRest = parameter === node.args.vararg || parameter === node.args.kwarg;
  flow.store.addToBinding(binding, isRest ? containing(new Set(kinds)) : kinds);
}

function give(flow: Flow, module: PythonModule, target: Expression, kinds: ReadonlySet<Kind>): void {
  if (kinds.size === 0) return;
  if (target.nodeType === 'Name') {
    const binding = bindingsOf(module).resolve(target);
    if (binding === null) return;
    flow.store.addToBinding(binding, kinds);
    // `app = Microdot()` in a class is `self.app` too.
    const owner = binding.scope.node;
    if (owner.nodeType === 'ClassDef') flow.store.addToAttribute(owner, target.id, kinds);
  } else if (target.nodeType === 'Attribute') {
    for (const kind of flow.kinds(module, target.value)) {
      const owner = flow.store.classOf(kind);
      if (owner !== null) flow.store.addToAttribute(owner, target.attr, kinds);
    }
  } else if (target.nodeType === 'Subscript') {
    const keys = wrap('iter:', flow.kinds(module, target.slice));
    give(flow, module, target.value, union(keys, wrap('value:', kinds)));
  } else if (target.nodeType === 'Call') {
    // `rooms.setdefault(name, set())` is an element of `rooms`.
    const { func } = target;
    if (func.nodeType === 'Attribute' && ELEMENTS.has(func.attr))
      give(flow, module, func.value, wrap('value:', kinds));
  } else if (target.nodeType === 'Tuple' || target.nodeType === 'List') {
    const hasRest = target.elts.some(({ nodeType }) => nodeType === 'Starred');
    target.elts.forEach((element, index) => {
      give(flow, module, element, hasRest ? within(kinds, 'value:') : at(kinds, index));
    });
  }
}

const ELEMENTS: ReadonlySet<string> = new Set(['get', 'setdefault']);

function giveOutside(flow: Flow, module: PythonModule, expression: Expression, kinds: readonly Kind[]): void {
  for (const meaning of flow.program.meaningsOf(module, expression)) {
    if (meaning.kind === 'outside') flow.store.addToOutside(meaning.name, kinds);
  }
}
