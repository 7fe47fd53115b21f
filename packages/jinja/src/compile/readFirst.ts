import type { Node } from '../nunjucks.ts';
import type {
  AssignBlockNode,
  AssignNode,
  CallBlockNode,
  ForNode,
  MacroNode,
  SymbolNode,
  WithNode,
} from '../syntax/nodes.ts';
import { partsOf, targetNames } from './parts.ts';

type Use = 'read' | 'stored' | undefined;
type Nodes = readonly (Node | null)[];

/**
 * Whether a name is read before it is stored, here or in a scope within, but for blocks: then `loop`, `caller`, `self` and the like
 * are what Jinja gives under these names. It looks at a target before the value, as Jinja does here.
 */
export function isReadFirst(nodes: Nodes, name: string): boolean {
  return firstUse(nodes, name) === 'read';
}

function firstUse(nodes: Nodes, name: string): Use {
  for (const node of nodes) {
    const use = node && useIn(node, name);
    if (use) return use;
  }
  return undefined;
}

function useIn(node: Node, name: string): Use {
  switch (node.typename) {
    case 'Symbol':
      return (node as SymbolNode).value === name ? 'read' : undefined;
    case 'BlockTag':
    case 'NamespaceTarget':
      return undefined;
    case 'Assign': {
      const { target, value } = node as AssignNode;
      return stored(targetNames(target), name) ?? useIn(value, name);
    }
    case 'AssignBlock': {
      const { target, filter, body } = node as AssignBlockNode;
      return stored(targetNames(target), name) ?? firstUse([filter, body], name);
    }
    case 'ForLoop': {
      const { target, iter, filter, body, else_ } = node as ForNode;
      return stored(targetNames(target), name) ?? firstUse([iter, body, else_, filter], name);
    }
    case 'With': {
      const { targets, values, body } = node as WithNode;
      return stored(targets.flatMap(targetNames), name) ?? firstUse([...values, body], name);
    }
    case 'CallBlock':
    case 'MacroBlock': {
      const { call = null, params, defaults, body } = node as MacroNode & Partial<CallBlockNode>;
      return firstUse([call], name) ?? stored(params, name) ?? firstUse([...defaults, body], name);
    }
    default:
      return firstUse(partsOf(node), name);
  }
}

function stored(names: readonly string[], name: string): Use {
  return names.includes(name) ? 'stored' : undefined;
}
