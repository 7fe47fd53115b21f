import type { Node, NodeList } from '../nunjucks.ts';
import {
  type AssignNode,
  type AttributeNode,
  type BlockNode,
  childrenOf,
  type FromImportNode,
  type ImportNode,
  type MacroNode,
  type SymbolNode,
} from '../syntax/nodes.ts';

/** Bodies that belong to the scope that they are in. */
const TRANSPARENT: ReadonlySet<string> = new Set(['NodeList', 'If', 'Switch', 'Case', 'Root']);

/** The names that are set in a scope itself, and not in one within it. */
export function storedNames(nodes: readonly (Node | null)[], found: Set<string> = new Set()): Set<string> {
  for (const node of nodes) {
    if (!node) continue;
    switch (node.typename) {
      case 'Assign':
      case 'AssignBlock':
        targetNames((node as AssignNode).target, found);
        break;
      case 'MacroBlock':
        found.add((node as MacroNode).name);
        break;
      case 'ImportTag':
        found.add((node as ImportNode).target);
        break;
      case 'FromImportTag':
        for (const [, alias] of (node as FromImportNode).names) found.add(alias);
        break;
      default:
        if (TRANSPARENT.has(node.typename)) storedNames(childrenOf(node), found);
    }
  }
  return found;
}

/** The names in the target of an assignment, or of a loop. */
export function targetNames(target: Node, found: Set<string> = new Set()): Set<string> {
  if (target.typename === 'Symbol') found.add((target as SymbolNode).value);
  else if (target.typename !== 'NamespaceTarget') {
    for (const part of (target as NodeList).children) targetNames(part, found);
  }
  return found;
}

/** Whether anything at or below these nodes holds. */
export function some(nodes: readonly (Node | null)[], holds: (node: Node) => boolean): boolean {
  return nodes.some((node) => node !== null && (holds(node) || some(childrenOf(node), holds)));
}

export function usesName(nodes: readonly (Node | null)[], name: string): boolean {
  return some(nodes, (node) => node.typename === 'Symbol' && (node as SymbolNode).value === name);
}

/** Tags that show the names around them to another template or block. */
const SHOWING: ReadonlySet<string> = new Set(['IncludeTag', 'ImportTag', 'FromImportTag', 'BlockTag']);

/** Whether `loop` can be seen from within a body. As in Jinja, an included template alone is no reason. */
export function needsLoop(nodes: readonly (Node | null)[]): boolean {
  return (
    usesName(nodes, 'loop') ||
    some(nodes, (node) => node.typename === 'BlockTag' && (node as BlockNode).isScoped)
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
