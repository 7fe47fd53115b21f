import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import type { JsModule, JsNode } from './parseJs.ts';

/** A function in any of its forms. */
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

/** Whether a node is a function; a method is one in its `value`. */
export function isFunction(node: JsNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** Where a function is used by its name. */
export function namesOf(module: JsModule, node: FunctionNode): JsNode[] {
  const holder = node.type === 'FunctionDeclaration' ? node : module.parents.get(node);
  if (holder?.type !== 'FunctionDeclaration' && holder?.type !== 'VariableDeclarator') return [];
  const variable = module.scopes.getDeclaredVariables(holder)[0] as Variable | undefined;
  return (variable?.references ?? [])
    .filter((reference) => !reference.init)
    .map(({ identifier }) => identifier);
}
