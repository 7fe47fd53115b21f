import type { Flow } from '../flow/flow.ts';
import { isFunction } from '../flow/functions.ts';
import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Call, Expression, FunctionDef, Node, Yield, YieldFrom } from '../python/tree.ts';
import { libraryName } from '../tables/symbols.ts';

/** The `yield`s of a function itself. */
export function yieldsOf(node: FunctionDef): (Yield | YieldFrom)[] {
  node.yields ??= ownNodes(node).filter((each) => each.nodeType === 'Yield' || each.nodeType === 'YieldFrom');
  return node.yields;
}

export function isGenerator(node: FunctionDef): boolean {
  return yieldsOf(node).length > 0;
}

/** All nodes in the body of a function but those in functions within it. */
export function ownNodes(node: FunctionDef): Node[] {
  const found: Node[] = [];
  for (const statement of node.body) {
    walk(statement, (each) => {
      found.push(each);
      return !isFunction(each) && each.nodeType !== 'Lambda' && each.nodeType !== 'ClassDef';
    });
  }
  return found;
}

/** The dotted name of what an expression is from outside of the program; the first, where it has several. */
export function outsideName(flow: Flow, module: PythonModule, expression: Expression): string | null {
  for (const meaning of flow.program.meaningsOf(module, expression))
    if (meaning.kind === 'outside') return libraryName(meaning.name);
  return null;
}

/** Whether a call is `time.sleep()`, or one of those of MicroPython. */
export function isSleep(flow: Flow, module: PythonModule, call: Call): boolean {
  const name = outsideName(flow, module, call.func);
  return name !== null && /^u?time\.sleep(_ms)?$/.test(name);
}

/** Whether a function, or one that it calls, needs the loop that is running. */
export function touchesLoop(
  flow: Flow,
  module: PythonModule,
  node: FunctionDef,
  seen: Set<Node> = new Set(),
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  return ownNodes(node).some((each) => {
    if (each.nodeType !== 'Call') return false;
    if (/^u?asyncio\./.test(outsideName(flow, module, each.func) ?? '')) return true;
    if (each.func.nodeType === 'Attribute' && flow.is(module, each.func.value, 'asyncio')) return true;
    return flow
      .callees(module, each)
      .some(
        (callee) =>
          callee.node.nodeType === 'FunctionDef' &&
          touchesLoop(flow, flow.program.moduleOf(callee.node) ?? module, callee.node, seen),
      );
  });
}
