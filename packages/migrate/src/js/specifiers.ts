import type { TSESTree } from '@typescript-eslint/types';
import { type OldModule, oldModule } from './names.ts';
import { type JsModule, type JsNode, walk } from './parseJs.ts';
import { importedFrom, isGlobal, variableOf } from './resolve.ts';

/** A place where a source names a 1.x module: the text within the quotes is what changes. */
export interface Specifier {
  /** The literal, quotes included. */
  readonly node: JsNode;
  readonly module: OldModule;
  /** What follows the name of the module, such as `/package.json`. */
  readonly subpath: string;
  /** What it belongs to: an `import`, an `export`, a call, a type, a property. */
  readonly owner: JsNode;
}

const MOCK_OBJECTS = /^(?:jest|vi|vitest)$/;
const MOCK_HOMES = /^(?:@jest\/globals|vitest)$/;
const MOCK_METHODS =
  /^(?:(?:do|un|dont|doUn)?[mM]ock|unstable_(?:un)?mockModule|setMock|(?:require|import)(?:Actual|Mock)|createMockFromModule|genMockFromModule|deepUnmock)$/;
/** They replace the modules that another one imports, named by the properties of an object. */
const REPLACERS = new Set(['proxyquire', 'esmock', 'quibble']);

/** Every place where a module is named, and only those: a string elsewhere may mean anything. */
export function findSpecifiers(module: JsModule): Specifier[] {
  const found: Specifier[] = [];
  const add = (node: JsNode | null | undefined, owner: JsNode): void => {
    const text = node && textOf(node);
    if (!text || !node) return;
    const [, name = '', subpath = ''] = /^([^/]*)(.*)$/s.exec(text) ?? [];
    const old = oldModule(name);
    if (old) found.push({ node, module: old, subpath, owner });
  };
  walk(module.program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'ImportExpression':
      case 'TSImportType':
        add(node.source, node);
        break;
      case 'TSExternalModuleReference':
        add(node.expression, node);
        break;
      case 'TSModuleDeclaration':
        add(node.id, node);
        break;
      case 'CallExpression':
        if (namesModule(module, node.callee)) add(node.arguments[0], node);
        if (replacesModules(node.callee)) for (const key of keysOf(node)) add(key, node);
        break;
      case 'Property':
        for (const key of configuredNames(node)) add(key, node);
        break;
    }
  });
  return found;
}

/** What a string or a template without values says. */
export function textOf(node: JsNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral' && node.quasis.length === 1)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** Whether a call names a module by its first argument and gives the module: `require`, `jest.requireActual`. */
export function givesModule(module: JsModule, callee: JsNode): boolean {
  if (isRequire(module, callee)) return true;
  return (
    callee.type === 'MemberExpression' &&
    /^(?:(?:require|import)(?:Actual|Mock)|createMockFromModule)$/.test(propertyName(callee) ?? '') &&
    namesModule(module, callee)
  );
}

/** The name that a member expression asks for, where it is in the source. */
export function propertyName(node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  return textOf(node.property);
}

function namesModule(module: JsModule, callee: JsNode): boolean {
  if (isRequire(module, callee)) return true;
  if (callee.type !== 'MemberExpression') return false;
  const name = propertyName(callee) ?? '';
  const { object } = callee;
  if (name === 'resolve') return isRequire(module, object) || isImportMeta(object);
  if (name === 'module') return isNodeMock(module, object);
  return MOCK_METHODS.test(name) && isMockObject(module, object);
}

/** `require`, that of `module`, or what `createRequire` has made. */
function isRequire(module: JsModule, node: JsNode): boolean {
  if (node.type === 'MemberExpression') {
    return propertyName(node) === 'require' && isGlobal(module, node.object, 'module');
  }
  if (node.type !== 'Identifier') return false;
  if (isGlobal(module, node, 'require')) return true;
  const variable = variableOf(module, node);
  const definition = variable?.defs[0]?.node;
  if (definition?.type !== 'VariableDeclarator' || definition.init?.type !== 'CallExpression') return false;
  const { callee } = definition.init;
  return (
    importedFrom(module, callee, /^(?:node:)?module$/) === 'createRequire' ||
    (callee.type === 'MemberExpression' && propertyName(callee) === 'createRequire')
  );
}

function isImportMeta(node: JsNode): boolean {
  return node.type === 'MetaProperty' && node.meta.name === 'import';
}

function isMockObject(module: JsModule, node: JsNode): boolean {
  if (node.type !== 'Identifier') return false;
  if (!MOCK_OBJECTS.test(node.name)) return false;
  return isGlobal(module, node, node.name) || importedFrom(module, node, MOCK_HOMES) !== undefined;
}

/** `mock.module('...')` of `node:test` and of Bun, `t.mock.module('...')`. */
function isNodeMock(module: JsModule, node: JsNode): boolean {
  if (node.type === 'MemberExpression') return propertyName(node) === 'mock';
  return node.type === 'Identifier' && importedFrom(module, node, /^(?:node|bun):test$/) === 'mock';
}

function replacesModules(callee: JsNode): boolean {
  const object = callee.type === 'MemberExpression' ? callee.object : callee;
  return object.type === 'Identifier' && REPLACERS.has(object.name);
}

function keysOf(call: TSESTree.CallExpression): JsNode[] {
  return call.arguments.flatMap(literalKeys);
}

function literalKeys(node: JsNode): TSESTree.Literal[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Literal' ? [property.key] : [],
  );
}

/** `moduleNameMapper` of `jest.config.js`, whose keys are patterns, and `resolve.alias` of Vite and webpack. */
function configuredNames({ key, value }: TSESTree.Property): JsNode[] {
  const name = key.type === 'Identifier' ? key.name : textOf(key);
  if (name === 'moduleNameMapper') return literalKeys(value).flatMap((each) => nameWithin(each) ?? []);
  if (name !== 'resolve' || value.type !== 'ObjectExpression') return [];
  return value.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'alias'
      ? literalKeys(property.value)
      : [],
  );
}

/** The literal without the signs around the name: where its text begins and ends is what counts. */
function nameWithin(literal: TSESTree.Literal): JsNode | undefined {
  const [, before = '', name, after = ''] = /^(\^?)([\w-]+)(\$?)$/.exec(textOf(literal) ?? '') ?? [];
  if (name === undefined) return undefined;
  const [start, end] = literal.range;
  return { ...literal, value: name, range: [start + before.length, end - after.length] } as JsNode;
}
