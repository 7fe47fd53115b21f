import { noteFate, noteMissing } from '../fates.ts';
import { nameRange } from '../nameRange.ts';
import type { OldModule, OldName } from '../names.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Container, Item } from '../uses.ts';

/** Names that are called otherwise: `send_file` is `sendFile`, `withWebsocket` is `withWebSocket`. */
export const names: JsRule = {
  name: 'names',
  apply(context: JsContext): void {
    const { uses } = context;
    for (const container of uses.containers) {
      for (const item of container.items) renameItem(context, container, item);
    }
    for (const { item, node, old, module } of uses.uses) {
      const range = item ? undefined : nameRange(context.module, node);
      if (range) renameMember(context, range, old, module);
    }
    for (const { node, name, module } of uses.unknown) {
      noteMissing(context.changes, node.range[0], name, module.package);
    }
  },
};

function renameItem(context: JsContext, { kind, specifier }: Container, item: Item): void {
  const { changes, imports } = context;
  const { old, imported } = item;
  const at = item.node.range[0];
  if (!old) noteMissing(context.changes, at, imported, specifier.module.package);
  else if (old.rewrittenBy !== undefined) {
    if (kind === 'export') changes.note(at, 'names', `2.x has no ${imported} to export.`, old.rewrittenBy);
  } else {
    if (old.name !== undefined) imports.rename(item, old.name, 'names');
    noteFate(context.changes, at, imported, old, specifier.module);
  }
}

/** `microdot.send_file`, `microdot['send_file']` */
function renameMember(context: JsContext, range: [number, number], old: OldName, home: OldModule): void {
  const written = context.module.source.slice(...range);
  const quote = /^['"`]/.exec(written)?.[0] ?? '';
  if (old.name !== undefined) context.changes.replace(...range, quote + old.name + quote, 'names');
  if (old.rewrittenBy === undefined) noteFate(context.changes, range[0], written, old, home);
}
