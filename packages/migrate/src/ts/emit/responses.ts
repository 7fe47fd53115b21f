import type { Expression } from '../../python/tree.ts';
import { call, type Js, newOf, number, primary } from '../js.ts';
import type { Emitter } from './emitter.ts';
import { needsJson } from './json.ts';

/** The body of a response: what `JSON.stringify` would write otherwise than Python is made plain. */
export function body(e: Emitter, node: Expression): Js {
  const value = e.expression(node);
  if (needsJson(e, node)) return call(e.py('toJson'), [value]);
  return value;
}

/** `new Response(...)`, with no more arguments than are needed. */
export function responseOf(
  e: Emitter,
  content: Js | undefined,
  status: Js | undefined,
  header: Js | undefined,
  reason?: Js,
): Js {
  const parts = [content, status, header, reason];
  while (parts.length > 0 && parts.at(-1) === undefined) parts.pop();
  const fallback = [primary("''"), number(200), primary('undefined'), primary('undefined')];
  return newOf(
    e.core('Response'),
    parts.map((part, i) => part ?? (fallback[i] as Js)),
  );
}
