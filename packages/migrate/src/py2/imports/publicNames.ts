import { factsOf } from '../../flow/facts.ts';
import type { Expression } from '../../python/tree.ts';
import type { FileContext } from '../context.ts';

const RULE = 'imports';

/** Takes names that are imported no more out of `__all__`, where `from module import *` would ask for them. */
export function editPublicNames(context: FileContext, gone: ReadonlySet<string>): void {
  if (gone.size === 0) return;
  for (const { targets, value } of factsOf(context.module).assigns) {
    const isPublic = targets.some((target) => target.nodeType === 'Name' && target.id === '__all__');
    if (!isPublic || (value.nodeType !== 'List' && value.nodeType !== 'Tuple')) continue;
    const { elts } = value;
    const goes = (each: Expression | undefined) =>
      each?.nodeType === 'Constant' && each.type === 'str' && gone.has(String(each.value));
    const last = elts.findLastIndex((each) => !goes(each));
    elts.forEach((each, index) => {
      if (!goes(each)) return;
      const next = elts[index + 1];
      // Those at the end take the comma before them along.
      const start = index > last ? (elts[index - 1]?.end ?? each.start) : each.start;
      const end = index < last ? (next?.start ?? each.end) : each.end;
      context.replace(RULE, { start, end }, '');
    });
  }
}
