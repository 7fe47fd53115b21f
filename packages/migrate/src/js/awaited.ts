import type { TSESTree } from '@typescript-eslint/types';
import { namesOf } from './functions.ts';
import type { JsNode } from './parseJs.ts';
import type { JsContext } from './rule.ts';
import type { SessionScope } from './sessionScope.ts';

/** Methods whose last argument is called with a request, and may be asynchronous. */
const REGISTRATION =
  /^(?:route|get|post|put|patch|delete|(?:before|after)_?request|after_?error_?request|error_?handler|with_?(?:session|websocket|sse))$/i;

/**
 * Has a call give a promise now: it is awaited, and a handler around it becomes asynchronous. A helper that others call
 * does not: its callers would have to wait too, which is noted.
 */
export function awaited(
  context: JsContext,
  scope: SessionScope,
  call: TSESTree.CallExpression,
  callee: string,
  asyncs: Set<JsNode>,
): void {
  const { module, changes } = context;
  const parent = module.parents.get(call);
  const around = scope.functionsAround(call)[0];
  if (parent?.type === 'AwaitExpression') {
    changes.replace(...call.callee.range, callee, 'sessions');
    return;
  }
  const isHandler = around !== undefined && isRegistered(context, [around, ...namesOf(module, around)]);
  if (around && !around.async && !asyncs.has(around)) {
    if (!isHandler || around.generator) {
      changes.replace(...call.callee.range, callee, 'sessions');
      const text =
        'This gives a promise now. Make the function around it asynchronous, and await it where it is called.';
      changes.note(call.range[0], 'sessions', text, 'sessions', `await ${callee}(request)`);
      return;
    }
    asyncs.add(around);
    changes.insert(around.range[0], 'async ', 'sessions');
  }
  const isPart = parent?.type === 'MemberExpression' || parent?.type === 'TSNonNullExpression';
  changes.replace(...call.callee.range, `${isPart ? '(' : ''}await ${callee}`, 'sessions');
  if (isPart) changes.insert(call.range[1], ')', 'sessions');
}

/** Whether a function, or a name of one, is given to an application or to a decorator. */
export function isRegistered({ module }: JsContext, values: readonly JsNode[]): boolean {
  return values.some((value) => {
    const call = module.parents.get(value);
    if (call?.type !== 'CallExpression' || call.callee === value) return false;
    const { callee } = call;
    if (callee.type === 'Identifier') return REGISTRATION.test(callee.name);
    return callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier'
      ? REGISTRATION.test(callee.property.name)
      : false;
  });
}
