import type { Attribute, Call, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, type Js, js, LEVEL, member, newOf, object, primary, wrap } from '../js.ts';
import { isClassName } from '../known/names.ts';
import {
  allFieldsOf,
  type ClassInfo,
  type FunctionInfo,
  isEnum,
  isOfClass,
  isShape,
  isUnbound,
  methodOf,
  positional,
} from '../program.ts';
import { Arguments, argumentsFor } from './arguments.ts';
import { holder } from './attributes.ts';
import { isAwait } from './await.ts';
import { needsAwait } from './awaits.ts';
import { emitBuiltin } from './builtins.ts';
import { emitDirectRoute } from './directRoutes.ts';
import type { Emitter } from './emitter.ts';
import { fieldsObject } from './fields.ts';
import { emitLibraryCall } from './library.ts';
import { emitMethod, listMethod, textMethod } from './methods.ts';
import { emitMicrodotCall } from './microdot.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';
import { superCall } from './superCalls.ts';
import { emitWrappedCall } from './wrappers.ts';

/** A call, with `await` in front where it has to be waited for here. */
export function emitCall(e: Emitter, node: Call, isLoose: boolean): Js {
  const value = emitPlainCall(e, node, isLoose);
  if (!needsAwait(e.program, node) || isAwait(value)) return value;
  return js(['await ', wrap(value, LEVEL.unary)], LEVEL.unary);
}

function emitPlainCall(e: Emitter, node: Call, isLoose: boolean): Js {
  const { func } = node;
  const overridden = superCall(e, node);
  if (overridden && func.nodeType === 'Attribute') {
    if (func.attr === '__init__') return call(primary('super'), superArguments(e, overridden));
    if (overridden !== node) return superMethod(e, func.attr, overridden);
  }
  const route = emitDirectRoute(e, node);
  if (route) return route;
  const wrapped = emitWrappedCall(e, node);
  if (wrapped) return wrapped;
  for (const atom of e.type(func).atoms) {
    if (atom.kind !== 'named') continue;
    const owner = atom.owner as FunctionInfo | ClassInfo | { kind?: undefined } | null;
    if (owner?.kind === 'function') {
      const unbound = unboundCall(e, node, owner);
      if (unbound) return unbound;
      const target = callee(e, node, owner);
      return call(isTooMany(owner, node) ? untyped(target) : target, argumentsFor(e, owner, node));
    }
    if (owner?.kind === 'class') return construct(e, owner, node);
    if (owner) continue;
    // One of several, of which each may want something else.
    if (e.type(func).atoms.filter(({ kind }) => kind === 'named').length > 1) break;
    const args = new Arguments(e, node);
    const known =
      emitMicrodotCall(e, atom.name, args, isLoose) ??
      emitBuiltin(e, atom.name, args) ??
      emitLibraryCall(e, atom.name, args);
    if (known) return known;
    if (/^builtins\./.test(atom.name)) return e.refuse();
    return unknownCall(e, node);
  }
  if (func.nodeType === 'Attribute') {
    const owner = e.type(func.value).single?.kind === 'instance' ? e.type(func.value).single : undefined;
    if (owner && 'owner' in owner && owner.owner && func.attr === '_asdict')
      return fieldsObject(e, func.value);
    if (owner && 'owner' in owner && owner.owner && func.attr === '_replace') {
      const changes = new Arguments(e, node).options();
      return call(e.py('replaceFields'), [e.present(func.value), changes ?? primary('{}')]);
    }
    const known = emitMethod(e, func, new Arguments(e, node), isLoose);
    if (known) return known;
    return untypedMethod(e, func, node);
  }
  return call(e.expression(func), untypedArguments(e, node));
}

/** More arguments than there are parameters: Python says so when it comes to that, TypeScript at once. */
function isTooMany(owner: FunctionInfo, node: Call): boolean {
  const isSpread = node.args.some(({ nodeType }) => nodeType === 'Starred');
  return !isSpread && !owner.node.args.vararg && node.args.length > positional(owner).length && !owner.wraps;
}

function untyped(target: Js): Js {
  return primary(['(', wrap(target, LEVEL.compare), ' as any)']);
}

