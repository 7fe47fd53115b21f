import type { TSESTree } from '@typescript-eslint/types';
import type { JsModule, JsNode } from './parseJs.ts';
import { importedFrom, isGlobal, propertyName, variableOf } from './resolve.ts';

const MOCK_OBJECTS = /^(?:jest|vi|vitest)$/;
const MOCK_HOMES = /^(?:@jest\/globals|vitest)$/;
const MOCK_METHODS =
  /^(?:(?:do|un|dont|doUn)?[mM]ock|unstable_(?:un)?mockModule|setMock|(?:require|import)(?:Actual|Mock)|createMockFromModule|genMockFromModule|deepUnmock)$/;
/** Libraries that put something in the place of modules, named by a text or by the properties of an object. */
const REPLACERS = /^(?:proxyquire|esmock|quibble|mock-require|mockery|testdouble|rewiremock(?:\/.*)?)$/;
/** Methods of theirs that are about other things. */
const OTHER_METHODS = /^(?:object|func|function|constructor|when|verify|explain|matchers|imitate|instance)$/;

/** Whether a method of an object takes the name of a module: `jest.mock`, also behind another such call. */
export function isMock(module: JsModule, method: string, object: JsNode): boolean {
  return MOCK_METHODS.test(method) && isMockObject(module, object);
}

function isMockObject(module: JsModule, node: JsNode): boolean {
  if (node.type === 'CallExpression') {
    return node.callee.type === 'MemberExpression' && isMockObject(module, node.callee.object);
  }
  if (node.type !== 'Identifier' || !MOCK_OBJECTS.test(node.name)) return false;
  return isGlobal(module, node, node.name) || importedFrom(module, node, MOCK_HOMES) !== undefined;
}

/** `mock.module('...')` of `node:test` and of Bun, `t.mock.module('...')`. */
export function isNodeMock(module: JsModule, node: JsNode): boolean {
  if (node.type === 'MemberExpression') return propertyName(node) === 'mock';
  return node.type === 'Identifier' && importedFrom(module, node, /^(?:node|bun):test$/) === 'mock';
}

/** What may name modules in a call of a library that replaces them: its first argument, and the keys of objects. */
export function replacedNames(module: JsModule, call: TSESTree.CallExpression): JsNode[] {
  if (!isReplacer(module, call.callee)) return [];
  const [first] = call.arguments;
  const listed = first?.type === 'ArrayExpression' ? first.elements.filter((each) => each !== null) : [first];
  // The properties of what stands for one module are not modules.
  const objects = first?.type === 'Literal' && /^['"]\W/.test(first.raw) ? call.arguments.slice(1) : [];
  const isFunction = first?.type === 'ArrowFunctionExpression' || first?.type === 'FunctionExpression';
  if (isFunction) objects.push(...call.arguments.slice(1));
  return [...listed.filter((each) => each !== undefined), ...objects.flatMap((each) => keysOf(module, each))];
}

function isReplacer(module: JsModule, callee: JsNode): boolean {
  if (callee.type === 'MemberExpression' && OTHER_METHODS.test(propertyName(callee) ?? '')) return false;
  let root = callee;
  while (root.type === 'MemberExpression' || root.type === 'CallExpression') {
    root = root.type === 'MemberExpression' ? root.object : root.callee;
  }
  if (root.type !== 'Identifier') return false;
  const isNamed = REPLACERS.test(root.name) && variableOf(module, root) === undefined;
  return isNamed || importedFrom(module, root, REPLACERS) !== undefined;
}

/** The keys of an object, also of one that has a name. */
function keysOf(module: JsModule, node: JsNode): JsNode[] {
  if (node.type === 'Identifier') {
    const definition = variableOf(module, node)?.defs[0]?.node;
    const made = definition?.type === 'VariableDeclarator' ? definition.init : undefined;
    return made && made.type !== 'Identifier' ? keysOf(module, made) : [];
  }
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((each) => (each.type === 'Property' && !each.computed ? [each.key] : []));
}
