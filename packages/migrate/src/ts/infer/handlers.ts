import { walk } from '../../python/fields.ts';
import type { Call, Node } from '../../python/tree.ts';
import type { FunctionInfo, Program } from '../program.ts';
import { functionsOf } from './decorators.ts';

/** Finds the functions whose results are what handlers return. */
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
}

/** The handler that returns what a call gives. */
function enclosingHandler(program: Program, site: Call): boolean {
  let node: Node = site;
  while (node.parent && ['Await', 'IfExp', 'BoolOp'].includes(node.parent.nodeType)) node = node.parent;
  if (node.parent?.nodeType === 'Lambda') return Boolean(program.functions.get(node.parent)?.isHandler);
  if (node.parent?.nodeType !== 'Return') return false;
  for (let outer: Node | null = node.parent; outer; outer = outer.parent) {
    const info = program.functions.get(outer);
    if (info) return info.isHandler;
  }
  return false;
}
