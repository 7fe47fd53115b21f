import type { With } from '../../python/tree.ts';
import { type Doc, HARD } from '../doc.ts';
import { block, call, member } from '../js.ts';
import { blockOf } from './control.ts';
import { boundIn } from './targets.ts';
import type { Writer } from './writer.ts';

export function emitWith(w: Writer, node: With): Doc[] {
  const { e } = w;
  const [item, ...more] = node.items;
  if (!item || more.length > 0) return e.refuse();
  const type = e.type(item.context_expr);
  const value = e.expression(item.context_expr);
  if (type.has('instance asyncio.Lock')) {
    return [
      [
        ['await ', call(member(value, 'acquire'), []).doc, ';'],
        HARD,
        'try ',
        blockOf(w, node.body, node.end),
        ' finally ',
        block([[call(member(value, 'release'), []).doc, ';']]),
      ],
    ];
  }
  if (!type.has('instance io.TextFile') && !type.has('instance io.BinaryFile')) return e.refuse();
  const target = item.optional_vars;
  const name = target?.nodeType === 'Name' ? e.names.get(target.id) : 'file';
  const keyword = target ? w.declarations.keyword(node, boundIn(e, target)) : 'const ';
  const assigned: Doc = [keyword === 'mixed' ? '' : keyword, name, ' = ', value.doc, ';'];
  const isShared = !target || boundIn(e, target).some(({ definitions }) => definitions.length > 1);
  // Another `with` may have a file of the same name.
  if (isShared && keyword !== '') {
    const inner: Doc[] = [
      assigned,
      ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])],
    ];
    return [block(inner)];
  }
  return [assigned, ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])]];
}
