import type { Attribute, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, type Js, LEVEL, member, newOf, object, wrap } from '../js.ts';
import { constantText } from '../infer/assign.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { namedProperty } from './expressions.ts';

/** `render_template(name, ...)` of Microdot 1.x: utemplate's is a generator, Jinja's gives text. */
export function emitRenderTemplate(e: Emitter, kind: string, args: Arguments): Js {
  const name = args.get(0, 'template') ?? e.refuse();
  const rest = args.node.args.slice(1);
  const keywords = args.node.keywords.filter(({ arg }) => arg !== 'template');
  const template = newOf(e.use(`@microdot/${kind}`, 'Template'), [e.present(name)]);
  return call(
    member(template, kind === 'utemplate' ? 'generate' : 'render'),
    context(e, kind, name, rest, keywords),
  );
}

/** `Template(name).render(...)` of Microdot 2.x. */
export function emitTemplateMethod(
  e: Emitter,
  func: Attribute,
  args: Arguments,
  kind: string,
): Js | undefined {
  const names: Readonly<Record<string, string>> = {
    render: 'render',
    generate: 'generate',
    render_async: 'renderAsync',
    generate_async: 'generateAsync',
  };
  const method = names[func.attr];
  if (!method) return undefined;
  const name = func.value.nodeType === 'Call' ? func.value.args[0] : undefined;
  return call(
    member(e.present(func.value), method),
    context(e, kind, name, args.node.args, args.node.keywords),
  );
}

function context(
  e: Emitter,
  kind: string,
  name: Expression | undefined,
  args: readonly Expression[],
  keywords: Arguments['node']['keywords'],
): Js[] {
  const properties: Doc[] = [];
  const names = kind === 'utemplate' && name ? parametersOf(e, name) : [];
  args.forEach((arg, i) => {
    if (arg.nodeType === 'Starred') e.refuse();
    // Jinja takes dictionaries by their place, utemplate the values of its `args` line.
    if (kind === 'jinja') properties.push(['...', wrap(e.expression(arg), LEVEL.unary)]);
    else properties.push(namedProperty(names[i] ?? e.refuse(), wrap(e.expression(arg), LEVEL.arrow)));
  });
  for (const { arg, value } of keywords) {
    properties.push(
      arg === undefined
        ? ['...', wrap(e.expression(value), LEVEL.unary)]
        : namedProperty(arg, wrap(e.expression(value), LEVEL.arrow)),
    );
  }
  return properties.length > 0 ? [object(properties)] : [];
}

/** The names in the `args` line of a template. */
function parametersOf(e: Emitter, name: Expression): string[] {
  const written = constantText(name);
  if (written === undefined) return [];
  for (const [path, text] of e.out.files) {
    if (path !== written && !path.endsWith(`/${written}`)) continue;
    const line = /\{%\s*args\s+([^%]*)%\}/.exec(text)?.[1] ?? '';
    return line.split(',').map((part) => (part.split('=')[0] as string).trim());
  }
  return [];
}
