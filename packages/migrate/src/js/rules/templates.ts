import type { TSESTree } from '@typescript-eslint/types';
import { renameTo } from '../rename.ts';
import { isTaken } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Item, Use } from '../uses.ts';

/** `renderTemplate(name, context)` is `new Template(name).render(context)`, or `generate` where it gave a stream. */
export const templates: JsRule = {
  name: 'templates',
  apply(context: JsContext): void {
    const all = context.uses.uses.filter((use) => use.old.rewrittenBy === 'templates');
    const calls = new Map(all.map((use) => [use, callOf(context, use)]));
    const staying = new Set(all.filter((use) => !calls.get(use)).map((use) => use.item));
    replaceUnused(context, all);
    for (const [use, call] of calls) {
      if (!call) noteValue(context, use);
      else if (use.old.key === 'init_templates') {
        renameTo(context, use, templateName(context, use, staying), 'templates', { after: '.initialize' });
      } else {
        renameTo(context, use, templateName(context, use, staying), 'templates', { before: 'new ' });
        rewriteArguments(context, call, methodOf(use));
      }
    }
  },
};

/** The call that a use is made for, where it can be written otherwise. */
function callOf({ module }: JsContext, use: Use): TSESTree.CallExpression | undefined {
  const call = module.parents.get(use.node);
  if (call?.type !== 'CallExpression' || call.callee !== use.node || call.optional) return undefined;
  if (use.old.key === 'init_templates') return call;
  const [template] = call.arguments;
  return template && template.type !== 'SpreadElement' ? call : undefined;
}

/** `microdot_utemplate` gave a stream of the rendered text, and `microdot_jinja` the text. */
function methodOf(use: Use): string {
  return use.specifier.module.package === '@microdot/utemplate' ? 'generate' : 'render';
}

/** `(name, values)` is `(name).render(values)`. */
function rewriteArguments(
  { changes, module: { source } }: JsContext,
  call: TSESTree.CallExpression,
  method: string,
): void {
  const [template, values] = call.arguments;
  if (!template) return;
  const opening = source.slice(call.callee.range[1], template.range[0]);
  if (/^\(\s*$/.test(opening)) changes.replace(call.callee.range[1], template.range[0], '(', 'templates');
  if (values) {
    const gap = source.slice(template.range[1], values.range[0]);
    changes.replace(template.range[1], values.range[0], between(gap, method), 'templates');
  } else {
    const gap = source.slice(template.range[1], call.range[1]).replace(/^\s*,?\s*\)$/, ')');
    changes.replace(template.range[1], call.range[1], `${gap}.${method}()`, 'templates');
  }
}

/** What stands between the name of a template and its values: comments and line breaks stay. */
function between(gap: string, method: string): string {
  const comma = gap.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length)).indexOf(',');
  const after = gap.slice(comma + 1);
  const kept = after.trim() === '' && !after.includes('\n') ? '' : after.replace(/^ +(?=\S)/, '');
  return `${gap.slice(0, comma).trimEnd()}).${method}(${kept}`;
}

function templateName(context: JsContext, use: Use, staying: ReadonlySet<Item | undefined>): string {
  if (!use.item) return 'Template';
  const { imports } = context;
  return staying.has(use.item) ? imports.add(use.item, 'Template', 'templates') : replace(context, use.item);
}

function replace({ imports, changes, module }: JsContext, item: Item): string {
  const name = imports.replace(item, 'Template', 'templates');
  if (name !== 'Template' && isTaken(module, 'Template')) {
    changes.note(
      item.node.range[0],
      'templates',
      `Something else is called Template here: it is imported as ${name}.`,
      'templates',
    );
  }
  return name;
}

/** What is imported and used nowhere. */
function replaceUnused(context: JsContext, all: readonly Use[]): void {
  for (const { kind, items } of context.uses.containers) {
    for (const item of items) {
      const isOld = item.old?.rewrittenBy === 'templates' && kind !== 'export';
      if (isOld && !all.some((use) => use.item === item)) replace(context, item);
    }
  }
}

function noteValue({ changes, module }: JsContext, use: Use): void {
  const written = module.source.slice(...use.node.range);
  changes.note(
    use.node.range[0],
    'templates',
    `2.x has no ${written}, and here it is not called with the name of a template.`,
    'templates',
    `(name, values) => new Template(name).${methodOf(use)}(values)`,
  );
}
