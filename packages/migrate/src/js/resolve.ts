import type { Reference, Variable } from '@typescript-eslint/scope-manager';
import type { JsModule, JsNode } from './parseJs.ts';

const known = new WeakMap<JsModule, Map<JsNode, Reference>>();

/** The variable that an identifier means; nothing for globals, and for identifiers that are no expressions. */
export function variableOf(module: JsModule, node: JsNode): Variable | undefined {
  return references(module).get(node)?.resolved ?? undefined;
}

/** Whether an identifier means a global: nothing in the file declares that name for it. */
export function isGlobal(module: JsModule, node: JsNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && variableOf(module, node) === undefined;
}

/** The name under which a module exports what an identifier means, where it was imported by name from one of `homes`. */
export function importedFrom(module: JsModule, node: JsNode, homes: RegExp): string | undefined {
  const definition = variableOf(module, node)?.defs[0];
  if (definition?.node.type !== 'ImportSpecifier') return undefined;
  const { imported } = definition.node;
  const declaration = definition.parent;
  if (declaration?.type !== 'ImportDeclaration' || !homes.test(declaration.source.value)) return undefined;
  return imported.type === 'Identifier' ? imported.name : imported.value;
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
