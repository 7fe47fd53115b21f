import type { TSESTree } from '@typescript-eslint/types';
import { Kinds } from '../kinds.ts';
import { GONE, type Kind, MEMBERS } from '../members.ts';
import { camelCase } from '../names.ts';
import { type JsNode, walk } from '../parseJs.ts';
import { importedFrom, propertyName } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { keyName } from '../uses.ts';

/** Members and options in Python's spelling, of what is known to be Microdot's: `app.before_request`, `url_prefix`. */
export const members: JsRule = {
  name: 'members',
  apply(context: JsContext): void {
    const { module } = context;
    const kinds = new Kinds(context);
    walk(module.program, (node) => {
      if (node.type === 'MemberExpression') {
        const kind = kinds.of(node.object);
        if (kind) renameMember(context, node, kind);
      }
      if (node.type === 'ObjectPattern') {
        const kind = kinds.ofPattern(node);
        if (kind) renameProperties(context, node.properties, MEMBERS[kind]);
      }
      if (node.type === 'CallExpression' || node.type === 'NewExpression') {
        if (!isOfMicrodot(context, kinds, node.callee)) return;
        for (const each of node.arguments) renameOptions(context, each);
      }
    });
  },
};

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

function renameOptions(context: JsContext, node: JsNode): void {
  if (node.type === 'ObjectExpression') renameProperties(context, node.properties, MEMBERS.options);
}

function renameProperties(
  { changes }: JsContext,
  properties: readonly JsNode[],
  names: ReadonlySet<string>,
): void {
  for (const property of properties) {
    const name = property.type === 'Property' ? keyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined || !names.has(name)) continue;
    if (property.shorthand) changes.insert(property.range[0], `${camelCase(name)}: `, 'members');
    else changes.replace(...property.key.range, camelCase(name), 'members');
  }
}

/** Whether a callee is imported from Microdot, or a method of an application or of a response. */
function isOfMicrodot({ module, uses }: JsContext, kinds: Kinds, callee: JsNode): boolean {
  if (uses.meaning.has(callee)) return true;
  if (callee.type === 'MemberExpression') return kinds.of(callee.object) !== undefined;
  return /^(?:CORS|sendFile|Session)$/.test(importedFrom(module, callee, /^@microdot\//) ?? '');
}
