import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from '../functions.ts';
import { type OldModule, oldName } from '../names.ts';
import type { JsModule, JsNode } from '../parseJs.ts';
import { propertyName, variableOf } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { givesModule, type Specifier } from '../specifiers.ts';
import { keyName } from '../uses.ts';

/** What a mock puts in the place of a module has the names of 2.x. */
export const mocks: JsRule = {
  name: 'mocks',
  apply(context: JsContext): void {
    for (const specifier of context.uses.specifiers) {
      const objects = replacements(context, specifier);
      for (const object of objects) renameKeys(context, specifier.module, object);
      const home = homeOfKeys(specifier.module, objects);
      if (home !== undefined) context.homes.set(specifier, home);
    }
  },
};

/** The objects that stand for a module: what a factory returns, what is given instead, or `namedExports` of `node:test`. */
function replacements(context: JsContext, { node, owner }: Specifier): TSESTree.ObjectExpression[] {
  const { module } = context;
  const property = module.parents.get(node);
  if (property?.type === 'Property' && property.key === node) return objectsOf(module, property.value);
  const call = owner.type === 'ImportExpression' ? module.parents.get(owner) : owner;
  if (call?.type !== 'CallExpression' || givesModule(module, call.callee)) return [];
  const isFirst = call.arguments[0] === node || call.arguments[0] === owner;
  if (!isFirst) return [];
  const second = call.arguments[1] ?? replacedLater(module, call);
  if (!second) return [];
  if (isFunction(second)) return returned(module, second.body);
  return objectsOf(module, second).map((object) => namedExports(object) ?? object);
}

/** `rewiremock('microdot').with({ ... })` */
function replacedLater(module: JsModule, call: JsNode): JsNode | undefined {
  const member = module.parents.get(call);
  const later = member && module.parents.get(member);
  if (member?.type !== 'MemberExpression' || propertyName(member) !== 'with') return undefined;
  return later?.type === 'CallExpression' ? later.arguments[0] : undefined;
}

function namedExports(object: TSESTree.ObjectExpression): TSESTree.ObjectExpression | undefined {
  const named = object.properties.find(
    (each) => each.type === 'Property' && /^(?:namedExports|exports)$/.test(keyName(each) ?? ''),
  );
  return named?.type === 'Property' && named.value.type === 'ObjectExpression' ? named.value : undefined;
}

/** The object literals that the body of a factory is or returns. */
function returned(module: JsModule, body: JsNode): TSESTree.ObjectExpression[] {
  if (body.type !== 'BlockStatement') return objectsOf(module, body);
  return body.body.flatMap((statement) =>
    statement.type === 'ReturnStatement' && statement.argument ? objectsOf(module, statement.argument) : [],
  );
}

/** The object literals that a value is made of. */
function objectsOf(module: JsModule, node: JsNode): TSESTree.ObjectExpression[] {
  if (node.type === 'ObjectExpression') return [node];
  if (node.type === 'Identifier') {
    const definition = variableOf(module, node)?.defs[0]?.node;
    const made = definition?.type === 'VariableDeclarator' ? definition.init : undefined;
    if (made && isFunction(made)) return returned(module, made.body);
    return made && made.type !== 'Identifier' ? objectsOf(module, made) : [];
  }
  if (node.type === 'CallExpression') {
    const isAssign = node.callee.type === 'MemberExpression' && propertyName(node.callee) === 'assign';
    return isAssign ? node.arguments.flatMap((each) => objectsOf(module, each)) : [];
  }
  // Oxc keeps parentheses: `() => ({})`.
  const inner = (node as { expression?: JsNode }).expression;
  const isSame = /^(?:ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression)$/.test(node.type);
  return isSame && inner ? objectsOf(module, inner) : [];
}

/** Where the names of a mock are, if all of them are in one package that is not the usual one. */
function homeOfKeys(old: OldModule, objects: readonly TSESTree.ObjectExpression[]): string | undefined {
  const names = objects.flatMap(({ properties }) =>
    properties.flatMap((each) => (each.type === 'Property' ? (oldName(old, keyName(each) ?? '') ?? []) : [])),
  );
  const [home, ...others] = new Set(names.map((name) => name.package ?? old.package));
  return others.length === 0 && home !== old.package ? home : undefined;
}

function renameKeys({ changes, module }: JsContext, old: OldModule, object: TSESTree.ObjectExpression): void {
  for (const property of object.properties) {
    if (property.type !== 'Property') continue;
    const name = keyName(property);
    const entry = name === undefined ? undefined : oldName(old, name);
    if (!entry || name === undefined) continue;
    if (entry.name === undefined) {
      const message = `The mock has ${name}, which 2.x has not.`;
      changes.note(property.range[0], 'mocks', message, entry.rewrittenBy ?? 'names-that-are-gone');
    } else if (property.shorthand) {
      if (entry.name !== name) changes.insert(property.range[0], `${entry.name}: `, 'mocks');
    } else {
      const quote = /^['"]/.exec(module.source.slice(...property.key.range))?.[0] ?? '';
      changes.replace(...property.key.range, quote + entry.name + quote, 'mocks');
    }
  }
}
