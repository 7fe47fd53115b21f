import type { Node } from '../nunjucks.ts';
import { type AttributeNode, childrenOf, type SymbolNode } from '../syntax/nodes.ts';

/** Whether anything at or below these nodes holds. */
export function some(nodes: readonly (Node | null)[], holds: (node: Node) => boolean): boolean {
  return nodes.some((node) => node !== null && (holds(node) || some(childrenOf(node), holds)));
}

/** Whether a macro, or the body of a call, has a name in it. */
export function isInMacro(nodes: readonly (Node | null)[], name: string): boolean {
  const isName = (node: Node): boolean => node.typename === 'Symbol' && (node as SymbolNode).value === name;
  return some(nodes, (node) => /^(Macro|Call)Block$/.test(node.typename) && some([node], isName));
}

/** Tags that may show the names around them to another template or block. */
const SHOWING: ReadonlySet<string> = new Set(['IncludeTag', 'ImportTag', 'FromImportTag', 'BlockTag']);

/** What is known of a loop without knowing what is to come. */
const LOOKING_BACK: ReadonlySet<string> = new Set([
  'index',
  'index0',
  'first',
  'cycle',
  'changed',
  'depth',
  'depth0',
]);

/** Whether all that is asked of `loop` can be answered while the items come in. */
export function looksBackOnly(nodes: readonly (Node | null)[]): boolean {
  return !some(nodes, (node) => {
    if (SHOWING.has(node.typename)) return true;
    return childrenOf(node).some((child) => isLoop(child) && !isLookingBack(node));
  });
}

function isLoop(node: Node): boolean {
  return node.typename === 'Symbol' && (node as SymbolNode).value === 'loop';
}

function isLookingBack(node: Node): boolean {
  return node.typename === 'Attribute' && LOOKING_BACK.has((node as AttributeNode).name);
}
