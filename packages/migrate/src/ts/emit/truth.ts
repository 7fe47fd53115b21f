import type { Expression } from '../../python/tree.ts';
import { binary, call, type Js, js, LEVEL, member, primary, unary, wrap } from '../js.ts';
import { type ClassInfo, methodOf } from '../program.ts';
import { isMap, isRecord } from '../types/print.ts';
import type { Atom } from '../types/type.ts';
import { castAny } from './elements.ts';
import type { Emitter } from './emitter.ts';

/** How JavaScript finds out whether a value is true in Python: by itself, by its size, or by asking a helper. */
export type Truth = 'itself' | 'length' | 'size' | 'keys' | 'helper';

/** What JavaScript tests as Python does. */
export function truthOf(e: Emitter, node: Expression): Truth {
  const type = e.type(node);
  const atoms = type.atoms.filter(({ key }) => key !== 'none');
  if (atoms.length === 0) return type.isOptional ? 'itself' : 'helper';
  const kinds = new Set(atoms.map(truthOfAtom));
  return kinds.size === 1 ? ([...kinds][0] as Truth) : 'helper';
}

function truthOfAtom(atom: Atom): Truth {
  switch (atom.kind) {
    case 'plain':
      return atom.key === 'any' ? 'helper' : atom.key === 'bytes' ? 'length' : 'itself';
    case 'list':
    case 'tuple':
      return 'length';
    case 'set':
      return 'size';
    case 'dict':
      if (isRecord(atom.cell) && [...atom.cell.fields.keys()].some((name) => !atom.cell.isOptional(name)))
        return 'itself';
      return isMap(atom.cell) ? 'size' : 'keys';
    case 'instance': {
      const owner = atom.owner as ClassInfo | null;
      if (owner) return methodOf(owner, '__len__') || methodOf(owner, '__bool__') ? 'helper' : 'itself';
      if (atom.name === 'microdot.MultiDict') return 'size';
      return /^microdot\.(SessionDict|Cookies)$/.test(atom.name) ? 'keys' : 'itself';
    }
    default:
      return 'itself';
  }
}

/** A value as JavaScript's `if` needs it. */
export function truth(e: Emitter, node: Expression, isNegated: boolean): Js {
  const how = truthOf(e, node);
  const negate = (value: Js) => (isNegated ? unary('!', value) : value);
  if (how === 'itself') {
    e.isTest = node.nodeType === 'Call' && e.type(node).has('instance re.Match');
    const value = e.expression(node, true);
    // What gives nothing is `void` here, which is not to be asked for.
    return negate(node.nodeType === 'Call' && e.type(node).is('none') ? castAny(value) : value);
  }
  if (how === 'helper') return negate(call(e.py('truthy'), [e.expression(node, true)]));
  if (e.isMaybeNull(node)) {
    const value = e.expression(node, true);
    if (how === 'keys') return negate(call(e.py('truthy'), [value]));
    return negate(primary([wrap(value, LEVEL.primary), '?.', how]));
  }
  const size = sizeOf(e, node, how);
  return binary(
    isNegated ? '===' : '>',
    size,
    js('0', LEVEL.primary),
    isNegated ? LEVEL.equal : LEVEL.compare,
  );
}

/** `len()` of something whose size is known to be found so. */
function sizeOf(e: Emitter, node: Expression, how: Truth): Js {
  const value = e.present(node);
  return how === 'keys' ? member(call(primary('Object.keys'), [value]), 'length') : member(value, how);
}
