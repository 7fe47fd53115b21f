import { walk } from '../../python/fields.ts';
import type { Binding } from '../../python/scopes.ts';
import type { Attribute, Expression } from '../../python/tree.ts';
import { type Doc, list } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { index, member, primary, wrap } from '../js.ts';
import type { ClassInfo } from '../program.ts';
import { propertyName } from '../types/print.ts';
import { attributeName, holder, isAddedOn, isMethod } from './attributes.ts';
import { castAny } from './elements.ts';
import type { Emitter } from './emitter.ts';

/** The bindings of the names in a target. */
export function boundIn(e: Emitter, target: Expression): Binding[] {
  const found: Binding[] = [];
  walk(target, (node) => {
    if (node.nodeType === 'Name' && node.ctx.nodeType === 'Store') {
      const binding = e.program.resolve(e.module, node)?.binding;
      if (binding) found.push(binding);
    }
    return node.nodeType !== 'Subscript' && node.nodeType !== 'Attribute';
  });
  return found;
}

/** What an assignment writes to, where JavaScript can write to it without help. */
export function emitTarget(e: Emitter, node: Expression): Doc {
  switch (node.nodeType) {
    case 'Name': {
      const found = e.program.resolve(e.module, node);
      if (found && found.module !== e.module) return e.refuse();
      return e.names.get(node.id);
    }
    case 'Tuple':
    case 'List':
      return list(
        '[',
        // `_, _, last`: the last of a name is the one that counts, and there can be one only.
        node.elts.map((item, i) => (isAgain(item, node.elts.slice(i + 1)) ? '' : emitTarget(e, item))),
        ']',
      );
    case 'Starred':
      return ['...', emitTarget(e, node.value)];
    case 'Attribute':
      if (isMethodOfClass(e, node))
        return member(castAny(member(e.expression(node.value), 'prototype')), attributeName(e, node)).doc;
      return member(
        isAddedOn(e, node) ? castAny(e.present(node.value)) : holder(e, node),
        attributeName(e, node),
      ).doc;
    case 'Subscript': {
      const object = e.present(node.value);
      const name = constantText(node.slice);
      if (name !== undefined && name !== '__proto__') {
        return propertyName(name) === name
          ? member(object, name).doc
          : index(object, primary(propertyName(name))).doc;
      }
      return index(object, e.expression(node.slice)).doc;
    }
    default:
      return wrap(e.refuse(), 0);
  }
}

function isAgain(item: Expression, later: readonly Expression[]): boolean {
  return item.nodeType === 'Name' && later.some((each) => each.nodeType === 'Name' && each.id === item.id);
}

/** `Switch.is_closed = Switch.is_active`: one more method of all objects. */
function isMethodOfClass(e: Emitter, node: Attribute): boolean {
  const atom = e.type(node.value).single;
  const isClass = atom?.kind === 'named' && (atom.owner as ClassInfo | null)?.kind === 'class';
  return isClass && node.parent?.nodeType === 'Assign' && isMethod(e.type(node.parent.value));
}
