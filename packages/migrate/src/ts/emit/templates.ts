import type { Attribute, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, type Js, LEVEL, member, newOf, object, wrap } from '../js.ts';
import type { ClassInfo } from '../program.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { namedProperty } from './properties.ts';

/** `render_template(name, ...)` of Microdot 1.x: utemplate's is a generator, Jinja's gives text. */
export function emitRenderTemplate(e: Emitter, kind: string, args: Arguments): Js {
  const name = args.get(0, 'template') ?? e.refuse();
  const rest = args.node.args.slice(1);
  const keywords = args.node.keywords.filter(({ arg }) => arg !== 'template');
  const template = newOf(e.use(`@microdot/${kind}`, 'Template'), [e.present(name)]);
  return call(
    member(template, kind === 'utemplate' ? 'generate' : 'render'),
    context(e, kind, rest, keywords),
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
  return call(member(e.present(func.value), method), context(e, kind, args.node.args, args.node.keywords));
}

/** An error that a template prints is its text in Python; one that it asks for more stays what it is. */
function printable(e: Emitter, value: Expression, name: string): Js {
  const atom = e.type(value).single;
  const isError =
    atom?.kind === 'instance' &&
    (/(Error|Exception)$/.test(atom.name) || (atom.owner as ClassInfo | null)?.errorBase !== undefined);
  const isAsked = new RegExp(`\\b${name}\\s*\\.`);
  if (!isError || [...e.out.files].some(([path, text]) => !path.endsWith('.py') && isAsked.test(text)))
    return e.expression(value);
  return call(e.py('messageOf'), [e.expression(value)]);
}

/** Jinja takes dictionaries by their place and values by their names; utemplate takes what its `args` line names, in either way. */
function context(
  e: Emitter,
  kind: string,
  args: readonly Expression[],
  keywords: Arguments['node']['keywords'],
): Js[] {
  const properties: Doc[] = [];
  const inOrder: Js[] = [];
  for (const arg of args) {
    if (arg.nodeType === 'Starred') e.refuse();
    if (kind === 'jinja') properties.push(['...', wrap(e.expression(arg), LEVEL.unary)]);
    else inOrder.push(e.expression(arg));
  }
  for (const { arg, value } of keywords) {
    const doc = wrap(printable(e, value, arg ?? ''), LEVEL.arrow);
    properties.push(
      arg === undefined ? ['...', wrap(e.expression(value), LEVEL.unary)] : namedProperty(arg, doc),
    );
  }
  const last = args.at(-1);
  // An object that comes last would be taken for the arguments with names.
  const isObject =
    last !== undefined &&
    inOrder.length > 0 &&
    (e.type(last).isAny || e.type(last).atom('dict') !== undefined);
  return properties.length > 0 || isObject ? [...inOrder, object(properties)] : inOrder;
}
