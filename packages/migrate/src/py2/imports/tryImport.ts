import { applyEdits } from '../../edit/apply.ts';
import type { Edit } from '../../edit/edit.ts';
import { factsOf } from '../../flow/facts.ts';
import type { Statement, Try } from '../../python/tree.ts';
import type { FileContext } from '../context.ts';

const RULE = 'try-import';

/**
 * `try: from microdot_asyncio import ...` with `except ImportError: from microdot import ...` chooses between two modules
 * that are one in 2.x: where both branches have become the same, one is left.
 */
export function joinTryImports(context: FileContext): void {
  for (const node of factsOf(context.module).tries) {
    const [handler] = node.handlers;
    if (handler === undefined || node.handlers.length > 1 || node.orelse.length + node.finalbody.length > 0)
      continue;
    if (!isOfImports(node.body) || !isOfImports(handler.body)) continue;
    const inside = context.edits.filter((edit) => edit.start >= node.start && edit.end <= node.end);
    if (inside.length === 0) continue;
    const indentation = context.module.lines.indentation(node.start);
    const texts = (body: Statement[]) =>
      body.flatMap((each) => {
        // What a statement has become may be several, each on a line of its own.
        const own = context.newline + context.module.lines.indentation(each.start);
        return edited(context, each, inside).replaceAll(own, context.newline + indentation);
      });
    const body = texts(node.body);
    if (body.join('\n') !== texts(handler.body).join('\n')) continue;
    for (const edit of inside) context.edits.splice(context.edits.indexOf(edit), 1);
    for (const each of [...node.body, ...handler.body]) context.removed.delete(each);
    context.replace(RULE, node, body.join(context.newline + indentation));
  }
}

function isOfImports(body: Try['body']): boolean {
  return body.every(({ nodeType }) => nodeType === 'Import' || nodeType === 'ImportFrom');
}

function edited(context: FileContext, node: Statement, edits: readonly Edit[]): string {
  const own = edits.filter((edit) => edit.start >= node.start && edit.end <= node.end);
  const shifted = own.map((edit) => ({
    ...edit,
    start: edit.start - node.start,
    end: edit.end - node.start,
  }));
  return applyEdits(context.text(node), shifted);
}
