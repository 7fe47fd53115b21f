import type { Alias } from '../../python/tree.ts';
import type { FileContext } from '../context.ts';
import type { Wanted } from './plan.ts';
import { moduleText } from './texts.ts';

const RULE = 'imports';

/** Edits the names of an import where they stand: those that stay the same are not touched. */
export function editNames(
  context: FileContext,
  aliases: readonly Alias[],
  wanted: readonly Wanted[][],
): void {
  let gone: Alias[] = [];
  let last: Alias | undefined;
  const removeGone = (next: Alias | undefined) => {
    const [first] = gone;
    if (first === undefined) return;
    const end = gone.at(-1)?.end ?? first.end;
    const start = next === undefined ? last?.end : first.start;
    if (context.source.slice(start, next?.start ?? end).includes('#')) removeOnlyNames(context, gone);
    else if (next !== undefined) context.replace(RULE, { start: first.start, end: next.start }, '');
    else if (last !== undefined) context.replace(RULE, { start: last.end, end }, '');
    gone = [];
  };
  aliases.forEach((alias, index) => {
    const texts = (wanted[index] ?? []).map((each) => textOf(context, alias, each));
    if (texts.length === 0) {
      gone.push(alias);
      return;
    }
    removeGone(alias);
    last = alias;
    const text = texts.join(', ');
    if (text !== context.text(alias)) context.replace(RULE, alias, text);
  });
  removeGone(undefined);
}

function textOf(context: FileContext, alias: Alias, { module, name, local }: Wanted): string {
  if (module === '') return context.text(alias);
  if (name === undefined) return moduleText(module, local);
  const isSame = name === alias.name && local === (alias.asname ?? alias.name);
  if (isSame) return context.text(alias);
  return name === local ? name : `${name} as ${local}`;
}

// In parentheses, and with comments among them, which stay: each name goes with its comma, and with its line if that is empty then.
function removeOnlyNames(context: FileContext, gone: readonly Alias[]): void {
  const { source, module } = context;
  let [start, end] = [-1, -1];
  const flush = () => {
    if (start < 0) return;
    const lineStart = module.lines.lineStart(start);
    const lineEnd = module.lines.lineEnd(end);
    const isLine = (source.slice(lineStart, start) + source.slice(end, lineEnd)).trim() === '';
    context.replace(RULE, isLine ? { start: lineStart, end: lineEnd } : { start, end }, '');
  };
  for (const alias of gone) {
    const tail = /^[ \t\f]*,?[ \t\f]*/.exec(source.slice(alias.end))?.[0] ?? '';
    if (alias.start !== end) {
      flush();
      start = alias.start;
    }
    end = alias.end + tail.length;
  }
  flush();
}
