import type { Expression, Node, Statement } from '../../python/tree.ts';
import { factsOf } from '../known/facts.ts';
import type { ModuleInfo, Program } from '../program.ts';
import { fallsThrough } from './never.ts';

/** Whether `None` was sorted out before a statement: `if x is None: return` stands before it, or it stands in `if x:`. */
export function isGuarded(
  program: Program,
  module: ModuleInfo,
  statement: Statement,
  value: Expression,
): boolean {
  if (value.nodeType !== 'Name' && value.nodeType !== 'Attribute') return false;
  const text = module.module.text(value);
  const source = (node: Node) => module.module.text(node);
  let inner: Node = statement;
  for (let outer = statement.parent; outer; inner = outer, outer = outer.parent) {
    if (
      outer.nodeType === 'If' &&
      outer.body.includes(inner as Statement) &&
      factsOf(source, outer.test, true).includes(text)
    )
      return true;
    const block = blockOf(outer, inner);
    for (const before of block.slice(0, block.indexOf(inner as Statement))) {
      if (before.nodeType !== 'If' || before.orelse.length > 0 || fallsThrough(program, before.body))
        continue;
      if (factsOf(source, before.test, false).includes(text)) return true;
    }
    if (outer.nodeType === 'FunctionDef' || outer.nodeType === 'AsyncFunctionDef') return false;
  }
  return false;
}

function blockOf(outer: Node, inner: Node): readonly Statement[] {
  for (const block of [
    ('body' in outer ? outer.body : []) as unknown,
    ('orelse' in outer ? outer.orelse : []) as unknown,
  ]) {
    if (Array.isArray(block) && block.includes(inner)) return block as Statement[];
  }
  return [];
}
