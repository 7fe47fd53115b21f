import { nameRange } from '../nameRange.ts';
import { newExports } from '../newExports.ts';
import type { JsContext, JsRule } from '../rule.ts';

/** Names that are called otherwise: `send_file` is `sendFile`, `withWebsocket` is `withWebSocket`. */
export const names: JsRule = {
  name: 'names',
  apply({ uses, imports, changes, module }: JsContext): void {
    for (const { items, node, kind } of uses.containers) {
      for (const item of items) {
        const { old } = item;
        if (old?.name !== undefined) imports.rename(item, old.name, 'names');
        if (old?.note !== undefined)
          changes.note(
            item.node.range[0],
            'names',
            said(item.imported, old.note, old.name),
            'names-that-are-gone',
          );
        if (old?.rewrittenBy !== undefined && kind === 'export') {
          changes.note(node.range[0], 'names', `2.x has no ${item.imported} to export.`, old.rewrittenBy);
        }
        if (!old)
          unknown(changes, item.node.range[0], item.imported, item.container.specifier.module.package);
      }
    }
    for (const use of uses.uses) {
      if (use.item) continue;
      const { name, note } = use.old;
      const range = nameRange(module, use.node);
      if (!range) continue;
      const written = module.source.slice(...range);
      const quote = /^['"`]/.exec(written)?.[0] ?? '';
      if (name !== undefined) changes.replace(...range, quote + name + quote, 'names');
      if (note !== undefined)
        changes.note(range[0], 'names', said(written, note, name), 'names-that-are-gone');
    }
    for (const { node, name, module: old } of uses.unknown)
      unknown(changes, node.range[0], name, old.package);
  },
};

function said(name: string, note: string, newName: string | undefined): string {
  return newName === undefined ? `2.x has no ${name}. ${note}` : note;
}

function unknown(changes: JsContext['changes'], at: number, name: string, home: string | undefined): void {
  const known = home === undefined ? undefined : newExports[home];
  if (!known || known.has(name)) return;
  changes.note(at, 'names', `${home} exports no ${name}.`, 'names-that-are-gone');
}