function callee(e: Emitter, node: Call, owner: FunctionInfo): Js {
  if (node.func.nodeType !== 'Attribute' || !owner.owner) return e.expression(node.func);
  if (
    node.func.value.nodeType === 'Call' &&
    node.func.value.func.nodeType === 'Name' &&
    node.func.value.func.id === 'super'
  ) {
    return member(primary('super'), camelCase(node.func.attr));
  }
  const self = e.type(node.func.value).single;
  if (self?.kind === 'instance' && isOfClass(owner))
    return member(classReference(e, owner.owner), camelCase(node.func.attr));
  return member(holder(e, node.func), camelCase(node.func.attr));
}

/** `Class.method(object, ...)`. */
function unboundCall(e: Emitter, node: Call, owner: FunctionInfo): Js | undefined {
  if (!isUnbound(e.program, node, owner)) return undefined;
  const [self, ...args] = node.args;
  if (!self || node.func.nodeType !== 'Attribute') return undefined;
  const method = member(member(e.expression(node.func.value), 'prototype'), camelCase(node.func.attr));
  return call(member(method, 'call'), [e.present(self), ...argumentsFor(e, owner, { ...node, args })]);
}

/** A class by its name, from wherever we are. */
function classReference(e: Emitter, info: ClassInfo): Js {
  const binding = info.module.bindings.scopeOf(info.node).names.get(info.node.name);
  return binding ? e.bindingName({ module: info.module, binding }) : e.refuse();
}

function superArguments(e: Emitter, node: Call): Js[] {
  const cls = e.fn?.owner;
  const init = cls?.bases.map((base) => methodOf(base, '__init__')).find((found) => found);
  return init ? argumentsFor(e, init, node) : new Arguments(e, node).all();
}

/** `Base.name(self)` in a class that extends it. */
function superMethod(e: Emitter, name: string, node: Call): Js {
  const method = e.fn?.owner?.bases.map((base) => methodOf(base, name)).find((found) => found);
  const args = method ? argumentsFor(e, method, node) : new Arguments(e, node).all();
  return call(member(primary('super'), camelCase(name)), args);
}

function construct(e: Emitter, owner: ClassInfo, node: Call): Js {
  const init = methodOf(owner, '__init__');
  const target = e.expression(node.func);
  if (isEnum(owner)) return call(member(target, 'of'), new Arguments(e, node).all());
  if (init) return newOf(target, argumentsFor(e, init, node));
  if (isShape(owner)) return new Arguments(e, node).options() ?? object([]);
  if (owner.isDataclass && node.keywords.length > 0) return newOf(target, fieldArguments(e, owner, node));
  if (owner.isDataclass && node.args.some(({ nodeType }) => nodeType === 'Starred')) {
    const spread = node.args.map((arg) => e.expression(arg));
    return newOf(js([wrap(target, LEVEL.primary), ' as any'], LEVEL.compare), spread);
  }
  return newOf(target, new Arguments(e, node).all());
}

/** The fields of a dataclass by their places; `**data` has them by their names. */
function fieldArguments(e: Emitter, owner: ClassInfo, node: Call): Js[] {
  const names = allFieldsOf(owner);
  const spread = node.keywords.find(({ arg }) => arg === undefined)?.value;
  if (!spread) return new Arguments(e, node).all(...names);
  if (spread.nodeType !== 'Name' && spread.nodeType !== 'Attribute') return e.refuse();
  const given = new Arguments(e, node);
  return names.map((name, i) =>
    given.has(i, name) ? given.present(i, name) : member(js([e.present(spread).doc], LEVEL.primary), name),
  );
}

/** A call of something of which nothing is known: arguments in their order, those by name as an object behind them. */
function unknownCall(e: Emitter, node: Call): Js {
  const target = e.expression(node.func);
  const name =
    node.func.nodeType === 'Attribute' ? node.func.attr : node.func.nodeType === 'Name' ? node.func.id : '';
  const args = untypedArguments(e, node);
  return isClassName(name) ? newOf(target, args) : call(target, args);
}

function untypedArguments(e: Emitter, node: Call): Js[] {
  const named = new Arguments(e, node).options();
  return [...node.args.map((arg) => e.expression(arg)), ...(named ? [named] : [])];
}

/** What `update(other, key=value)` brings, in one object. */
function mapping(e: Emitter, node: Call): Js {
  const spread = node.args.map((arg): Doc => ['...', wrap(e.expression(arg), LEVEL.unary)]);
  const named = node.keywords.map(
    ({ arg, value }): Doc =>
      arg === undefined
        ? ['...', wrap(e.expression(value), LEVEL.unary)]
        : namedProperty(arg, wrap(e.expression(value), LEVEL.arrow)),
  );
  return object([...spread, ...named]);
}

