import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { applicationsOf } from '../application.ts';
import { isRegistered } from '../awaited.ts';
import { isFunction, namesOf } from '../functions.ts';
import { GONE, MEMBERS } from '../members.ts';
import { camelCase } from '../names.ts';
import { type JsNode, walk } from '../parseJs.ts';
import { importedFrom, propertyName, variableOf } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { keyName } from '../uses.ts';

/** Members and options in Python's spelling, of what is known to be Microdot's: `app.before_request`, `url_prefix`. */
export const members: JsRule = {
  name: 'members',
  apply(context: JsContext): void {
    const { module } = context;
    const kinds = kindsOf(context);
    walk(module.program, (node) => {
      if (node.type === 'MemberExpression') {
        const variable = variableOf(module, node.object);
        const kind = variable ? kinds.get(variable) : classKind(context, node.object);
        if (kind) renameMember(context, node, kind);
      }
      if (node.type === 'CallExpression' || node.type === 'NewExpression') {
        if (!isOfMicrodot(context, kinds, node.callee)) return;
        for (const each of node.arguments) renameOptions(context, each);
      }
    });
  },
};

type Kind = 'application' | 'request' | 'response' | 'classes';

/** What the variables of a source hold. */
function kindsOf(context: JsContext): Map<Variable, Kind> {
  const { module, uses } = context;
  const kinds = new Map<Variable, Kind>();
  for (const app of applicationsOf(module, uses)) kinds.set(app, 'application');
  for (const [node, key] of uses.meaning) {
    if (!/^(?:Response|redirect|send_file)$/.test(key)) continue;
    const made = module.parents.get(node);
    const holder = made && module.parents.get(made);
    if (holder?.type !== 'VariableDeclarator' || holder.init !== made) continue;
    const variable = module.scopes.getDeclaredVariables(holder)[0];
    if (variable) kinds.set(variable, 'response');
  }
  for (const { node, old, item } of uses.uses) {
    const variable = item?.variable;
    if (variable && /^(?:Request|Response|URLPattern)$/.test(old.key) && node.type === 'Identifier') {
      kinds.set(variable, 'classes');
    }
  }
  walk(module.program, (node) => {
    if (!isFunction(node) || !isRegistered(context, [node, ...namesOf(module, node)])) return;
    for (const [index, kind] of (['request', 'response'] as const).entries()) {
      const parameter = node.params[index];
      const variable = module.scopes
        .getDeclaredVariables(node)
        .find((each) => each.identifiers[0] === parameter);
      if (variable) kinds.set(variable, kind);
    }
  });
  return kinds;
}

/** `microdot.Request` */
function classKind({ uses }: JsContext, node: JsNode): Kind | undefined {
  return /^(?:Request|Response|URLPattern)$/.test(uses.meaning.get(node) ?? '') ? 'classes' : undefined;
}

function renameMember({ changes }: JsContext, node: TSESTree.MemberExpression, kind: Kind): void {
  const name = propertyName(node);
  if (name === undefined || node.computed) return;
  const gone = Object.entries(GONE).find(([key]) => key === name || camelCase(key) === name)?.[1];
  if (gone !== undefined) changes.note(node.property.range[0], 'members', gone, 'names-that-are-gone');
  else if (MEMBERS[kind].has(name)) {
    const renamed = name === 'errorhandler' ? 'errorHandler' : camelCase(name);
    changes.replace(...node.property.range, renamed, 'members');
  }
}

function renameOptions({ changes }: JsContext, node: JsNode): void {
  if (node.type !== 'ObjectExpression') return;
  for (const property of node.properties) {
    const name = property.type === 'Property' ? keyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined || !MEMBERS.options.has(name)) continue;
    if (property.shorthand) changes.insert(property.range[0], `${camelCase(name)}: `, 'members');
    else changes.replace(...property.key.range, camelCase(name), 'members');
  }
}

/** Whether a callee is imported from Microdot, or a method of an application or of a response. */
function isOfMicrodot(
  { module, uses }: JsContext,
  kinds: ReadonlyMap<Variable, Kind>,
  callee: JsNode,
): boolean {
  if (uses.meaning.has(callee)) return true;
  if (callee.type !== 'MemberExpression')
    return /^(?:CORS|sendFile|Session)$/.test(importedFrom(module, callee, /^@microdot\//) ?? '');
  const variable = variableOf(module, callee.object);
  return variable !== undefined && kinds.has(variable);
}
