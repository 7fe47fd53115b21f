import type { Expression, Node } from '../../python/tree.ts';

/** The expressions that are not `None` where a test has come out so, by their text. */
export function factsOf(source: (node: Node) => string, node: Expression, outcome: boolean): string[] {
  if (node.nodeType === 'UnaryOp' && node.op.nodeType === 'Not')
    return factsOf(source, node.operand, !outcome);
  if (node.nodeType === 'BoolOp') {
    // All of an `and` hold where it holds; none of an `or` where it does not.
    return (node.op.nodeType === 'And') === outcome
      ? node.values.flatMap((value) => factsOf(source, value, outcome))
      : [];
  }
  if (node.nodeType === 'Compare' && node.ops.length === 1) {
    const [right] = node.comparators;
    const operator = node.ops[0]?.nodeType;
    const isNone = right?.nodeType === 'Constant' && right.type === 'none';
    if (isNone && (operator === 'IsNot' || operator === 'NotEq') === outcome && operator !== 'In')
      return [source(node.left)];
    if (!isNone && operator === 'Eq' && outcome) return [source(node.left)];
    return [];
  }
  if (node.nodeType === 'NamedExpr') return outcome ? [source(node.target)] : [];
  return outcome && (node.nodeType === 'Name' || node.nodeType === 'Attribute') ? [source(node)] : [];
}
