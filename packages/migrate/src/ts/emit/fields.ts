import type { Expression } from '../../python/tree.ts';
import { type Js, member, object } from '../js.ts';
import { type ClassInfo, fieldsOf } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';

/** The fields of an object by the names that they have in Python: data goes out with those. */
export function fieldsObject(e: Emitter, node: Expression): Js {
  const atom = e.type(node).single;
  const owner = atom?.kind === 'instance' ? (atom.owner as ClassInfo | null) : null;
  if (owner?.kind !== 'class' || (node.nodeType !== 'Name' && node.nodeType !== 'Attribute'))
    return e.refuse();
  const names = owner.isDataclass
    ? allFields(owner)
    : [...owner.attributes.keys()].filter((name) => !owner.methods.has(name));
  const self = e.present(node);
  return object(names.map((name) => namedProperty(name, member(self, camelCase(name)).doc)));
}

function allFields(info: ClassInfo): string[] {
  return [...new Set([...info.bases.flatMap(allFields), ...fieldsOf(info)])];
}
