import { bindingsOf } from '../python/bindings.ts';
import { parametersOf } from '../python/collect.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Call, Comprehension, Expression, For, Lambda, Name, Node } from '../python/tree.ts';

/** `for target in iter(asked, end)`: a loop over what a function gives, until it gives `end`. */
export interface Poll {
  loop: For;
  target: Name;
  asked: Expression;
  end: Expression;
}

/** The poll that a loop is; `null` for other loops, and where what it gives is taken apart at once. */
export function pollOf(module: PythonModule, loop: For | Comprehension): Poll | null {
  if (loop.nodeType !== 'For' || loop.target.nodeType !== 'Name' || loop.iter.nodeType !== 'Call')
    return null;
  const { func, args, keywords } = loop.iter;
  const [asked, end] = args;
  if (asked === undefined || end === undefined || args.length > 2 || keywords.length > 0) return null;
  const isBuiltin =
    func.nodeType === 'Name' && func.id === 'iter' && bindingsOf(module).resolve(func) === null;
  return isBuiltin ? { loop, target: loop.target, asked, end } : null;
}

/** The poll that a lambda is asked by. */
export function pollAround(module: PythonModule, lambda: Node): Poll | null {
  if (!isPlainLambda(lambda)) return null;
  const iter = lambda.parent;
  const loop = iter?.nodeType === 'Call' ? iter.parent : null;
  if (loop?.nodeType !== 'For' || loop.iter !== iter) return null;
  const poll = pollOf(module, loop);
  return poll?.asked === lambda ? poll : null;
}

/** What is called each time: of a `partial()` what that calls. */
export function askedBy({ asked }: Poll, isPartial: (call: Call) => boolean): Expression {
  if (asked.nodeType !== 'Call' || !isPartial(asked)) return asked;
  return asked.args[0] ?? asked;
}

function isPlainLambda(node: Node): node is Lambda {
  return node.nodeType === 'Lambda' && parametersOf(node.args).length === 0;
}
