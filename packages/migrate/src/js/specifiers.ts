import type { TSESTree } from '@typescript-eslint/types';
import { configuredNames } from './configuredNames.ts';
import { isMock, isNodeMock, replacedNames } from './mockObjects.ts';
import { type OldModule, oldModule } from './names.ts';
import { type JsModule, type JsNode, walk } from './parseJs.ts';
import { importedFrom, isGlobal, propertyName, textOf, variableOf } from './resolve.ts';

/** A place where a source names a 1.x module: the text within the quotes is what changes. */
export interface Specifier {
  /** The literal, quotes included; or the name of a property that is written without. */
  readonly node: JsNode;
  readonly module: OldModule;
  /** What follows the name of the module, such as `/package.json`. */
  readonly subpath: string;
  /** What it belongs to: an `import`, an `export`, a call, a type; in a configuration the literal itself. */
  readonly owner: JsNode;
  /** Whether it stands in a regular expression, where a slash is not itself. */
  readonly isRegExp?: boolean;
}

/** Every place where a module is named, and only those: a string elsewhere may mean anything. */
export function findSpecifiers(module: JsModule): Specifier[] {
  const found: Specifier[] = [];
  const taken = new Set<JsNode>();
  const add = (node: JsNode | null | undefined, owner: JsNode): void => {
    const text = node?.type === 'Identifier' ? node.name : node && textOf(node);
    if (!text || !node) return;
    const [, name = '', subpath = ''] = /^([^/]*)(.*)$/s.exec(text) ?? [];
    const old = oldModule(name);
    if (!old) return;
    taken.add(node);
    found.push({ node, module: old, subpath, owner });
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
        for (const name of replacedNames(module, node)) add(name, node);
        break;
      case 'Literal':
      case 'Identifier':
        if (!taken.has(node)) found.push(...configuredNames(module, node));
        break;
    }
  });
  return found;
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

function namesModule(module: JsModule, callee: JsNode): boolean {
  if (isRequire(module, callee)) return true;
  if (callee.type !== 'MemberExpression') return false;
  const name = propertyName(callee) ?? '';
  const { object } = callee;
  if (name === 'resolve') return isRequire(module, object) || isImportMeta(object);
  if (name === 'module') return isNodeMock(module, object);
  return isMock(module, name, object);
}

/** `require`, that of `module`, or what `createRequire` has made. */
function isRequire(module: JsModule, node: JsNode): boolean {
  if (node.type === 'MemberExpression') {
    const { object } = node;
    if (propertyName(node) !== 'require') return false;
    if (object.type === 'MemberExpression') return /^(?:mainModule|main)$/.test(propertyName(object) ?? '');
    return ['module', 'globalThis', 'global'].some((name) => isGlobal(module, object, name));
  }
  if (node.type === 'CallExpression') return makesRequire(module, node);
  if (isGlobal(module, node, 'require')) return true;
  const definition = variableOf(module, node)?.defs[0]?.node;
  if (definition?.type !== 'VariableDeclarator') return false;
  return definition.init?.type === 'CallExpression' && makesRequire(module, definition.init);
}

function makesRequire(module: JsModule, { callee }: TSESTree.CallExpression): boolean {
  return (
    importedFrom(module, callee, /^(?:node:)?module$/) === 'createRequire' ||
    (callee.type === 'MemberExpression' && propertyName(callee) === 'createRequire')
  );
}

function isImportMeta(node: JsNode): boolean {
  return node.type === 'MetaProperty' && node.meta.name === 'import';
}
