import type { Variable } from '@typescript-eslint/scope-manager';
import type { JsModule, JsNode } from './parseJs.ts';
import { importedFrom, propertyName, variableOf } from './resolve.ts';
import type { Uses } from './uses.ts';

const ROUTES = /^(?:route|get|post|put|patch|delete|mount|run|startServer|start_server|before_?[rR]equest)$/;

/** The applications of a source: what `new Microdot()` was put into. */
export function applicationsOf(module: JsModule, uses: Uses): Variable[] {
  return module.scopes.variables.filter((variable) => madeAt(module, uses, variable) !== undefined);
}

/** The declaration or the assignment that makes the application that a variable holds. */
export function madeAt(module: JsModule, uses: Uses, variable: Variable): JsNode | undefined {
  const definition = variable.defs[0]?.node;
  if (definition?.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier') return undefined;
  if (definition.init) return isApplication(module, uses, definition.init) ? definition : undefined;
  const written = variable.references.filter(
    ({ writeExpr }) => writeExpr && isApplication(module, uses, writeExpr),
  );
  const [first] = written;
  return first && written.length === 1 ? module.parents.get(first.identifier) : undefined;
}

function isApplication(module: JsModule, uses: Uses, made: JsNode): boolean {
  if (made.type !== 'NewExpression') return false;
  return (
    uses.meaning.get(made.callee) === 'Microdot' ||
    importedFrom(module, made.callee, /^@microdot\//) === 'Microdot'
  );
}

/** The application that sessions are given to, seen from a place; nothing where that cannot be told. */
export function mainApplication(module: JsModule, uses: Uses, at: JsNode): Variable | undefined {
  const around = new Set(scopesAround(module, at));
  const all = applicationsOf(module, uses).filter((variable) => around.has(variable.scope));
  const apps = all.length > 0 ? all : importedApplications(module);
  if (apps.length <= 1) return apps[0];
  const mounted = new Set(
    apps.flatMap((app) => methodCalls(module, app, 'mount')).map((node) => variableOf(module, node)),
  );
  const outer = apps.filter((app) => !mounted.has(app));
  return outer.length === 1 ? outer[0] : undefined;
}

/** Imported things that routes are registered with, or that a test client is made for. */
function importedApplications(module: JsModule): Variable[] {
  return module.scopes.variables.filter((variable) => {
    const definition = variable.defs[0];
    if (definition?.type !== 'ImportBinding') return false;
    return variable.references.some(({ identifier }) => {
      const parent = module.parents.get(identifier);
      if (parent?.type === 'NewExpression') return parent.arguments[0] === identifier;
      if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return false;
      return ROUTES.test(propertyName(parent) ?? '') && module.parents.get(parent)?.type === 'CallExpression';
    });
  });
}

/** The first arguments of the calls of a method. */
function methodCalls(module: JsModule, variable: Variable, name: string): JsNode[] {
  return variable.references.flatMap(({ identifier }) => {
    const member = module.parents.get(identifier);
    const call = member && module.parents.get(member);
    if (member?.type !== 'MemberExpression' || propertyName(member) !== name) return [];
    return call?.type === 'CallExpression' && call.arguments[0] ? [call.arguments[0]] : [];
  });
}

function scopesAround(module: JsModule, at: JsNode): Variable['scope'][] {
  const found: Variable['scope'][] = [];
  for (let node: JsNode | undefined = at; node; node = module.parents.get(node)) {
    let scope: Variable['scope'] | null = module.scopes.acquire(node, true);
    for (; scope; scope = scope.upper) if (!found.includes(scope)) found.push(scope);
  }
  return found;
}
