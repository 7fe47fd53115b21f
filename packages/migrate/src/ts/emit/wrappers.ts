import type { Call } from '../../python/tree.ts';
import { call, type Js, js, LEVEL, primary, wrap } from '../js.ts';
import { allParameters, type FunctionInfo } from '../program.ts';
import type { Emitter } from './emitter.ts';

/** The function that a wrapper wraps, called with all that the wrapper got. */
export function emitWrappedCall(e: Emitter, node: Call): Js | undefined {
  const wrapper = e.fn;
  if (wrapper?.wraps !== 'wrapper' || node.func.nodeType !== 'Name') return undefined;
  const decorator = enclosing(e, wrapper);
  if (!decorator || allParameters(decorator)[0] !== node.func.id) {
    return undefined;
  }
  const { vararg } = wrapper.node.args;
  const args = node.args.flatMap((arg): Js[] => {
    if (arg.nodeType !== 'Starred') return [e.expression(arg)];
    return vararg ? [] : [e.expression(arg)];
  });
  if (vararg || wrapper.node.args.kwarg) args.push(js(['...', restName(e, wrapper)], LEVEL.arrow));
  const value = call(primary(e.names.get(node.func.id)), args);
  const isReturned = node.parent?.nodeType === 'Return' || node.parent?.nodeType === 'Await';
  return isReturned ? value : js(['await ', wrap(value, LEVEL.unary)], LEVEL.unary);
}

/** The function around this one. */
export function enclosing(e: Emitter, info: FunctionInfo): FunctionInfo | undefined {
  for (let node = info.node.parent; node; node = node.parent) {
    const found = e.program.functions.get(node);
    if (found) return found;
  }
  return undefined;
}

/** What stands for `*args, **kwargs`. */
export function restName(e: Emitter, info: FunctionInfo): string {
  const { vararg, kwarg } = info.node.args;
  return e.names.get(vararg?.arg ?? kwarg?.arg ?? 'args');
}
