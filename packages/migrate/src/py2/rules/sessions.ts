import { applyEdits } from '../../edit/apply.ts';
import { factsOf } from '../../flow/facts.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Binding, Scope } from '../../python/scopes.ts';
import type { Attribute, Call, Expression, Name, Statement } from '../../python/tree.ts';
import { partOf } from '../byModule.ts';
import { type FileContext, type Rule, rootName } from '../context.ts';
import { isTopLevel, type KeySetting, sessionPlan } from '../sessionPlan.ts';
import { statementOf } from '../statements.ts';

const NAME = 'sessions';
const GUIDE = 'sessions';

/** The functions of `microdot_session` become a `Session` of the application, and methods of the session itself. */
export const sessions: Rule = {
  name: NAME,
  run(context) {
    const uses = usesOf(context);
    const calls = uses.flatMap(({ call, name }) => (call === null ? [] : [{ call, name }]));
    const holder = new Holder(
      context,
      calls.some(({ call, name }) => needsHolder(context, call, name)),
    );
    for (const setting of settingsIn(context)) give(context, setting, holder);
    for (const { call, name } of calls) {
      if (name === 'get_session') renameFunction(context, call, holder.method(call, 'get'));
      if (name === 'update_session') update(context, call, holder);
      if (name === 'delete_session') remove(context, call, holder);
    }
    for (const { expression, call, name } of uses) if (call === null) handOver(context, expression, name);
    noteSecret(context);
  },
};

/** Those that are made in a file, and those that were. */
function settingsIn({ flow, module }: FileContext): readonly KeySetting[] {
  return partOf(sessionPlan(flow), module, ({ module: own, behind }) => [own, behind?.module ?? own]);
}

const FUNCTIONS: readonly string[] = [
  'get_session',
  'update_session',
  'delete_session',
  'set_session_secret_key',
];

function usesOf(context: FileContext): { expression: Name | Attribute; call: Call | null; name: string }[] {
  return context.uses('microdot_session').flatMap(({ symbol, expression, call }) => {
    const name = symbol.slice('microdot_session.'.length);
    return FUNCTIONS.includes(name) ? [{ expression, call, name }] : [];
  });
}

/** The `Session` of the application, for what has no session of its own at hand. */
class Holder {
  readonly #context: FileContext;
  readonly isNeeded: boolean;
  #name: string | undefined;

  constructor(context: FileContext, isNeeded: boolean) {
    this.#context = context;
    const isHere = settingsIn(context).some(
      ({ module, behind, problem }) => problem === undefined && (behind?.module ?? module) === context.module,
    );
    this.isNeeded = isNeeded && isHere;
  }

  get name(): string {
    this.#name ??= this.#context.imports.freeName('sessions');
    return this.#name;
  }

  /** What to write before the arguments of a call that has the request as its first. */
  method(call: Call, method: string): string {
    if (this.isNeeded) return `${this.name}.${method}`;
    const request = argument(call, 0, 'request');
    return `${request === undefined ? 'request' : this.#context.text(request)}.app._session.${method}`;
  }
}

function needsHolder(context: FileContext, call: Call, name: string): boolean {
  if (name === 'get_session') return true;
  if (name === 'update_session') return !isSession(context, argument(call, 1, 'session'));
  return name === 'delete_session' && sessionHere(context, call) === null;
}

function give(context: FileContext, setting: KeySetting, holder: Holder): void {
  const { module, call, apps, behind, problem } = setting;
  if (problem !== undefined) {
    if (module === context.module) noteKey(context, setting, problem);
    return;
  }
  const isTarget = (behind?.module ?? module) === context.module;
  if (behind !== null && module === context.module) {
    context.removed.set(statementOf(call), NAME);
    markReplaced(context, call.func);
  }
  if (!isTarget) return;
  if (behind !== null) {
    const Session =
      module === context.module
        ? context.imports.replacing(call.func, 'microdot.session', 'Session')
        : context.imports.want('microdot.session', 'Session');
    const text = keyText(context, setting);
    const lines = apps.map((app, index) => made(Session, app, text, index === 0 ? holder : null));
    insertBehind(context, behind.statement, lines);
    return;
  }
  const Session = context.imports.replacing(call.func, 'microdot.session', 'Session');
  giveHere(context, setting, Session, holder);
}

// The key, with what its names are called here.
function keyText(context: FileContext, { module, key, imports = [] }: KeySetting): string {
  const edits = imports.map(({ node, module: home, name }) => ({
    start: node.start - key.start,
    end: node.end - key.start,
    text: context.imports.want(home, name),
    rule: NAME,
  }));
  return applyEdits(module.text(key), edits);
}

function made(Session: string, app: string, key: string, holder: Holder | null): string {
  const assigned = holder?.isNeeded ? `${holder.name} = ` : '';
  return `${assigned}${Session}(${app}, secret_key=${key})`;
}

// In place of `set_session_secret_key(key)`.
function giveHere(
  context: FileContext,
  { call, key, apps, home }: KeySetting,
  Session: string,
  holder: Holder,
): void {
  const statement = statementOf(call);
  const [name = 'app', ...others] = apps;
  const app = home === undefined ? name : context.imports.want(home, name);
  const before =
    call.keywords.length > 0 && call.args.length === 0 ? `${app}, secret_` : `${app}, secret_key=`;
  let func = Session;
  if (holder.isNeeded && isTopLevel(call)) func = `${holder.name} = ${Session}`;
  if (holder.isNeeded && !isTopLevel(call)) {
    func = `${holder.name}.initialize`;
    const place = lastImport(context);
    if (place !== undefined) insertBehind(context, place, ['', `${holder.name} = ${Session}()`]);
  }
  context.replace(NAME, call.func, func);
  context.insert(NAME, call.args[0]?.start ?? call.keywords[0]?.start ?? call.end - 1, before);
  insertBehind(
    context,
    statement,
    others.map((other) => made(Session, other, context.text(key), null)),
  );
}

