import type { Expression } from '../../python/tree.ts';
import type { Emitter } from './emitter.ts';

/** The expressions that are not `None` where a test has come out so, by their text. */
export function factsOf(e: Emitter, node: Expression, outcome: boolean): string[] {
  if (node.nodeType === 'UnaryOp' && node.op.nodeType === 'Not') return factsOf(e, node.operand, !outcome);
  if (node.nodeType === 'BoolOp') {
    // All of an `and` hold where it holds; none of an `or` where it does not.
    return (node.op.nodeType === 'And') === outcome
      ? node.values.flatMap((value) => factsOf(e, value, outcome))
      : [];
  }
  if (node.nodeType === 'Compare' && node.ops.length === 1) {
    const [right] = node.comparators;
    const operator = node.ops[0]?.nodeType;
    const isNone = right?.nodeType === 'Constant' && right.type === 'none';
    if (isNone && (operator === 'IsNot' || operator === 'NotEq') === outcome && operator !== 'In')
      return [e.source(node.left)];
    if (!isNone && operator === 'Eq' && outcome) return [e.source(node.left)];
    return [];
  }
  if (node.nodeType === 'NamedExpr') return outcome ? [e.source(node.target)] : [];
  return outcome && (node.nodeType === 'Name' || node.nodeType === 'Attribute') ? [e.source(node)] : [];
}

/** What is written knowing how a test has come out. */
export function narrowedBy<T>(e: Emitter, node: Expression, outcome: boolean, write: () => T): T {
  const before = e.narrowed;
  e.narrowed = new Set([...before, ...factsOf(e, node, outcome)]);
  try {
    return write();
  } finally {
    e.narrowed = before;
  }
}
