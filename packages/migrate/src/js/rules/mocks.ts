import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from '../functions.ts';
import { type OldModule, oldName } from '../names.ts';
import type { JsNode } from '../parseJs.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { givesModule, type Specifier } from '../specifiers.ts';
import { keyName } from '../uses.ts';

/** What a mock puts in the place of a module has the names of 2.x. */
export const mocks: JsRule = {
  name: 'mocks',
  apply(context: JsContext): void {
    for (const specifier of context.uses.specifiers) {
      for (const object of replacements(context, specifier)) renameKeys(context, specifier.module, object);
    }
  },
};

/** The objects that stand for a module: what a factory returns, or `namedExports` of `node:test`. */
function replacements({ module }: JsContext, { node, owner }: Specifier): TSESTree.ObjectExpression[] {
  const isKey = owner.type === 'CallExpression' && !owner.arguments.includes(node as TSESTree.Expression);
  if (isKey) {
    const property = module.parents.get(node);
    return property?.type === 'Property' && property.value.type === 'ObjectExpression'
      ? [property.value]
      : [];
  }
  const call = owner.type === 'ImportExpression' ? module.parents.get(owner) : owner;
  if (call?.type !== 'CallExpression' || givesModule(module, call.callee)) return [];
  const isFirst = call.arguments[0] === node || call.arguments[0] === owner;
  const second = call.arguments[1];
  if (!isFirst || !second) return [];
  if (isFunction(second)) return returned(second.body);
  if (second.type !== 'ObjectExpression') return [];
  const named = second.properties.find(
    (each) => each.type === 'Property' && keyName(each) === 'namedExports',
  );
  return named?.type === 'Property' && named.value.type === 'ObjectExpression' ? [named.value] : [];
}

/** The object literals that the body of a factory is or returns. */
function returned(body: JsNode): TSESTree.ObjectExpression[] {
  if (body.type === 'ObjectExpression') return [body];
  // Oxc keeps parentheses: `() => ({})`.
  const inner = (body as { expression?: JsNode }).expression;
  if ((body.type as string) === 'ParenthesizedExpression' && inner) return returned(inner);
  if (body.type !== 'BlockStatement') return [];
  return body.body.flatMap((statement) =>
    statement.type === 'ReturnStatement' && statement.argument ? returned(statement.argument) : [],
  );
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
