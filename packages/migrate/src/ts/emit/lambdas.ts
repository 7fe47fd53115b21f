import type { Lambda } from '../../python/tree.ts';
import { arrow, type Js } from '../js.ts';
import type { FunctionInfo } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { parameterList } from './parameters.ts';

/** A lambda as an arrow function. */
export function emitLambda(e: Emitter, node: Lambda): Js {
  const info = e.program.functions.get(node) as FunctionInfo;
  const outer = e.fn;
  e.fn = info;
  try {
    return arrow(parameterList(e, info), e.expression(node.body), info.isAsync);
  } finally {
    e.fn = outer;
  }
}
