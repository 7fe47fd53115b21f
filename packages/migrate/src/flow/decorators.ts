import { bindingsOf } from '../python/bindings.ts';
import { parametersOf } from '../python/collect.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Call, Expression, FunctionDef } from '../python/tree.ts';
import { factsOf } from './facts.ts';
import type { Flow } from './flow.ts';
import { enclosingFunction, isFunction } from './functions.ts';

/** A decorator of the program's own. */
export interface OwnDecorator {
  module: PythonModule;
  /** The function that takes the decorated one. */
  node: FunctionDef;
  /** Where it calls the decorated function. */
  calls: Call[];
  /** The functions around those calls: what stands in for the decorated one. */
  wrappers: FunctionDef[];
}

/** The decorator that `@name` or `@name(...)` is, if it is the program's own. */
export function ownDecorator(flow: Flow, module: PythonModule, decorator: Expression): OwnDecorator | null {
  const isFactory = decorator.nodeType === 'Call';
  const call = isFactory
    ? decorator
    : ({ nodeType: 'Call', func: decorator, args: [], keywords: [] } as unknown as Call);
  for (const { node, bound } of flow.callees(module, call)) {
    const owner = flow.program.moduleOf(node);
    if (owner === null) continue;
    // `def needs(role): def decorate(f): ...; return decorate` takes the function one level further in.
    const taker = isFactory ? returnedFunction(node) : node;
    if (taker !== null) return inspect(owner, taker, isFactory ? 0 : bound);
  }
  return ofInstance(flow, module, decorator);
}

// An object that is called: `@Needs('admin')`, or `needs = Needs('admin')` and `@needs`.
function ofInstance(flow: Flow, module: PythonModule, decorator: Expression): OwnDecorator | null {
  for (const kind of flow.kinds(module, decorator)) {
    const owner = flow.store.classOf(kind);
    const taker = owner === null ? undefined : flow.classes.methods(owner, '__call__')[0];
    const home = taker === undefined ? null : flow.program.moduleOf(taker);
    if (taker !== undefined && home !== null) return inspect(home, taker, 1);
  }
  return null;
}

function inspect(module: PythonModule, node: FunctionDef, bound: number): OwnDecorator | null {
  const parameter = parametersOf(node.args)[bound];
  if (parameter === undefined) return null;
  const binding = bindingsOf(module).scopeWithin(node).names.get(parameter.arg);
  const calls = factsOf(module).calls.filter(
    ({ func }) => func.nodeType === 'Name' && bindingsOf(module).resolve(func) === binding,
  );
  const wrappers = calls
    .flatMap((call) => enclosingFunction(call) ?? [])
    .filter((wrapper) => wrapper !== node);
  return { module, node, calls, wrappers: [...new Set(wrappers)] };
}

function returnedFunction(node: FunctionDef): FunctionDef | null {
  const inner = node.body.filter(isFunction);
  const names = node.body.flatMap((statement) =>
    statement.nodeType === 'Return' && statement.value?.nodeType === 'Name' ? [statement.value.id] : [],
  );
  return inner.find(({ name }) => names.includes(name)) ?? null;
}
