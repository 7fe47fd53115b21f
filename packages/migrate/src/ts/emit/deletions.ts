import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, member } from '../js.ts';
import type { Emitter } from './emitter.ts';
import { emitSplice } from './subscripts.ts';

export function emitDelete(e: Emitter, target: Expression): Doc {
  if (target.nodeType === 'Subscript') {
    if (target.slice.nodeType === 'Slice') return [emitSplice(e, target, undefined).doc, ';'];
    const atom = e.type(target.value).single;
    if (atom?.kind === 'instance' && /Headers$/.test(atom.name))
      return [call(member(e.present(target.value), 'delete'), [e.expression(target.slice)]).doc, ';'];
    return [call(e.py('delItem'), [e.present(target.value), e.expression(target.slice)]).doc, ';'];
  }
  if (target.nodeType === 'Attribute')
    return ['delete (', member(e.present(target.value), e.names.get(target.attr)).doc, ' as any);'];
  return e.refuse();
}
