import { noteFate, noteMissing } from '../fates.ts';
import { nameRange } from '../nameRange.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Specifier } from '../specifiers.ts';
import type { Container, Item, Use } from '../uses.ts';

/** Names that are called otherwise: `send_file` is `sendFile`, `withWebsocket` is `withWebSocket`. */
export const names: JsRule = {
  name: 'names',
  apply(context: JsContext): void {
    const { uses } = context;
    for (const container of uses.containers) {
      for (const item of container.items) renameItem(context, container, item);
    }
    for (const use of uses.uses) if (!use.item) renameMember(context, use);
    for (const specifier of uses.specifiers) noteAll(context, specifier);
    for (const { node, name, specifier } of uses.unknown) {
      noteMissing(context.changes, node.range[0], name, specifier.module.package);
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

/** `microdot.send_file`, `microdot['send_file']`; what another package has is imported from there. */
function renameMember(context: JsContext, { node, old, specifier }: Use): void {
  const { changes, homes, imports, module } = context;
  const range = nameRange(module, node);
  if (!range) return;
  const written = module.source.slice(...range);
  const quote = /^['"`]/.exec(written)?.[0] ?? '';
  const home = homes.get(specifier) ?? specifier.module.package;
  const isElsewhere = old.package !== undefined && old.package !== home;
  if (old.name !== undefined && isElsewhere && /^(?:MemberExpression|TSQualifiedName)$/.test(node.type)) {
    changes.replace(...node.range, imports.addStatement(old.name, old.package, 'names'), 'names');
  } else if (old.name !== undefined) changes.replace(...range, quote + old.name + quote, 'names');
  if (old.rewrittenBy === undefined) noteFate(changes, range[0], written, old, specifier.module);
}

/** `export * from 'microdot'`: who imports from here is not followed. */
function noteAll({ changes }: JsContext, { owner, module, node }: Specifier): void {
  if (owner.type !== 'ExportAllDeclaration' || module.package === undefined) return;
  const changed = Object.entries(module.names).filter(([key, { name }]) => name !== key);
  if (changed.length === 0) return;
  const names = changed
    .map(([key, { name }]) => (name === undefined ? key : `${key} (${name} now)`))
    .join(', ');
  const message = `Files that import from here find other names: ${names}.`;
  changes.note(node.range[0], 'names', message, 'modules-and-names');
}
