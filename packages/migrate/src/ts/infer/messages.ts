import type { Call, Node } from '../../python/tree.ts';
import type { ModuleInfo } from '../program.ts';

/** Whether a message may be bytes, as far as the program cares: what receives it asks whether it is. */
export function mayBeBytes(module: ModuleInfo, node: Call): boolean {
  const value: Node = node.parent?.nodeType === 'Await' ? node.parent : node;
  const { parent } = value;
  const target =
    parent?.nodeType === 'Assign'
      ? parent.targets[0]
      : parent?.nodeType === 'NamedExpr'
        ? parent.target
        : undefined;
  if (target?.nodeType !== 'Name') return false;
  let outer: Node | null = parent ?? null;
  while (outer && outer.nodeType !== 'FunctionDef' && outer.nodeType !== 'AsyncFunctionDef')
    outer = outer.parent;
  if (!outer) return false;
  const test = `\\bisinstance\\(\\s*${target.id}\\s*,[^()]*\\(?[^()]*\\b(bytes|bytearray|str)\\b|\\btype\\(${target.id}\\) *(==|is) *(bytes|str)\\b`;
  return new RegExp(test).test(module.module.text(outer));
}
