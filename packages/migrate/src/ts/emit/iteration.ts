import type { Expression } from '../../python/tree.ts';
import { call, type Js, member, primary } from '../js.ts';
import type { ClassInfo } from '../program.ts';
import { isMap } from '../types/print.ts';
import type { Emitter } from './emitter.ts';

/** Something that `for (... of ...)` goes through as Python's `for` does. */
export function iterable(e: Emitter, node: Expression): Js {
  const atom = e.type(node).single;
  const value = () => e.present(node);
  switch (atom?.kind) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'iterator':
    case 'asyncIterator':
      return value();
    case 'dict':
      return isMap(atom.cell) ? call(member(value(), 'keys'), []) : call(primary('Object.keys'), [value()]);
    case 'plain':
      if (atom.key === 'str' || atom.key === 'bytes') return value();
      break;
    case 'instance':
      if (
        atom.name === 'microdot.WebSocket' ||
        atom.name === 'io.TextFile' ||
        atom.name === 'io.StringIO' ||
        atom.owner
      )
        return value();
      if (atom.name === 'microdot.MultiDict') return call(member(value(), 'keys'), []);
      if (atom.name === 'microdot.Cookies' || atom.name === 'microdot.SessionDict')
        return call(primary('Object.keys'), [value()]);
      break;
    case 'named':
      if ((atom.owner as ClassInfo | null)?.kind === 'class') return call(member(value(), 'members'), []);
      break;
    default:
  }
  const isList =
    node.nodeType === 'Call' &&
    node.func.nodeType === 'Attribute' &&
    /^(items|keys|values|split)$/.test(node.func.attr);
  if (isList && (!atom || atom.key === 'any')) return value();
  return call(e.py('iterate'), [value()]);
}

/** The same, as an array. */
export function arrayFrom(e: Emitter, node: Expression): Js {
  const atom = e.type(node).single;
  if (atom?.kind === 'list' || atom?.kind === 'tuple') return e.present(node);
  const items = iterable(e, node);
  const isArray = atom?.kind === 'dict' && !isMap(atom.cell);
  return isArray || isKnownArray(e, node) ? items : spread(items);
}

/** True of calls that give an array here, where Python's give an iterator. */
export function isKnownArray(e: Emitter, node: Expression): boolean {
  if (node.nodeType === 'GeneratorExp') return true;
  if (node.nodeType === 'Call' && isEntries(e, node)) return false;
  if (node.nodeType !== 'Call') return e.type(node).isAny;
  const atom = e.type(node.func).single;
  if (atom?.kind === 'named' && !atom.owner)
    return /^builtins\.(range|zip|map|filter|enumerate|reversed|sorted|list|tuple)$/.test(atom.name);
  if (node.func.nodeType !== 'Attribute') return e.type(node).isAny;
  const self = e.type(node.func.value).single;
  return self?.kind === 'dict' ? !isMap(self.cell) : e.type(node).isAny;
}

export function spread(items: Js): Js {
  return primary(['[...', items.doc, ']']);
}

/** `enumerate(items)` is `items.entries()`, which is no array; with a start it is one. */
function isEntries(e: Emitter, node: Extract<Expression, { nodeType: 'Call' }>): boolean {
  const atom = e.type(node.func).single;
  return (
    atom?.kind === 'named' &&
    atom.name === 'builtins.enumerate' &&
    node.args.length + node.keywords.length === 1
  );
}
