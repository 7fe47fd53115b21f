import type { Binding } from '../../python/scopes.ts';
import type { ClassDef, FunctionDef, Lambda, Name } from '../../python/tree.ts';
import { type Js, member, primary } from '../js.ts';
import { isMicrodot } from '../known/names.ts';
import { firstParameter, isStatic, type ModuleInfo } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { emitNamed } from './library.ts';
import { camelCase } from './names.ts';

/** A name: a variable, or something of a library. */
export function emitName(e: Emitter, node: Name): Js {
  const replaced = e.replaced.get(node.id);
  if (replaced) return replaced;
  const found = e.program.resolve(e.module, node);
  const atom = e.type(node).atoms.find((each) => each.kind === 'named');
  if (!found) return atom?.kind === 'named' && !atom.owner ? emitNamed(e, atom.name) : e.refuse();
  const [definition] = found.binding.definitions;
  if (definition?.kind === 'parameter' && isSelf(e, definition.owner, node.id)) return primary('this');
  if (definition?.kind === 'import' || definition?.kind === 'from') {
    if (atom?.kind === 'named' && atom.owner && 'bindings' in atom.owner)
      return moduleName(e, atom.owner as ModuleInfo, found.binding.name);
    const from = definition.kind === 'from' ? (definition.statement.module ?? '') : definition.node.name;
    if (atom?.kind === 'named' && !atom.owner)
      return emitNamed(e, atom.name, { alias: found.binding.name, isOwn: !isMicrodot(from) });
  }
  if (isEventLoop(e, node, found.binding)) return primary('undefined');
  if (found.binding.scope.kind === 'class') return classAttribute(e, found.binding);
  return e.bindingName(found);
}

/** `SIZE = 3; HALF = SIZE // 2` in a class, whose names JavaScript has of the class alone. */
function classAttribute(e: Emitter, { name, scope, definitions }: Binding): Js {
  const owner = primary(e.names.get((scope.node as ClassDef).name));
  const isMethod = definitions.some(({ kind }) => kind === 'def');
  return member(isMethod ? member(owner, 'prototype') : owner, camelCase(name));
}

/** The object that a method belongs to. */
function isSelf(e: Emitter, owner: FunctionDef | Lambda, name: string): boolean {
  const info = e.program.functions.get(owner);
  return Boolean(info?.owner && !isStatic(info)) && firstParameter(owner) === name;
}

/** A module of the project as an object. */
function moduleName(e: Emitter, owner: ModuleInfo, name: string): Js {
  const alias = e.names.get(name);
  // A package with nothing in it is no module here.
  if (!owner.isPackage || owner.module.tree.body.length > 0) e.namespaces.set(alias, e.pathTo(owner));
  return primary(alias);
}

/** A variable for what JavaScript has without one. */
function isEventLoop(e: Emitter, node: Name, { definitions }: Binding): boolean {
  const atom = e.type(node).single;
  const isLoop = atom?.kind === 'instance' && atom.name === 'asyncio.Loop';
  return isLoop && definitions.every(({ kind }) => kind === 'assignment');
}
