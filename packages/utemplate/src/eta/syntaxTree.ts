import { type AnyNode, type Node, parse } from 'acorn';

/** A node with what is around it. */
export interface Visited {
  readonly node: AnyNode;
  readonly parent: AnyNode;
  /** The functions of the template that it is in: a `yield` can be where there are none. */
  readonly depth: number;
  /** Whether it is one of several statements in a row, so that another may be put before it. */
  readonly isInList: boolean;
}

/** @throws SyntaxError of acorn, with `pos`. */
export function parseFunction(code: string): AnyNode {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'script' });
  const [statement] = program.body;
  return statement?.type === 'FunctionDeclaration' ? statement.body : program;
}

/** Calls a function for every node, those around others first. */
export function visit(root: AnyNode, use: (visited: Visited) => void): void {
  const go = (node: AnyNode, parent: AnyNode, depth: number, isInList: boolean): void => {
    use({ node, parent, depth, isInList });
    const inner = depth + (isFunction(node) ? 1 : 0);
    for (const [key, value] of Object.entries(node)) {
      const isList = Array.isArray(value) && isStatements(node, key);
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) go(child, node, inner, isList);
      }
    }
  };
  go(root, root, 0, false);
}

function isStatements({ type }: AnyNode, key: string): boolean {
  return /^(?:Program|BlockStatement)$/.test(type)
    ? key === 'body'
    : type === 'SwitchCase' && key === 'consequent';
}

export function isFunction({ type }: AnyNode): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);
}

export function isAwait(node: AnyNode): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}

/** Whether something waits, and not only in a function within it. */
export function hasAwait(node: AnyNode): boolean {
  let found = false;
  visit(node, ({ node, depth }) => {
    if (isAwait(node) && depth === 0) found = true;
  });
  return found;
}

/** What goes round and round, and its body. */
export function loopBody(node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.body;
    default:
      return undefined;
  }
}

/** Whether a name stands for what it says, and not for a property or a key. */
export function isReference({ node, parent }: Visited, name: string): boolean {
  if (node.type !== 'Identifier' || node.name !== name) return false;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent.type === 'Property') return parent.value === node || parent.computed || parent.shorthand;
  return true;
}

function isNode(value: unknown): value is AnyNode {
  return typeof (value as Partial<Node> | null)?.type === 'string';
}
