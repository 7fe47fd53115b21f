import type { TSESTree } from '@typescript-eslint/types';
import { nameRange } from '../nameRange.ts';
import type { JsNode } from '../parseJs.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Item, Use } from '../uses.ts';

/** `renderTemplate(name, context)` is `new Template(name).render(context)`, or `generate` where it gave a stream. */
export const templates: JsRule = {
  name: 'templates',
  apply(context: JsContext): void {
    const all = context.uses.uses.filter((use) => use.old.rewrittenBy === 'templates');
    const left = new Set(all.filter((use) => !callOf(context, use)).map((use) => use.item));
    for (const item of context.uses.containers.flatMap((container) => container.items)) {
      if (item.old?.rewrittenBy !== 'templates' || item.container.kind === 'export') continue;
      if (!item.variable?.references.some((reference) => !reference.init)) rewrite.unused(context, item);
    }
    for (const use of all) {
      const call = callOf(context, use);
      if (!call) noteUse(context, use);
      else if (use.old.key === 'init_templates') rewrite.initialize(context, use, left);
      else rewrite.render(context, use, call, left);
    }
  },
};

const rewrite = {
  /** Imported, and used nowhere. */
  unused({ imports }: JsContext, item: Item): void {
    imports.replace(item, 'Template', 'templates');
  },

  initialize(context: JsContext, use: Use, left: ReadonlySet<Item | undefined>): void {
    const text = `${templateName(context, use, left)}.initialize`;
    context.changes.replace(...calleeRange(use), text, 'templates');
  },

  render(context: JsContext, use: Use, call: TSESTree.CallExpression, left: ReadonlySet<Item | undefined>): void {
    const { changes, module } = context;
    const { source } = module;
    const method = use.module.package === '@microdot/utemplate' ? 'generate' : 'render';
    const [template, values] = call.arguments;
    if (!template) return;
    const name = templateName(context, use, left);
    const constructor = /[()]/.test(name) ? `(${name})` : name;
    const opening = source.slice(call.callee.range[1], template.range[0]);
    const plain = /^\(\s*$/.test(opening);
    const start = plain ? `new ${constructor}(` : `new ${constructor}${opening}`;
    changes.replace(call.callee.range[0], template.range[0], start, 'templates');
    if (values) {
      const gap = source.slice(template.range[1], values.range[0]);
      changes.replace(template.range[1], values.range[0], closing(gap, method), 'templates');
    } else {
      const gap = source.slice(template.range[1], call.range[1]).replace(/^\s*,?\s*\)$/, ')');
      changes.replace(template.range[1], call.range[1], `${gap}.${method}()`, 'templates');
    }
  },
};

/** What stands between the name of a template and its values: comments and line breaks stay. */
function closing(gap: string, method: string): string {
  const comma = gap.replace(/\/\*[^]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length)).indexOf(',');
  const before = gap.slice(0, comma).trimEnd();
  const after = gap.slice(comma + 1);
  const kept = after.trim() === '' && !after.includes('\n') ? '' : after.replace(/^ +(?=\S)/, '');
  return `${before}).${method}(${kept}`;
}

/** The call that a use is made for, where it can be written otherwise. */
function callOf({ module }: JsContext, use: Use): TSESTree.CallExpression | undefined {
  const call = module.parents.get(use.node);
  if (call?.type !== 'CallExpression' || call.callee !== use.node || call.optional) return undefined;
  if (use.old.key === 'init_templates') return call;
  const [template] = call.arguments;
  return template && !call.arguments.slice(0, 1).some(isSpread) ? call : undefined;
}

function isSpread(node: JsNode): boolean {
  return node.type === 'SpreadElement';
}

function templateName({ imports, module }: JsContext, use: Use, left: ReadonlySet<Item | undefined>): string {
  if (use.item) {
    return left.has(use.item)
      ? imports.add(use.item, 'Template', 'templates')
      : imports.replace(use.item, 'Template', 'templates');
  }
  const [start] = nameRange(module, use.node) ?? use.node.range;
  const object = module.source.slice(use.node.range[0], start);
  return object.endsWith('[') ? `${object.slice(0, -1)}.Template` : `${object}Template`;
}

function calleeRange(use: Use): [number, number] {
  return [...use.node.range];
}

function noteUse({ changes, module }: JsContext, use: Use): void {
  const written = module.source.slice(...use.node.range);
  const method = use.module.package === '@microdot/utemplate' ? 'generate' : 'render';
  changes.note(
    use.node.range[0],
    'templates',
    `${written} is used as a value, or with arguments that are not known here; 2.x has no such function.`,
    'templates',
    `(name, values) => new Template(name).${method}(values)`,
  );
}
