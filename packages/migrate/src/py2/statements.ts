import type { Node, Statement } from '../python/tree.ts';
import type { FileContext } from './context.ts';

/** Whether nothing else but a comment stands on the lines of a statement. */
export function isAloneOnLine(context: FileContext, statement: Statement): boolean {
  const { source, module } = context;
  const before = source.slice(module.lines.lineStart(statement.start), statement.start);
  const after = source.slice(statement.end, module.lines.lineEnd(statement.end));
  return /^\ufeff?[ \t\f]*$/.test(before) && /^[ \t\f]*(?:#.*)?(?:\r\n|\r|\n)?$/.test(after);
}

/** The statements among which a statement stands. */
export function blockOf(statement: Statement): Statement[] {
  const holder = statement.parent as unknown as Record<string, unknown> | null;
  for (const field of ['body', 'orelse', 'finalbody']) {
    const block = holder?.[field];
    if (Array.isArray(block) && block.includes(statement)) return block as Statement[];
  }
  return [statement];
}

/** Takes out the statements that are to go; where none is left, `pass` stands in. */
export function removeStatements(context: FileContext): void {
  const { removed, source, module } = context;
  for (const [statement, rule] of removed) {
    const block = blockOf(statement);
    const index = block.indexOf(statement);
    const isEmptied = statement.parent?.nodeType !== 'Module' && block.every((each) => removed.has(each));
    if (isEmptied && index === 0) {
      context.replace(rule, statement, 'pass');
      continue;
    }
    if (isAloneOnLine(context, statement)) {
      const start = module.lines.lineStart(statement.start);
      const end = module.lines.lineEnd(statement.end);
      const isMarked = start === 0 && source.startsWith('\ufeff');
      context.replace(rule, { start: isMarked ? 1 : start, end }, '');
      continue;
    }
    const next = block[index + 1];
    const previous = block[index - 1];
    const isOnLine = (other: Node | undefined) =>
      other !== undefined &&
      !/[\r\n]/.test(
        source.slice(Math.min(other.end, statement.end), Math.max(other.start, statement.start)),
      );
    if (next !== undefined && isOnLine(next))
      context.replace(rule, { start: statement.start, end: next.start }, '');
    else if (previous !== undefined && isOnLine(previous) && !removed.has(previous)) {
      context.replace(rule, { start: previous.end, end: statement.end }, '');
    } else context.replace(rule, statement, 'pass');
  }
}

/** The statement that a node is in. */
export function statementOf(node: Node): Statement {
  let at = node;
  while (at.parent !== null && !isStatement(at)) at = at.parent;
  return at as Statement;
}

function isStatement(node: Node): boolean {
  const parent = node.parent as unknown as Record<string, unknown> | null;
  if (parent === null) return false;
  return ['body', 'orelse', 'finalbody'].some((field) => {
    const block = parent[field];
    return Array.isArray(block) && block.includes(node);
  });
}
