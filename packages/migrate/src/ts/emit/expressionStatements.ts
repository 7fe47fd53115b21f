import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { nameOf } from '../infer/decorators.ts';
import { isMainTest } from './control.ts';
import { condition } from './operators.ts';
import type { Writer } from './writer.ts';

/** An expression that stands by itself. */
export function emitExpressionStatement(w: Writer, node: Expression): Doc[] | undefined {
  const { e } = w;
  // A docstring is a comment by now; `...` is nothing.
  if (node.nodeType === 'Constant') return undefined;
  if (node.nodeType === 'IfExp') {
    if (isMainTest(e, node.test)) return emitExpressionStatement(w, node.body);
    const yes = emitExpressionStatement(w, node.body) ?? [];
    const no = emitExpressionStatement(w, node.orelse) ?? [];
    return [['if (', condition(e, node.test).doc, ') ', ...yes, ...(no.length > 0 ? [' else ', ...no] : [])]];
  }
  if (node.nodeType === 'BoolOp' && node.values.length === 2) {
    const [test, action] = node.values as [Expression, Expression];
    const lines = emitExpressionStatement(w, action) ?? [];
    return [['if (', condition(e, test, node.op.nodeType === 'Or').doc, ') ', ...lines]];
  }
  const value = e.expression(node, true);
  const isKey =
    node.nodeType === 'Call' && nameOf(e.program, node.func) === 'microdot.set_session_secret_key';
  if (isKey && e.out.sessionObject === 'with key' && w.isModule) {
    return [[e.program.modules.size > 1 ? 'export const sessions = ' : 'const sessions = ', value.doc, ';']];
  }
  if (value.doc === 'undefined') return undefined;
  return [[value.isObject ? ['(', value.doc, ')'] : value.doc, ';']];
}
