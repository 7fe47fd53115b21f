import type { JsModule, JsNode } from './parseJs.ts';

/** Where the name stands that a member, a qualified name or an identifier ends with; quotes belong to it. */
export function nameRange(module: JsModule, node: JsNode): [number, number] | undefined {
  if (node.type === 'MemberExpression') return node.property.range;
  if (node.type === 'TSQualifiedName') return node.right.range;
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') return node.range;
  if (node.type === 'Identifier') {
    // The range of a declared name includes its type.
    const written = /^[\w$]+/.exec(module.source.slice(...node.range));
    return [node.range[0], node.range[0] + (written?.[0].length ?? 0)];
  }
  return undefined;
}
