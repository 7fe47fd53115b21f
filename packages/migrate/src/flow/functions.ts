import type { FunctionDef, Node } from '../python/tree.ts';

/** The function around a node; `null` at the level of the module, and in a lambda or a class. */
export function enclosingFunction(node: Node): FunctionDef | null {
  for (let child = node, at = node.parent; at !== null; child = at, at = at.parent) {
    if (at.nodeType === 'Lambda' || at.nodeType === 'ClassDef') {
      if (at.nodeType === 'Lambda' ? at.body === child : (at.body as Node[]).includes(child)) return null;
    }
    if (isFunction(at) && (at.body as Node[]).includes(child)) return at;
  }
  return null;
}

export function isFunction(node: Node): node is FunctionDef {
  return node.nodeType === 'FunctionDef' || node.nodeType === 'AsyncFunctionDef';
}
