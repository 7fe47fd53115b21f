import type { Node, NodeList } from '../nunjucks.ts';
import { childrenOf, type FilterNode, type PairNode, type SymbolNode } from '../syntax/nodes.ts';

/** The nodes right below one, without those that are names of filters or of arguments: in what is left, a symbol is a variable. */
export function partsOf(node: Node): Node[] {
  switch (node.typename) {
    case 'Filter':
      return [(node as FilterNode).args];
    case 'KeywordArgs':
      return (node as NodeList).children.map((child) =>
        child.typename === 'Pair' ? (child as PairNode).value : child,
      );
    default:
      return childrenOf(node);
  }
}

/** The names in the target of an assignment, or of a loop. */
export function targetNames(target: Node): string[] {
  if (target.typename === 'Symbol') return [(target as SymbolNode).value];
  return target.typename === 'NamespaceTarget' ? [] : (target as NodeList).children.flatMap(targetNames);
}
