import type { TSESTree } from '@typescript-eslint/types';
import { classes, oldName } from '../names.ts';
import type { JsNode } from '../parseJs.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Specifier } from '../specifiers.ts';
import type { DefaultUse } from '../uses.ts';

const RULE = 'defaults';

/** Packages of 2.x have no default export: what was imported by default is the whole module, or its one class. */
export const defaults: JsRule = {
  name: RULE,
  apply(context: JsContext): void {
    for (const use of context.uses.defaults) {
      const { node } = use;
      if (node.type === 'ImportDefaultSpecifier') rewriteImport(context, use, node);
      else if (node.type === 'ObjectPattern') rewritePattern(context, node);
      else if (node.type === 'MemberExpression') rewriteMember(context, use, node);
      else rewriteModule(context, use);
    }
  },
};

/** `import CORS from` is `import { CORS } from`, and `import microdot from` is `import * as microdot from`. */
function rewriteImport(context: JsContext, use: DefaultUse, node: TSESTree.ImportDefaultSpecifier): void {
  const { module, changes } = context;
  const { owner } = use.specifier;
  if (owner.type !== 'ImportDeclaration') return;
  const local = node.local.name;
  const name = className(context, use, node);
  if (name === undefined) nameClasses(context, use);
  const clause =
    name === undefined ? `* as ${local}` : `{ ${name === local ? name : `${name} as ${local}`} }`;
  const [, second] = owner.specifiers;
  if (!second) changes.replace(...node.range, clause, RULE);
  else if (second.type === 'ImportSpecifier' && name !== undefined) {
    // `import CORS, { x } from` is `import { CORS, x } from`.
    changes.replace(node.range[0], second.range[0], `${clause.slice(0, -2)}, `, RULE);
  } else {
    const home = use.specifier.module.package ?? '';
    const literal = module.source.slice(...use.specifier.node.range);
    const quote = literal[0] ?? "'";
    const end = module.source.slice(...owner.range).endsWith(';') ? ';' : '';
    const start =
      second.type === 'ImportSpecifier' ? module.source.lastIndexOf('{', second.range[0]) : second.range[0];
    const statement = `${clause} from ${quote}${home}${quote}${end}${changes.lineBreak}import `;
    changes.replace(node.range[0], start, statement, RULE);
  }
}

/** The export that a default import stands for: one of its own name, or the main one where it is a class. */
function className(
  { module }: JsContext,
  { specifier, isNamespace, constructed }: DefaultUse,
  node: TSESTree.ImportDefaultSpecifier,
): string | undefined {
  if (isNamespace) return undefined;
  const own = oldName(specifier.module, node.local.name)?.name;
  if (own !== undefined) return own;
  const references = module.scopes.getDeclaredVariables(node)[0]?.references ?? [];
  const isType = references.some(({ identifier }) => {
    const parent = module.parents.get(identifier);
    return parent?.type === 'TSTypeReference' || parent?.type === 'TSClassImplements';
  });
  return isType || constructed.length > 0 ? classOf(specifier) : undefined;
}

/** `const { default: microdot } = await import('microdot')` is `const microdot = await import('@microdot/core')`. */
function rewritePattern({ module, changes }: JsContext, node: TSESTree.ObjectPattern): void {
  const [property] = node.properties;
  if (property?.type !== 'Property') return;
  const end = property.range[1] + module.source.slice(property.range[1]).indexOf('}') + 1;
  changes.replace(node.range[0], end, module.source.slice(...property.value.range), RULE);
}

/** `.default` is the class, or nothing but the module. */
function rewriteMember(context: JsContext, use: DefaultUse, node: TSESTree.MemberExpression): void {
  const { changes, module } = context;
  const name = use.isNamespace ? undefined : classOf(use.specifier);
  if (name === undefined) {
    changes.replace(node.object.range[1], node.range[1], '', RULE);
    nameClasses(context, use);
  } else {
    const quote = /^['"`]/.exec(module.source.slice(...node.property.range))?.[0] ?? '';
    changes.replace(...node.property.range, quote + name + quote, RULE);
  }
}

/** `const CORS = require('microdot_cors')` is `const { CORS } = require('@microdot/cors')`, where it is no more than a class. */
function rewriteModule(context: JsContext, use: DefaultUse): void {
  const { module, changes } = context;
  const holder = module.parents.get(use.node);
  const name = classOf(use.specifier);
  const isHeld = holder?.type === 'VariableDeclarator' && holder.init === use.node;
  if (!isHeld || holder.id.type !== 'Identifier' || holder.id.typeAnnotation || use.isNamespace) {
    nameClasses(context, use);
  } else if (name !== undefined) {
    const local = holder.id.name;
    changes.replace(...holder.id.range, `{ ${name === local ? name : `${name}: ${local}`} }`, RULE);
  }
}

/** `new m()` is `new m.Microdot()`. */
function nameClasses({ changes }: JsContext, { specifier, constructed }: DefaultUse): void {
  const name = classOf(specifier);
  for (const node of constructed) {
    const inner = node as { type: string; expression?: JsNode; range: [number, number] };
    const end = inner.type === 'ParenthesizedExpression' ? inner.expression?.range[1] : inner.range[1];
    if (name !== undefined && end !== undefined) changes.insert(end, `.${name}`, RULE);
  }
}

function classOf({ module }: Specifier): string | undefined {
  return classes[module.package ?? ''];
}
