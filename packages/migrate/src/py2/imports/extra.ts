import type { ImportFrom, Statement } from '../../python/tree.ts';
import { microdotName } from '../../tables/modules.ts';
import type { FileContext } from '../context.ts';
import { groups } from './texts.ts';

const RULE = 'imports';

/** Writes imports that no statement of the file can take, and the helpers. */
export function writeExtra(context: FileContext): void {
  const { extra, helpers, taken } = context.imports;
  for (const { name, local } of taken) {
    context.note(RULE, context.module.tree, {
      message: `${name} means something else in this file already, so what is imported is called ${local}.`,
      guide: 'modules-and-names',
    });
  }
  const imports = context.module.tree.body.filter(isImport);
  for (const text of groups(extra).sort()) {
    const before = text.startsWith('import ') ? nextInOrder(imports, text) : undefined;
    const after = before === undefined ? lastFitting(imports) : undefined;
    if (before !== undefined) context.insert(RULE, before.start, text + context.newline);
    else if (after !== undefined) insertLine(context, after, text);
    else context.insert(RULE, firstPlace(context), text + context.newline);
  }
  if (helpers.size === 0) return;
  const last = imports.filter((each) => !context.removed.has(each) || each === imports.at(-1)).at(-1);
  const { newline } = context;
  const code = [...helpers.values()].join('\n\n\n').replaceAll('\n', newline);
  if (last !== undefined)
    insertLine(context, last, `${newline}${newline}${code}${blanksAfter(context, last)}`);
  else context.insert(RULE, firstPlace(context), `${code}${newline}${newline}${newline}`);
}

// Two blank lines, as far as they are not there.
function blanksAfter(context: FileContext, statement: Statement): string {
  const rest = context.source.slice(context.module.lines.lineEnd(statement.end));
  if (rest.trim() === '') return '';
  const there = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(rest)?.[0].split(/\r\n|\r|\n/).length ?? 1;
  return context.newline.repeat(Math.max(0, 3 - there));
}

function isImport(node: Statement): node is Statement & { nodeType: 'Import' | 'ImportFrom' } {
  return node.nodeType === 'Import' || node.nodeType === 'ImportFrom';
}

// Among plain imports in alphabetical order a new one has its place; before anything else it comes first.
function nextInOrder(imports: readonly Statement[], text: string): Statement | undefined {
  for (const statement of imports) {
    if (statement.nodeType === 'ImportFrom' && statement.module === '__future__') continue;
    if (statement.nodeType !== 'Import') return statement;
    if (`import ${statement.names[0]?.name}` > text) return statement;
  }
  return undefined;
}

function lastFitting(imports: readonly Statement[]): Statement | undefined {
  const ofMicrodot = imports.filter(
    (each) => each.nodeType === 'ImportFrom' && microdotName((each as ImportFrom).module ?? '') !== null,
  );
  return ofMicrodot.at(-1) ?? imports.at(-1);
}

// Below a statement: at the start of the next line.
function insertLine(context: FileContext, after: Statement, text: string): void {
  const { lines } = context.module;
  const end = lines.lineEnd(after.end);
  const hasBreak = /[\r\n]$/.test(context.source.slice(0, end));
  context.insert(RULE, end, hasBreak ? text + context.newline : context.newline + text);
}

// After the docstring and the comments at the top.
function firstPlace(context: FileContext): number {
  const [first, second] = context.module.tree.body;
  const isDocstring =
    first?.nodeType === 'Expr' && first.value.nodeType === 'Constant' && first.value.type === 'str';
  const statement = isDocstring ? second : first;
  if (statement === undefined) return context.source.length;
  const start =
    'decorator_list' in statement
      ? (statement.decorator_list[0]?.start ?? statement.start + 1) - 1
      : statement.start;
  return context.module.lines.lineStart(Math.max(start, 0));
}
