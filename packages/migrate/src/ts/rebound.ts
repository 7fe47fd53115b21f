import { applyEdits } from '../edit/apply.ts';
import type { Edit } from '../edit/edit.ts';
import { type PythonModule, parsePython } from '../python/parse.ts';
import type { Binding } from '../python/scopes.ts';
import type { Assign, FunctionDef, Name } from '../python/tree.ts';
import type { ModuleInfo, Program } from './program.ts';

/**
 * The modules of a program in which what a parameter becomes has a name of its own, where that is something else than what was
 * given: after `room = Room.get(room)` it is `the_room`. A variable of TypeScript would be both all the time.
 *
 * @returns `undefined` where no parameter becomes something else
 */
export function withRebound(program: Program): PythonModule[] | undefined {
  let isChanged = false;
  const modules = [...program.modules.values()].map((info) => {
    const edits = info.bindings.all.flatMap((binding) => renaming(program, info, binding));
    if (edits.length === 0) return info.module;
    isChanged = true;
    return parsePython(applyEdits(info.module.source, edits), info.module.file);
  });
  return isChanged ? modules : undefined;
}

function renaming(program: Program, info: ModuleInfo, binding: Binding): Edit[] {
  const [given, made, ...more] = binding.definitions;
  if (given?.kind !== 'parameter' || made?.kind !== 'assignment' || more.length > 0) return [];
  const statement = made.node.parent;
  if (statement?.nodeType !== 'Assign' || statement.targets.length > 1) return [];
  // In a branch or a loop it may be either afterwards.
  if (statement.parent !== given.owner || !becomesAnother(program, binding, statement)) return [];
  const later = binding.references.filter(({ start }) => start > statement.end);
  const earlier = binding.references.filter(({ start }) => start < statement.end);
  if (earlier.some((name) => !isOwn(name, given.owner as FunctionDef))) return [];
  const name = freshName(info, binding);
  const renamed = [made.node, ...later];
  // Of what is within a string, the place may be that of the string.
  if (renamed.some((node) => info.module.text(node) !== binding.name)) return [];
  return renamed.map(({ start, end }) => ({ start, end, text: name, rule: 'rebound' }));
}

function becomesAnother(program: Program, binding: Binding, { value }: Assign): boolean {
  const type = program.typeOf(value).present;
  if (type.isAny || type.single === undefined) return false;
  return program.bindingType(binding).present.atoms.some(({ key }) => key !== 'any' && !type.has(key));
}

/** Whether a name is read by the function itself, and not by one within it, which may run later. */
function isOwn(name: Name, owner: FunctionDef): boolean {
  for (let at = name.parent; at !== null && at !== owner; at = at.parent) {
    if (at.nodeType === 'FunctionDef' || at.nodeType === 'AsyncFunctionDef' || at.nodeType === 'Lambda')
      return false;
  }
  return true;
}

function freshName({ bindings, module }: ModuleInfo, { name }: Binding): string {
  let fresh = `the_${name}`;
  const isTaken = (text: string) =>
    bindings.all.some((each) => each.name === text) || module.source.includes(text);
  while (isTaken(fresh)) fresh += '_';
  return fresh;
}
