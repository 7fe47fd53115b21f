import type { Node } from '../nunjucks.ts';
import type {
  AttributeNode,
  CallNode,
  FilterNode,
  ItemNode,
  SymbolNode,
  ValueNode,
} from '../syntax/nodes.ts';
import { quote } from './writer.ts';

/** An expression as a reader of the template knows it, for messages. */
export function describe(node: Node): string {
  switch (node.typename) {
    case 'Symbol':
      return (node as SymbolNode).value;
    case 'Attribute':
      return `${describe((node as AttributeNode).target)}.${(node as AttributeNode).name}`;
    case 'Item': {
      const { target, index } = node as ItemNode;
      return `${describe(target)}[${index.typename === 'Literal' ? describeKey((index as ValueNode<unknown>).value) : '...'}]`;
    }
    case 'FunCall':
      return `${describe((node as CallNode).name)}(...)`;
    case 'Filter':
      return `...|${(node as FilterNode).name.value}`;
    default:
      return 'the value';
  }
}

function describeKey(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(value);
}
