import { factsOf } from '../flow/facts.ts';
import type { Flow } from '../flow/flow.ts';
import { enclosingFunction } from '../flow/functions.ts';
import { microdotOf } from '../flow/microdot.ts';
import { bindingsOf } from '../python/bindings.ts';
import { parametersOf } from '../python/collect.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Binding, Scope } from '../python/scopes.ts';
import type { Call, Expression, FunctionDef, Node, Statement } from '../python/tree.ts';
import { type KeyImport, keyImports, nameOf } from './keyImports.ts';
import { statementOf } from './statements.ts';

/** Where a secret key that is set in 1.x is given to an application in 2.x. */
export interface KeySetting {
  module: PythonModule;
  call: Call;
  key: Expression;
  /** The applications, by the names that they have where the key is given to them. */
  apps: string[];
  /** `null` where the call stands; otherwise the statement that it moves behind, and the module of that. */
  behind: { module: PythonModule; statement: Statement } | null;
  /** The names in the key that have to be imported where it is given to the application. */
  imports?: readonly KeyImport[];
  /** The module of an application that is not there by a name of its own, as the module of the key imports it. */
  home?: string;
  /** Why no place was found. */
  problem?: string;
}

/** Finds an application for every `set_session_secret_key()` of a program. */
export function sessionPlan(flow: Flow): KeySetting[] {
  return flow.once(findPlan);
}

function findPlan(flow: Flow): KeySetting[] {
  const mounted = flow.once(mountedApps);
  return [...flow.program.modules.values()].flatMap((module) =>
    factsOf(module)
      .calls.filter((call) => isSetter(flow, module, call.func))
      .flatMap((call) => settingOf(flow, module, call, mounted)),
  );
}

function isSetter(flow: Flow, module: PythonModule, func: Expression): boolean {
  const found = microdotOf(flow.program, module, func);
  return found?.module === 'microdot_session' && found.path[0] === 'set_session_secret_key';
}

function settingOf(
  flow: Flow,
  module: PythonModule,
  call: Call,
  mounted: ReadonlySet<Binding>,
): KeySetting[] {
  const key = call.args[0] ?? call.keywords.find(({ arg }) => arg === 'key')?.value;
  if (key === undefined) return [];
  const base = { module, call, key };
  const bindings = bindingsOf(module);
  const scope = bindings.scopeOf(call);
  const visible = visibleApps(flow, module, scope, mounted);
  const [first] = visible;
  // A name of the module may stand for it too, but not yet.
  const own = first?.scope === scope ? null : ofObject(flow, base, mounted);
  if (own !== null) return own;
  if (first !== undefined) {
    const apps = withoutAliases(visible.filter((each) => each.scope === first.scope)).map(({ name }) => name);
    const defined = definedAt(first);
    const isLater = first.scope === scope && defined !== null && defined.start > call.start;
    if (!isLater) return [{ ...base, apps, behind: null }];
    const last =
      visible
        .map(definedAt)
        .sort((a, b) => (a?.start ?? 0) - (b?.start ?? 0))
        .at(-1) ?? defined;
    return [{ ...base, apps, behind: { module, statement: statementOf(last) } }];
  }
  return elsewhere(flow, base, mounted);
}

// Of `application = app = Microdot()`, and of `app = Microdot()` and `application = app`, one name will do.
function withoutAliases(apps: readonly Binding[]): Binding[] {
  const values = new Set<Expression>();
  return apps.filter((binding) => {
    const own = binding.definitions.flatMap((definition) =>
      definition.kind === 'assignment' && definition.value !== null ? [definition.value] : [],
    );
    const isAlias = own.some(
      (value) =>
        values.has(value) ||
        (value.nodeType === 'Name' && apps.some(({ references }) => references.includes(value))),
    );
    for (const value of own) values.add(value);
    return !isAlias;
  });
}

// `self.app`, which the same function makes, or another method of the class.
function ofObject(
  flow: Flow,
  base: Pick<KeySetting, 'module' | 'call' | 'key'>,
  mounted: ReadonlySet<Binding>,
): KeySetting[] | null {
  const { module, call } = base;
  const owner = enclosingFunction(call);
  if (owner === null) return null;
  const apps = madeIn(flow, module, mounted).filter(({ target }) => target.nodeType === 'Attribute');
  const near = apps.filter(({ target }) => enclosingFunction(target) === owner);
  const [first] = near;
  if (first !== undefined) {
    const isLater = near.some(({ statement }) => statement.start > call.start);
    const behind = isLater ? { module, statement: near.at(-1)?.statement ?? first.statement } : null;
    return [{ ...base, apps: near.map(({ target }) => module.text(target)), behind }];
  }
  const ofClass = apps.filter(({ target }) => {
    const maker = enclosingFunction(target);
    return (
      owner.parent?.nodeType === 'ClassDef' &&
      maker?.parent === owner.parent &&
      isOfSelf(target, maker, owner)
    );
  });
  if (ofClass.length === 0) return null;
  return [{ ...base, apps: ofClass.map(({ target }) => module.text(target)), behind: null }];
}

