import type { Node } from '../nunjucks.ts';
import {
  type AttributeNode,
  type BlockNode,
  childrenOf,
  type IncludeNode,
  type SymbolNode,
} from '../syntax/nodes.ts';
import { isReadFirst } from './readFirst.ts';

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

/** Whether any names but those of the context are shown to another template or block. */
export function showsNames(nodes: readonly (Node | null)[]): boolean {
  return some(nodes, (node) => {
    if (node.typename === 'BlockTag') return (node as BlockNode).isScoped;
    return SHOWING.has(node.typename) && (node as IncludeNode).withContext;
  });
}

/** Whether `loop` can be seen from within a loop. As in Jinja, an included template alone is no reason. */
export function needsLoop(body: Node, else_: Node | null): boolean {
  return (
    isReadFirst([body], 'loop') ||
    some([body, else_], (node) => node.typename === 'BlockTag' && (node as BlockNode).isScoped)
  );
}

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
