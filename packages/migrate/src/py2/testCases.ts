import type { Flow } from '../flow/flow.ts';
import { isFixture } from '../flow/infer.ts';
import type { ClassDef, Expression, FunctionDef } from '../python/tree.ts';
import { outsideName } from './functions.ts';

/** The base of a class that is `unittest.TestCase`, if it has one itself. */
export function testCaseBase(flow: Flow, owner: ClassDef): Expression | null {
  const module = flow.classes.modules.get(owner);
  if (module === undefined) return null;
  return owner.bases.find((base) => outsideName(flow, module, base) === 'unittest.TestCase') ?? null;
}

/** Whether a class is a test case of `unittest`, which may be asynchronous. */
export function isTestCase(flow: Flow, owner: ClassDef): boolean {
  return flow.classes.lineage(owner).some((each) => {
    const module = flow.classes.modules.get(each);
    if (module === undefined) return false;
    return each.bases.some((base) => {
      const name = outsideName(flow, module, base);
      if (name === null) return false;
      // A base from a file that is not there, of a class that has tests.
      return /^unittest\.\w*TestCase$/.test(name) || (!name.startsWith('unittest') && hasTests(each));
    });
  });
}

/** Whether a function is a method of a test case of `unittest`. */
export function isTestMethod(flow: Flow, node: FunctionDef): boolean {
  return node.parent?.nodeType === 'ClassDef' && isTestCase(flow, node.parent);
}

function hasTests(owner: ClassDef): boolean {
  return owner.body.some((node) => node.nodeType === 'FunctionDef' && node.name.startsWith('test'));
}

/**
 * Whether pytest or unittest calls a function where no loop is running, and does not wait for it: tests and fixtures of pytest,
 * `setUpClass`.
 */
export function runsWithoutLoop(flow: Flow, node: FunctionDef): boolean {
  if (node.nodeType !== 'FunctionDef') return false;
  if (node.name === 'setUpClass' || node.name === 'tearDownClass') return true;
  if (isFixture(node)) return true;
  const isMarkedAlone = node.decorator_list.every((each) => /^pytest\./.test(dottedName(each)));
  return node.name.startsWith('test_') && isMarkedAlone && !isTestMethod(flow, node);
}

function dottedName(node: Expression): string {
  if (node.nodeType === 'Call') return dottedName(node.func);
  if (node.nodeType === 'Attribute') return `${dottedName(node.value)}.${node.attr}`;
  return node.nodeType === 'Name' ? node.id : '';
}