function isOfSelf(target: Expression, maker: FunctionDef, owner: FunctionDef): boolean {
  const self = parametersOf(maker.args)[0]?.arg;
  if (self === undefined || self !== parametersOf(owner.args)[0]?.arg) return false;
  return target.nodeType === 'Attribute' && target.value.nodeType === 'Name' && target.value.id === self;
}

// Applications that are made in a function, as an attribute, or in another file.
function elsewhere(
  flow: Flow,
  base: Pick<KeySetting, 'module' | 'call' | 'key'>,
  mounted: ReadonlySet<Binding>,
): KeySetting[] {
  const near = madeIn(flow, base.module, mounted);
  const found = near.length > 0 ? near : flow.once(madeAnywhere);
  const nowhere = { ...base, apps: [], behind: null };
  if (found.length === 0) return [{ ...nowhere, problem: 'no application was found' }];
  // In one file each of several gets the key; which of several files is meant cannot be told.
  if (near.length === 0 && found.length > 1)
    return [{ ...nowhere, problem: 'there is more than one application' }];
  const [first] = found;
  const home = first === undefined || near.length > 0 ? null : importedFrom(flow, base.module, first);
  if (first !== undefined && home !== null)
    return [{ ...base, apps: [first.module.text(first.target)], home, behind: null }];
  const imports = first === undefined ? null : importsIn(flow, first.module, base);
  if (imports === null) return [{ ...nowhere, problem: `the application is in ${first?.module.file}` }];
  return found.map(({ module, target, statement }) => ({
    ...base,
    imports,
    apps: [module.text(target)],
    behind: { module, statement },
  }));
}

// Whoever imports the module of an application gives the key where it did: it may be one for tests alone.
function importedFrom(
  flow: Flow,
  importer: PythonModule,
  { module, target, statement }: Made,
): string | null {
  return target.nodeType === 'Name' && isTopLevel(statement) ? nameOf(flow, module, importer) : null;
}

interface Made {
  module: PythonModule;
  target: Expression;
  statement: Statement;
}

function madeAnywhere(flow: Flow): Made[] {
  const mounted = flow.once(mountedApps);
  return [...flow.program.modules.values()].flatMap((module) => madeIn(flow, module, mounted));
}

// Where a module makes applications: `app = Microdot()`, `self.app = Microdot()`.
function madeIn(flow: Flow, module: PythonModule, mounted: ReadonlySet<Binding>): Made[] {
  return factsOf(module).assigns.flatMap(({ targets, value }): Made[] => {
    const [target] = targets;
    if (target === undefined || value.nodeType !== 'Call' || !flow.makesApp(module, value)) return [];
    if (target.nodeType === 'Attribute') return [{ module, target, statement: statementOf(target) }];
    const binding = target.nodeType === 'Name' ? bindingsOf(module).resolve(target) : null;
    if (binding === null || mounted.has(binding)) return [];
    return [{ module, target, statement: statementOf(target) }];
  });
}

function importsIn(
  flow: Flow,
  target: PythonModule,
  { module, key, call }: Pick<KeySetting, 'module' | 'call' | 'key'>,
): KeyImport[] | null {
  return statementOf(call).nodeType === 'Expr' ? keyImports(flow, module, key, target) : null;
}

function visibleApps(
  flow: Flow,
  module: PythonModule,
  from: Scope,
  mounted: ReadonlySet<Binding>,
): Binding[] {
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    if (scope.kind === 'class') continue;
    const apps = [...scope.names.values()].filter(
      (binding) => isAppHere(flow, module, binding) && !isMounted(flow, module, binding, mounted),
    );
    if (apps.length > 0) return apps;
  }
  return [];
}

function isAppHere(flow: Flow, module: PythonModule, binding: Binding): boolean {
  if (isApp(flow, binding)) return true;
  return binding.definitions.some((definition) => {
    if (definition.kind !== 'from') return false;
    const read = binding.references[0];
    return read !== undefined && flow.is(module, read, 'app', 'asyncapp');
  });
}

function isApp(flow: Flow, binding: Binding): boolean {
  const kinds = flow.store.ofBinding(binding);
  return kinds.has('app') || kinds.has('asyncapp');
}

function isMounted(
  flow: Flow,
  module: PythonModule,
  binding: Binding,
  mounted: ReadonlySet<Binding>,
): boolean {
  if (mounted.has(binding)) return true;
  const read = binding.references[0];
  if (read === undefined) return false;
  return flow.program
    .meaningsOf(module, read)
    .some((meaning) => meaning.kind === 'definition' && mounted.has(meaning.binding));
}

function mountedApps(flow: Flow): Set<Binding> {
  const mounted = new Set<Binding>();
  for (const module of flow.program.modules.values()) {
    for (const { func, args } of factsOf(module).calls) {
      const [sub] = args;
      if (func.nodeType !== 'Attribute' || func.attr !== 'mount' || sub === undefined) continue;
      for (const meaning of flow.program.meaningsOf(module, sub)) {
        if (meaning.kind === 'definition') mounted.add(meaning.binding);
      }
    }
  }
  return mounted;
}

function definedAt(binding: Binding): Node | null {
  return binding.definitions[0]?.node ?? null;
}

/** Whether a node is at the level of its module. */
export function isTopLevel(node: Node): boolean {
  return enclosingFunction(node) === null && statementOf(node).parent?.nodeType === 'Module';
}
