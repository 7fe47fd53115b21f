import type { Attribute, Expression, Subscript } from '../../python/tree.ts';
import type { ClassInfo } from '../program.ts';
import { listOf, Type } from '../types/type.ts';
import type { Inference, Place } from './infer.ts';

/** Lets a value flow into what is assigned to. */
export function bindTarget(infer: Inference, target: Expression, type: Type, place: Place): void {
  switch (target.nodeType) {
    case 'Name': {
      const found = infer.program.resolve(place.module, target);
      if (found) infer.program.bindingType(found.binding).take(type);
      infer.program.typeOf(target).take(type);
      return;
    }
    case 'Tuple':
    case 'List':
      unpack(infer, target.elts, type, place);
      return;
    case 'Starred':
      bindTarget(infer, target.value, type, place);
      return;
    case 'Attribute':
      setAttribute(infer, target, type, place);
      return;
    case 'Subscript':
      setItem(infer, target, type, place);
      return;
    default:
  }
}

function unpack(infer: Inference, targets: readonly Expression[], type: Type, place: Place): void {
  const starAt = targets.findIndex(({ nodeType }) => nodeType === 'Starred');
  for (const atom of type.atoms) {
    const items = atom.kind === 'tuple' ? atom.items : atom.kind === 'list' ? atom.cell.shape : null;
    if (items && starAt < 0 && items.length === targets.length) {
      for (const [i, target] of targets.entries()) bindTarget(infer, target, items[i] as Type, place);
      continue;
    }
    const item = infer.elements(Type.of(atom));
    targets.forEach((target, i) => {
      const isStar = i === starAt;
      const value = isStar ? restOf(infer, target, item) : item;
      bindTarget(infer, target, value, place);
    });
  }
}

function restOf(infer: Inference, target: Expression, item: Type): Type {
  const type = infer.once(target, 'rest', () => listOf(new Type()));
  type.atom('list')?.cell.elem.take(item);
  return type;
}

function setAttribute(infer: Inference, target: Attribute, type: Type, place: Place): void {
  for (const atom of infer.expression(target.value, place).atoms) {
    if (atom.kind === 'instance' && atom.name === 'microdot.G')
      fieldOf(infer.program.globals, target.attr).take(type);
    else if (atom.kind === 'instance' && /^microdot\.(Microdot|Request)$/.test(atom.name))
      fieldOf(infer.program.added, `${atom.name}.${target.attr}`).take(type);
    else if (
      (atom.kind === 'instance' || atom.kind === 'named') &&
      (atom.owner as ClassInfo | null)?.kind === 'class'
    ) {
      infer.attribute(atom.owner as ClassInfo, target.attr).take(type);
    }
  }
}

function setItem(infer: Inference, target: Subscript, type: Type, place: Place): void {
  const { slice } = target;
  const key = infer.expression(slice, place);
  for (const atom of infer.expression(target.value, place).atoms) {
    if (atom.kind === 'list') {
      if (slice.nodeType === 'Slice') {
        atom.cell.unshape();
        atom.cell.elem.take(infer.elements(type));
      } else {
        const at = constantIndex(slice);
        const item = at === undefined ? undefined : atom.cell.shape?.at(at);
        if (item) item.take(type);
        else atom.cell.unshape();
        atom.cell.elem.take(type);
      }
    } else if (atom.kind === 'dict') {
      const name = constantText(slice);
      if (name !== undefined) atom.cell.field(name).take(type);
      else atom.cell.setDynamic();
      atom.cell.keys.take(key);
      atom.cell.takeValue(type);
    } else if (atom.key === 'instance microdot.SessionDict') {
      const name = constantText(slice);
      if (name === undefined) infer.program.isSessionOpen = true;
      else fieldOf(infer.program.session, name).take(type);
    }
  }
}

export function fieldOf(fields: Map<string, Type>, name: string): Type {
  let type = fields.get(name);
  if (!type) {
    type = new Type();
    fields.set(name, type);
  }
  return type;
}

/** The text of a key that is written out. */
export function constantText(node: Expression): string | undefined {
  return node.nodeType === 'Constant' && node.type === 'str' ? (node.value as string) : undefined;
}

/** The number of an index that is written out. */
export function constantIndex(node: Expression): number | undefined {
  if (node.nodeType === 'Constant' && node.type === 'int') return Number(node.value);
  if (node.nodeType === 'UnaryOp' && node.op.nodeType === 'USub') {
    const value = constantIndex(node.operand);
    return value === undefined ? undefined : -value;
  }
  return undefined;
}
