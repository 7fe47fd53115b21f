import { factsOf } from '../../flow/facts.ts';
import { isFunction } from '../../flow/functions.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Name } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';
import { testCaseBase } from '../testCases.ts';

const NAME = 'test-cases';
const ASYNC = 'IsolatedAsyncioTestCase';

/** A `unittest.TestCase` with asynchronous tests passes without running them: it becomes an `IsolatedAsyncioTestCase`. */
export const testCases: Rule = {
  name: NAME,
  run(context) {
    const { asyncness, flow, module } = context;
    const names: Name[] = [];
    for (const owner of factsOf(module).classes) {
      const base = testCaseBase(flow, owner);
      if (base === null) continue;
      const methods = flow.classes.family(owner).flatMap((each) => each.body.filter(isFunction));
      if (!methods.some((method) => asyncness.functions.has(method))) continue;
      if (base.nodeType === 'Attribute') {
        context.replace(NAME, { start: base.end - base.attr.length, end: base.end }, ASYNC);
      } else if (base.nodeType === 'Name') names.push(base);
    }
    renameImported(context, names);
  },
};

// `from unittest import TestCase`: the import changes with the bases, or has one name more where others stay.
function renameImported(context: FileContext, names: readonly Name[]): void {
  const [first] = names;
  const binding = first === undefined ? null : bindingsOf(context.module).resolve(first);
  if (binding === null) return;
  const isAll = binding.references.every((name) => names.includes(name));
  for (const { kind, node } of binding.definitions) {
    if (kind !== 'from') continue;
    if (node.asname !== undefined && isAll) context.replace(NAME, node, `${ASYNC} as ${node.asname}`);
    else if (isAll) context.replace(NAME, node, ASYNC);
    else context.insert(NAME, node.end, `, ${ASYNC}`);
    if (node.asname !== undefined && isAll) return;
  }
  for (const name of names) context.replace(NAME, name, ASYNC);
}
