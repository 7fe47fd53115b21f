import { nameRange } from './nameRange.ts';
import type { JsContext } from './rule.ts';
import type { Use } from './uses.ts';

/**
 * Gives a use another name, and nothing else of it: a member stays a member of its module, however that is written.
 *
 * @param local what an imported name is called here.
 * @param around what comes before and after it, such as `new ` and `.initialize`.
 */
export function renameTo(
  { module, changes }: JsContext,
  use: Use,
  local: string,
  rule: string,
  around: { before?: string; after?: string } = {},
): void {
  const { before = '', after = '' } = around;
  const [start, end] = use.node.range;
  if (use.item) {
    changes.replace(start, end, before + local + after, rule);
    return;
  }
  const [from, to] = nameRange(module, use.node) ?? [start, end];
  const object = module.source.slice(start, from);
  // `new require('x').Template()` makes a `require`.
  const isCall = before === 'new ' && object.includes('(');
  if (before !== '') changes.insert(start, isCall ? `${before}(` : before, rule);
  const quote = /^['"`]/.exec(module.source.slice(from, to))?.[0] ?? '';
  changes.replace(from, to, quote + local + quote, rule);
  changes.insert(end, (isCall ? ')' : '') + after, rule);
}
