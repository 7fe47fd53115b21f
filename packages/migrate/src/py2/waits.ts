import type { Flow } from '../flow/flow.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Call, Expression, FunctionDef, Node } from '../python/tree.ts';
import { isGenerator, ownNodes } from './functions.ts';

const METHODS: ReadonlySet<string> = new Set(['acquire', 'get', 'join', 'wait']);

/** Whether a call waits for another thread: `queue.get()`, `event.wait()`, `thread.join()`. */
export function isWait(flow: Flow, module: PythonModule, call: Call): boolean {
  return isWaiting(flow, module, call.func) && !isImpatient(call);
}

/** Whether an expression is a method that waits for another thread. */
export function isWaiting(flow: Flow, module: PythonModule, func: Expression): boolean {
  return func.nodeType === 'Attribute' && METHODS.has(func.attr) && flow.is(module, func.value, 'waiter');
}

// `get(False)`, `acquire(blocking=False)`.
function isImpatient({ args, keywords }: Call): boolean {
  const isFalse = (value: Expression | undefined) =>
    value?.nodeType === 'Constant' && value.type === 'bool' && value.value === false;
  return (
    isFalse(args[0]) || keywords.some(({ arg, value }) => /^block(?:ing)?$/.test(arg ?? '') && isFalse(value))
  );
}

/** Whether a call is of a plain function of the program in which something waits for another thread. */
export function callsWaiter(
  flow: Flow,
  module: PythonModule,
  call: Call,
  isAsync: (node: FunctionDef) => boolean,
  seen: Set<Node> = new Set(),
): boolean {
  return flow.callees(module, call).some(({ node }) => {
    if (seen.has(node) || isAsync(node) || isGenerator(node) || node.name === '__init__') return false;
    seen.add(node);
    const home = flow.program.moduleOf(node) ?? module;
    return ownNodes(node).some(
      (each) =>
        each.nodeType === 'Call' &&
        (isWait(flow, home, each) || callsWaiter(flow, home, each, isAsync, seen)),
    );
  });
}
