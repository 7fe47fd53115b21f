import { bindingsOf } from '../../python/bindings.ts';
import type { Attribute, Call, Expression, Keyword, Name } from '../../python/tree.ts';
import { MODULES } from '../../tables/modules.ts';
import { type FileContext, type Rule, rootName } from '../context.ts';

const NAME = 'templates';

/** `render_template()` becomes `Template().render()`, or `.generate()`; `init_templates()` becomes `Template.initialize()`. */
export const templates: Rule = {
  name: NAME,
  run(context) {
    for (const module of ['microdot_jinja', 'microdot_utemplate']) {
      for (const { symbol, expression, call } of context.uses(module)) {
        const target = MODULES.get(module) ?? '';
        const name = symbol.slice(module.length + 1);
        if (name === '_jinja_env') environment(context, expression);
        if (name !== 'render_template' && name !== 'init_templates') continue;
        if (call !== null && name === 'init_templates') initialize(context, call, target);
        else if (call === null || !render(context, call, target))
          handOver(context, expression, { name, module: target });
      }
    }
  },
};

interface Handed {
  name: string;
  /** The module of 2.x. */
  module: string;
}

// What holds the filters and globals of an application is an attribute now.
function environment(context: FileContext, expression: Name | Attribute): void {
  const Template = context.imports.replacing(expression, 'microdot.jinja', 'Template');
  context.replace(NAME, expression, `${Template}.jinja_env`);
}

function initialize(context: FileContext, call: Call, module: string): void {
  context.replace(NAME, call.func, `${context.imports.replacing(call.func, module, 'Template')}.initialize`);
}

function render(context: FileContext, call: Call, module: string): boolean {
  const template = templateOf(call);
  if (template === null) return false;
  const { value, whole } = template;
  context.replace(NAME, call.func, context.imports.replacing(call.func, module, 'Template'));
  const method = module === 'microdot.jinja' ? 'render' : 'generate';
  const others = [...call.args, ...call.keywords]
    .filter((each) => each !== whole)
    .sort((a, b) => a.start - b.start);
  const [next] = others;
  if (next !== undefined && next.start < whole.start) {
    moveToFront(context, others, whole, value, method);
    return true;
  }
  if (value !== whole) context.replace(NAME, { start: whole.start, end: value.start }, '');
  const after = next?.start ?? call.end - 1;
  const between = context.source.slice(whole.end, after);
  const comma = commaIn(between);
  if (comma < 0) {
    context.insert(NAME, whole.end, `).${method}(`);
  } else {
    // What follows on the same line moves up to the parenthesis; on another line it stays where it is.
    const blanks = /^[ \t]*(?![ \t#\r\n\\])/.exec(between.slice(comma + 1))?.[0].length ?? 0;
    const start = whole.end + comma;
    context.replace(NAME, { start, end: start + 1 + blanks }, `).${method}(`);
  }
  return true;
}

// Keywords before `template=`: it is written first.
function moveToFront(
  context: FileContext,
  others: readonly (Expression | Keyword)[],
  whole: Expression | Keyword,
  value: Expression,
  method: string,
): void {
  const first = others[0] as Expression | Keyword;
  const previous = others.filter((each) => each.end <= whole.start).at(-1) as Expression | Keyword;
  context.insert(NAME, first.start, `${context.text(value)}).${method}(`);
  context.replace(NAME, { start: previous.end, end: whole.end }, '');
}

/** The argument that is the template; `null` where it cannot be told. */
function templateOf(call: Call): { value: Expression; whole: Expression | Keyword } | null {
  const [first] = call.args;
  if (first !== undefined) return first.nodeType === 'Starred' ? null : { value: first, whole: first };
  const keyword = call.keywords.find(({ arg }) => arg === 'template');
  return keyword === undefined ? null : { value: keyword.value, whole: keyword };
}

// The comma after an argument, with closing parentheses and comments before it.
function commaIn(text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '#') while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
    else if (text[i] === ',') return i;
  }
  return -1;
}

// A function that is handed over as a value goes on as one of the application's own.
function handOver(context: FileContext, expression: Name | Attribute, { name, module }: Handed): void {
  const Template = context.imports.replacing(expression, module, 'Template');
  const root = rootName(expression);
  const binding = root === null ? null : bindingsOf(context.module).resolve(root);
  const method = module === 'microdot.jinja' ? 'render' : 'generate';
  const own = expression.nodeType === 'Name' ? (binding?.name ?? name) : name;
  if (name === 'init_templates') {
    context.replace(NAME, expression, `${Template}.initialize`);
  } else {
    context.imports.helpers.set(
      own,
      `def ${own}(template, *args, **kwargs):\n    return ${Template}(template).${method}(*args, **kwargs)`,
    );
    if (context.text(expression) !== own) context.replace(NAME, expression, own);
  }
  context.note(NAME, expression, {
    message: `${name} is used as a value here, or with arguments that are unpacked. Microdot 2 has Template() in its place.`,
    suggestion: `Template(name).${method}(...)`,
    guide: 'templates',
  });
}
