import { walk } from '../../python/fields.ts';
import type { Call, Node } from '../../python/tree.ts';
import type { FunctionInfo, Program } from '../program.ts';
import { functionsOf } from './decorators.ts';

/** Finds the functions whose results are what handlers return, and those that never return. */
export function findHandlers(program: Program): void {
  const calls = new Map<FunctionInfo, Call[]>();
  for (const module of program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (node.nodeType === 'Call')
        for (const info of functionsOf(program, node.func))
          calls.set(info, [...(calls.get(info) ?? []), node]);
      return true;
    });
  }
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const [info, sites] of calls) {
      if (info.isHandler || !info.returns.atoms.some(({ kind }) => kind === 'tuple')) continue;
      if (!sites.every((site) => enclosingHandler(program, site))) continue;
      info.isHandler = true;
      isNew = true;
    }
  }
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const info of program.functions.values()) {
      if (
        info.isNever ||
        info.node.nodeType === 'Lambda' ||
        info.isGenerator ||
        info.isCoroutine ||
        !neverReturns(program, info)
      )
        continue;
      info.isNever = true;
      isNew = true;
    }
  }
}

/** The handler that returns what a call gives. */
function enclosingHandler(program: Program, site: Call): boolean {
  let node: Node = site;
  while (node.parent && ['Await', 'IfExp', 'BoolOp'].includes(node.parent.nodeType)) node = node.parent;
  if (node.parent?.nodeType !== 'Return') return false;
  for (let outer: Node | null = node.parent; outer; outer = outer.parent) {
    const info = program.functions.get(outer);
    if (info) return info.isHandler;
  }
  return false;
}

function neverReturns(program: Program, info: FunctionInfo): boolean {
  const { body } = info.node as { body: Node[] };
  const last = body.at(-1);
  let returns = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.nodeType === 'Return') returns = true;
      return !['FunctionDef', 'AsyncFunctionDef', 'Lambda'].includes(node.nodeType);
    });
  }
  if (returns || !last) return false;
  if (last.nodeType === 'Raise') return true;
  if (last.nodeType !== 'Expr' || last.value.nodeType !== 'Call') return false;
  const { func } = last.value;
  const atom = program.typeOf(func).single;
  if (atom?.kind === 'named' && !atom.owner) return atom.name === 'microdot.abort';
  return functionsOf(program, func).some((each) => each.isNever);
}
