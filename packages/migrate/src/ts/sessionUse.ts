import { walk } from '../python/fields.ts';
import type { Call, Node, Statement } from '../python/tree.ts';
import { nameOf } from './infer/decorators.ts';
import { isApplication, type ModuleInfo, type Program, parameterBinding, positional } from './program.ts';

/** Whether the program asks for sessions in a way that needs the `Session` itself, and not only the one that a handler is given. */
export function needsSessionObject(program: Program): boolean {
  let found = false;
  for (const module of program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (node.nodeType === 'Call') found ||= isSessionCall(program, node);
      return !found;
    });
  }
  return found;
}

function isSessionCall(program: Program, node: Call): boolean {
  const name = nameOf(program, node.func);
  if (name === 'microdot.get_session') return true;
  if (name === 'microdot.update_session') {
    const data = node.args[1];
    return data !== undefined && !program.typeOf(data).has('instance microdot.SessionDict');
  }
  return name === 'microdot.delete_session' && !hasSession(program, node);
}

/** Whether a call is in a handler that is given its session. */
function hasSession(program: Program, node: Node): boolean {
  for (let outer: Node | null = node.parent; outer; outer = outer.parent) {
    const info = program.functions.get(outer);
    if (!info) continue;
    return positional(info).some((name) =>
      program.bindingType(parameterBinding(info, name)).has('instance microdot.SessionDict'),
    );
  }
  return false;
}

/** The statement of a module that sets the secret key of Microdot 1.x, at its top. */
export function secretKeyStatement(program: Program, module: ModuleInfo): Statement | undefined {
  return module.module.tree.body.find((statement) => isSecretKey(program, statement));
}

export function isSecretKey(program: Program, statement: Statement): boolean {
  return (
    statement.nodeType === 'Expr' &&
    statement.value.nodeType === 'Call' &&
    nameOf(program, statement.value.func) === 'microdot.set_session_secret_key'
  );
}

/** The statements in an order in which the key is set once there is an application: in 1.x it may be set before. */
export function keyAfterApplication(program: Program, body: readonly Statement[]): readonly Statement[] {
  const key = body.find((statement) => isSecretKey(program, statement));
  const app = body.find(
    (statement) => statement.nodeType === 'Assign' && isApplication(program.typeOf(statement.value)),
  );
  if (!key || !app || key.start > app.start) return body;
  return body.flatMap((statement) => (statement === key ? [] : statement === app ? [app, key] : [statement]));
}
