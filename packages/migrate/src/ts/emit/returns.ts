import type { Expression, Return } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { functionsOf } from '../infer/decorators.ts';
import { call, conditional, type Js, LEVEL, wrap } from '../js.ts';
import type { Emitter } from './emitter.ts';
import { headers } from './headers.ts';
import { narrowedBy } from './narrowing.ts';
import { isNone, test } from './operators.ts';
import { body, responseOf } from './responses.ts';

/** `return`: of a handler, with a response in place of a tuple. */
export function emitReturn(e: Emitter, node: Return): Doc {
  const { value } = node;
  const isHandler = Boolean(e.fn?.isHandler) && !e.fn?.isGenerator;
  if (!value) return isHandler || !returnsValue(e) ? 'return;' : 'return null;';
  if (isNone(value) && (isHandler || !returnsValue(e))) return 'return;';
  const result = isHandler ? handlerResult(e, value) : e.expression(value);
  return ['return ', wrap(result, LEVEL.arrow), ';'];
}

/** Whether a function returns anything but `None`. */
function returnsValue(e: Emitter): boolean {
  return Boolean(e.fn && !e.fn.returns.is('none'));
}

/** What a handler returns, as TypeScript's handlers do. */
export function handlerResult(e: Emitter, node: Expression): Js {
  if (node.nodeType === 'Await' && isHandlerCall(e, node.value)) return e.expression(node);
  if (node.nodeType === 'Tuple') return tupleResponse(e, node.elts);
  if (node.nodeType === 'IfExp') {
    const { condition, isNegated } = test(e, node.test);
    const yes = narrowedBy(e, node.test, true, () => handlerResult(e, node.body));
    const no = narrowedBy(e, node.test, false, () => handlerResult(e, node.orelse));
    return isNegated ? conditional(condition, no, yes) : conditional(condition, yes, no);
  }
  if (isHandlerCall(e, node)) return e.expression(node);
  const type = e.type(node);
  if (type.atoms.some(({ kind }) => kind === 'tuple')) return call(e.py('respond'), [e.expression(node)]);
  return body(e, node);
}

function isHandlerCall(e: Emitter, node: Expression): boolean {
  const called = node.nodeType === 'Call' ? functionsOf(e.program, node.func) : [];
  return called.length > 0 && called.every((info) => info.isHandler);
}

function tupleResponse(e: Emitter, items: readonly Expression[]): Js {
  const [first, second, third] = items;
  if (!first || !second || items.some(({ nodeType }) => nodeType === 'Starred')) return e.refuse();
  const isStatus = (node: Expression) => e.type(node).is('int');
  if (isStatus(first)) return responseOf(e, undefined, e.expression(first), headers(e, second));
  const content = body(e, first);
  if (isStatus(second)) return responseOf(e, content, e.expression(second), third && headers(e, third));
  const isHeaders = second.nodeType === 'Dict' || e.type(second).single?.kind === 'dict';
  if (isHeaders && !third) return responseOf(e, content, undefined, headers(e, second));
  if (!isHeaders && third) return responseOf(e, content, e.expression(second), headers(e, third));
  return call(e.py('respond'), [e.expression(first.parent as Expression)]);
}
