import type { OffsetOf } from './columns.ts';
import { eachChild } from './fields.ts';
import type { Constant, Node } from './tree.ts';

/** A node as the parser makes it. */
interface Parsed {
  lineno?: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  quote_style?: string;
}

/** What walks a tree calls itself for every level: deeper ones would exhaust its stack, somewhere. CPython has such limits too. */
const DEEPEST = 700;

/**
 * Gives a node, and all below it, `start`, `end` and `parent`, and its constants their `type`.
 *
 * @throws RangeError when they nest too deep for what comes afterwards.
 */
export function locate(node: Node, parent: Node | null, offsetOf: OffsetOf, source: string, depth = 0): void {
  if (depth > DEEPEST) throw new RangeError('The tree is too deep.');
  const parsed = node as unknown as Parsed;
  const isPlaced = parsed.lineno !== undefined;
  node.start = isPlaced ? offsetOf(parsed.lineno as number, parsed.col_offset) : Number.MAX_SAFE_INTEGER;
  node.end = isPlaced ? offsetOf(parsed.end_lineno, parsed.end_col_offset) : -1;
  node.parent = parent;
  if (node.nodeType === 'Constant') typeConstant(node, parsed.quote_style, source);
  else if (node.nodeType === 'Name') node.binding = null;
  eachChild(node, (child) => locate(child, node, offsetOf, source, depth + 1));
  if (!isPlaced) coverChildren(node, parent);
}

// Parameters, comprehensions and the like have no place of their own.
function coverChildren(node: Node, parent: Node | null): void {
  eachChild(node, (child) => {
    node.start = Math.min(node.start, child.start);
    node.end = Math.max(node.end, child.end);
  });
  if (node.end === -1) node.start = node.end = parent?.start ?? 0;
}

function typeConstant(node: Constant, quotes: string | undefined, source: string): void {
  const { value } = node;
  const text = () => source.slice(node.start, node.end);
  if (typeof value === 'boolean') node.type = 'bool';
  else if (value === null) node.type = 'none';
  else if (typeof value === 'bigint') node.type = 'int';
  else if (typeof value === 'number') node.type = /^(?!0[xX]).*[.eE]/.test(text()) ? 'float' : 'int';
  else if (typeof value !== 'string') Object.assign(node, { type: 'complex', value: text() });
  else if (quotes !== undefined) node.type = /b/i.test(quotes) ? 'bytes' : 'str';
  else node.type = text() === '...' && node.parent?.nodeType !== 'JoinedStr' ? 'ellipsis' : 'str';
}
