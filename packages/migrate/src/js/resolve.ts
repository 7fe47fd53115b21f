import type { Reference, Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import type { JsModule, JsNode } from './parseJs.ts';

const known = new WeakMap<JsModule, Map<JsNode, Reference>>();

/** The variable that an identifier means; nothing for globals, and for identifiers that are no expressions. */
export function variableOf(module: JsModule, node: JsNode): Variable | undefined {
  return references(module).get(node)?.resolved ?? undefined;
}

const declared = new WeakMap<JsModule, Map<JsNode, Variable>>();

/** The variable that an identifier declares, as a parameter or in a declaration, or means. */
export function declaredOrMeant(module: JsModule, node: JsNode): Variable | undefined {
  let map = declared.get(module);
  if (!map) {
    const all = module.scopes.variables.toReversed();
    map = new Map(all.flatMap((variable) => variable.identifiers.map((each) => [each, variable])));
    declared.set(module, map);
  }
  return variableOf(module, node) ?? map.get(node);
}

/** Whether an identifier means a global: nothing in the file declares that name for it. */
export function isGlobal(module: JsModule, node: JsNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && variableOf(module, node) === undefined;
}

/**
 * The name under which a module exports what an identifier means, where it was imported from one of `homes`, or taken from
 * what `require` gave; `*` for the module itself.
 */
export function importedFrom(module: JsModule, node: JsNode, homes: RegExp): string | undefined {
  const definition = variableOf(module, node)?.defs[0];
  if (definition?.node.type === 'VariableDeclarator') return requiredFrom(definition.node, node, homes);
  const declaration = definition?.parent;
  if (declaration?.type !== 'ImportDeclaration' || !homes.test(declaration.source.value)) return undefined;
  if (definition?.node.type !== 'ImportSpecifier') return '*';
  const { imported } = definition.node;
  return imported.type === 'Identifier' ? imported.name : imported.value;
}

/** `const { createRequire } = require('module')`, `const proxyquire = require('proxyquire').noCallThru()` */
function requiredFrom(
  { id, init }: TSESTree.VariableDeclarator,
  node: JsNode,
  homes: RegExp,
): string | undefined {
  let from: JsNode | null = init;
  while (
    from?.type === 'MemberExpression' ||
    (from?.type === 'CallExpression' && from.callee.type !== 'Identifier')
  ) {
    from = from.type === 'MemberExpression' ? from.object : from.callee;
  }
  if (
    from?.type !== 'CallExpression' ||
    from.callee.type !== 'Identifier' ||
    from.callee.name !== 'require'
  ) {
    return undefined;
  }
  if (!homes.test(textOf(from.arguments[0] ?? from) ?? '')) return undefined;
  if (id.type !== 'ObjectPattern') return '*';
  for (const property of id.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    const isThis = node.type === 'Identifier' && property.value.name === node.name;
    if (isThis && property.key.type === 'Identifier') return property.key.name;
  }
  return undefined;
}

/** Whether anything in the file is called so, or takes it for a global. */
export function isTaken(module: JsModule, name: string): boolean {
  return module.scopes.scopes.some(
    (scope) => scope.set.has(name) || scope.through.some(({ identifier }) => identifier.name === name),
  );
}

function references(module: JsModule): Map<JsNode, Reference> {
  let map = known.get(module);
  if (!map) {
    map = new Map(
      module.scopes.scopes
        .flatMap((scope) => scope.references)
        .map((reference) => [reference.identifier, reference]),
    );
    known.set(module, map);
  }
  return map;
}

/** What a string or a template without values says. */
export function textOf(node: JsNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral' && node.quasis.length === 1)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name that a member expression asks for, where it is in the source. */
export function propertyName(node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  return textOf(node.property);
}
