import type { Alias } from '../../python/tree.ts';
import type { FileContext } from '../context.ts';
import type { Wanted } from './plan.ts';
import { moduleText } from './texts.ts';

/** Edits the names of an import where they stand: those that stay the same are not touched. */
export function editNames(
  context: FileContext,
  aliases: readonly Alias[],
  wanted: readonly Wanted[][],
): void {
  const rule = 'imports';
  let gone: Alias[] = [];
  let last: Alias | undefined;
  const removeGone = (next: Alias | undefined) => {
    const [first] = gone;
    if (first === undefined) return;
    const end = gone.at(-1)?.end ?? first.end;
    if (next !== undefined) context.replace(rule, keepComments(context, first.start, next.start), '');
    else if (last !== undefined) context.replace(rule, keepComments(context, last.end, end), '');
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
    if (text !== context.text(alias)) context.replace(rule, alias, text);
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

// A comment between names stays, up to the name that it follows.
function keepComments(context: FileContext, start: number, end: number): { start: number; end: number } {
  const comment = context.source.slice(start, end).indexOf('#');
  return comment < 0
    ? { start, end }
    : { start, end: start + context.source.slice(start, start + comment).trimEnd().length };
}