/** Methods that text alone has, and lists alone. */
const TEXT_ALONE = new Set(
  'strip lstrip rstrip title capitalize zfill ljust rjust center splitlines partition rpartition rsplit isdigit isalpha isalnum isspace isupper islower isnumeric isdecimal removeprefix removesuffix casefold encode'.split(
    ' ',
  ),
);
const LIST_ALONE = new Set(['extend', 'insert', 'sort', 'reverse', 'appendleft', 'popleft']);

/** Whether a value comes from JSON, by the way that it came here. */
function isJson(e: Emitter, node: Expression): boolean {
  switch (node.nodeType) {
    case 'Attribute':
      return node.attr === 'json' && e.type(node.value).has('instance microdot.Request');
    case 'Subscript':
    case 'Await':
      return isJson(e, node.value);
    case 'BoolOp':
      return node.values.some((value) => isJson(e, value));
    case 'Call': {
      const atom = e.type(node.func).single;
      if (atom?.kind === 'named' && !atom.owner) return /^json\.loads?$/.test(atom.name);
      return node.func.nodeType === 'Attribute' && node.func.attr === 'get' && isJson(e, node.func.value);
    }
    case 'Name': {
      const definitions = e.program.resolve(e.module, node)?.binding.definitions ?? [];
      return (
        definitions.length > 0 &&
        definitions.every(
          (definition) => definition.kind === 'assignment' && definition.value && isJson(e, definition.value),
        )
      );
    }
    default:
      return false;
  }
}

function ownMethods(e: Emitter, name: string): FunctionInfo[] {
  return [...e.program.classes.values()].flatMap((info) => info.methods.get(name) ?? []);
}

/** Methods of values of unknown type that mean the same in both languages, and those that every dictionary or text has. */
function untypedMethod(e: Emitter, func: Attribute, node: Call): Js {
  const self = holder(e, func);
  const args = new Arguments(e, node);
  // A class of the project has its own idea of it.
  const [own, ...more] = isJson(e, func.value) ? [] : ownMethods(e, func.attr);
  if (own)
    return call(
      member(self, camelCase(func.attr)),
      more.length === 0 ? argumentsFor(e, own, node) : untypedArguments(e, node),
    );
  if (TEXT_ALONE.has(func.attr)) {
    const known = textMethod(e, func, args);
    if (known) return known;
  }
  if (LIST_ALONE.has(func.attr)) {
    const known = listMethod(e, func, args);
    if (known) return known;
  }
  switch (func.attr) {
    case 'get':
      return call(e.py('get'), [self, ...args.all(undefined, 'default')]);
    case 'items':
      return call(e.py('entries'), [self]);
    case 'keys':
      return call(e.py('iterate'), [self]);
    case 'values':
      return call(member(call(e.py('entries'), [self]), 'map'), [primary('([, value]) => value')]);
    case 'pop':
      return call(e.py('pop'), [self, ...args.all()]);
    case 'setdefault':
      return call(e.py('setDefault'), [self, ...args.all()]);
    case 'append':
      return call(member(self, 'push'), args.all());
    case 'split':
      return call(e.py('split'), [self, ...args.all('sep', 'maxsplit')]);
    case 'upper':
    case 'lower':
      return call(member(self, func.attr === 'upper' ? 'toUpperCase' : 'toLowerCase'), []);
    case 'startswith':
    case 'endswith':
      return call(member(self, func.attr === 'startswith' ? 'startsWith' : 'endsWith'), args.all());
    case 'replace':
      return call(member(self, 'replaceAll'), args.all());
    case 'clear':
      return call(e.py('clear'), [self]);
    case 'remove':
      return call(e.py('remove'), [self, args.value(0)]);
    case 'count':
      return call(e.py('count'), [self, args.value(0)]);
    case 'index':
      return call(e.py('indexOf'), [self, args.value(0)]);
    case 'discard':
      return call(member(self, 'delete'), [args.value(0)]);
    case 'copy':
      return call(primary('structuredClone'), [self]);
    case 'decode':
      return call(member(primary('new TextDecoder()'), 'decode'), [self]);
    case 'update':
      if (node.keywords.length === 0) return call(e.py('update'), [self, args.value(0)]);
      return call(e.py('update'), [self, mapping(e, node)]);
    default:
  }
  return call(member(self, camelCase(func.attr)), untypedArguments(e, node));
}