function lastImport(context: FileContext): Statement | undefined {
  return context.module.tree.body
    .filter(({ nodeType }) => nodeType === 'Import' || nodeType === 'ImportFrom')
    .at(-1);
}

function insertBehind(context: FileContext, statement: Statement, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const { lines: table } = context.module;
  const separator = context.newline + table.indentation(statement.start);
  const end = table.lineEnd(statement.end);
  const rest = context.source.slice(statement.end, end).trimEnd();
  // A comment behind the statement stays behind it.
  const at = rest === '' || rest.trimStart().startsWith('#') ? statement.end + rest.length : statement.end;
  context.insert(NAME, at, lines.map((line) => (line === '' ? context.newline : separator + line)).join(''));
}

function update(context: FileContext, call: Call, holder: Holder): void {
  const session = argument(call, 1, 'session');
  if (session !== undefined && isSession(context, session)) {
    markReplaced(context, call.func);
    context.replace(NAME, call, `${context.text(session)}.save()`);
  } else renameFunction(context, call, holder.method(call, 'update'));
}

function remove(context: FileContext, call: Call, holder: Holder): void {
  const session = sessionHere(context, call);
  if (session === null) {
    renameFunction(context, call, holder.method(call, 'delete'));
    return;
  }
  markReplaced(context, call.func);
  context.replace(NAME, call, `${session}.delete()`);
}

function renameFunction(context: FileContext, call: Call, text: string): void {
  markReplaced(context, call.func);
  context.replace(NAME, call.func, text);
}

function markReplaced(context: FileContext, expression: Expression): void {
  const root = rootName(expression);
  if (root !== null) context.imports.replaced.add(root);
}

function argument(call: Call, index: number, name: string): Expression | undefined {
  return call.args[index] ?? call.keywords.find(({ arg }) => arg === name)?.value;
}

// A session as Microdot hands it over, and not some other dictionary under its name.
function isSession(context: FileContext, expression: Expression | undefined): boolean {
  if (expression?.nodeType !== 'Name') return false;
  const binding = bindingsOf(context.module).resolve(expression);
  return (
    binding !== null &&
    context.flow.store.ofBinding(binding).has('session') &&
    isOnlySession(context, binding)
  );
}

function isOnlySession(context: FileContext, binding: Binding): boolean {
  return binding.definitions.every((definition) => {
    if (definition.kind === 'parameter') return true;
    if (definition.kind !== 'assignment' || definition.value === null) return false;
    return context.flow.is(context.module, definition.value, 'session');
  });
}

// The name of the session that a function has as a parameter.
function sessionHere(context: FileContext, call: Call): string | null {
  for (
    let scope: Scope | null = bindingsOf(context.module).scopeOf(call);
    scope !== null;
    scope = scope.parent
  ) {
    if (scope.kind === 'module') return null;
    for (const binding of scope.names.values()) {
      if (context.flow.store.ofBinding(binding).has('session') && isOnlySession(context, binding))
        return binding.name;
    }
  }
  return null;
}

const AS_VALUES: ReadonlyMap<string, string> = new Map([
  ['get_session', 'def get_session(request):\n    return request.app._session.get(request)'],
  [
    'update_session',
    'def update_session(request, session):\n    request.app._session.update(request, session)',
  ],
  ['delete_session', 'def delete_session(request):\n    request.app._session.delete(request)'],
]);

// A function that is handed over as a value goes on as one of the application's own.
function handOver(context: FileContext, expression: Name | Attribute, name: string): void {
  markReplaced(context, expression);
  const code = AS_VALUES.get(name);
  if (code !== undefined) {
    const own = expression.nodeType === 'Name' ? expression.id : name;
    context.imports.helpers.set(own, code.replace(name, own));
    if (context.text(expression) !== own) context.replace(NAME, expression, own);
  }
  context.note(NAME, expression, {
    message: `${name} is used as a value here. In Microdot 2 a session has methods of its own.`,
    suggestion: 'Session(app, secret_key=...), session.save(), session.delete()',
    guide: GUIDE,
  });
}

function noteKey(context: FileContext, { call, key }: KeySetting, problem: string): void {
  markReplaced(context, call.func);
  const text = context.text(key);
  const statement = statementOf(call);
  if (statement.nodeType === 'Expr') context.removed.set(statement, NAME);
  context.note(NAME, call, {
    message: `The secret key belongs to an application in Microdot 2, and ${problem}.`,
    suggestion: `Session(app, secret_key=${text}), where the application has been made; from microdot.session import Session`,
    guide: GUIDE,
  });
}

function noteSecret(context: FileContext): void {
  if (sessionPlan(context.flow).length > 0) return;
  const uses = factsOf(context.module).imports.find(
    (each) =>
      each.nodeType === 'ImportFrom' &&
      each.module === 'microdot_session' &&
      each.names.some(({ name }) => name === 'with_session'),
  );
  if (uses === undefined) return;
  context.note(NAME, uses, {
    message:
      'No secret key is set here. Without a Session of the application, with_session fails in Microdot 2.',
    suggestion: 'Session(app, secret_key=...)',
    guide: GUIDE,
  });
}
