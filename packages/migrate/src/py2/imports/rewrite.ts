import { factsOf } from '../../flow/facts.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Import, ImportFrom } from '../../python/tree.ts';
import { microdotName } from '../../tables/modules.ts';
import type { FileContext } from '../context.ts';
import { blockOf, isAloneOnLine } from '../statements.ts';
import { entriesOf } from './entries.ts';
import { editNames } from './names.ts';
import type { Wanted } from './plan.ts';
import { editPublicNames } from './publicNames.ts';
import { rewriteReferences } from './references.ts';
import { groups } from './texts.ts';

export const IMPORTS = 'imports';

/** Writes the imports of a file as they have to be after all other rules. */
export function rewriteImports(context: FileContext): void {
  for (const statement of factsOf(context.module).imports) {
    rewriteReferences(context, statement);
  }
  const seen = new Set<string>();
  const before = new Set<string>();
  const after = new Set(context.imports.helpers.keys());
  factsOf(context.module).imports.forEach((statement) => {
    const entries = entriesOf(context, statement);
    if (entries === null) return;
    for (const { alias, wanted } of entries) {
      before.add(alias.asname ?? alias.name);
      for (const each of wanted) {
        after.add(each.local);
        if (statement.parent?.nodeType === 'Module') context.imports.drop(each);
      }
    }
    notePrefix(context, statement);
    // The same name twice in one block is once too often.
    const block = blockOf(statement)[0]?.start;
    const all = entries.map((entry) => ({
      ...entry,
      wanted: entry.wanted.filter((wanted) => {
        const key = JSON.stringify([block, wanted]);
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew || wanted.module === '';
      }),
    }));
    rewriteStatement(context, statement, all);
  });
  const { names } = bindingsOf(context.module).scope;
  const isDefined = (name: string) =>
    names.get(name)?.definitions.some(({ kind }) => kind !== 'import' && kind !== 'from') ?? false;
  editPublicNames(context, new Set([...before].filter((name) => !after.has(name) && !isDefined(name))));
}

function rewriteStatement(
  context: FileContext,
  statement: Import | ImportFrom,
  entries: { alias: ImportFrom['names'][number]; wanted: Wanted[] }[],
): void {
  const all = entries.flatMap(({ wanted }) => wanted);
  if (all.length === 0) {
    context.removed.set(statement, IMPORTS);
    return;
  }
  const isFrom = statement.nodeType === 'ImportFrom';
  const own = isFrom ? ownModule(statement, all) : '';
  const isHere = (wanted: Wanted) =>
    isFrom
      ? wanted.name !== undefined && wanted.module === own
      : wanted.name === undefined || wanted.module === '';
  const others = groups(all.filter((wanted) => !isHere(wanted)));
  if (!all.some(isHere)) {
    context.replace(IMPORTS, statement, others.join(separator(context, statement)));
    return;
  }
  const before = others.filter((text) => text.startsWith('import '));
  const after = others.filter((text) => !text.startsWith('import '));
  for (const text of before) context.insert(IMPORTS, statement.start, text + separator(context, statement));
  if (isFrom) replaceModule(context, statement, own);
  editNames(
    context,
    statement.names,
    entries.map(({ wanted }) => wanted.filter(isHere)),
  );
  for (const text of after) context.insert(IMPORTS, statement.end, separator(context, statement) + text);
}

// The module that the statement goes on to import from: that of the first name.
function ownModule(statement: ImportFrom, all: readonly Wanted[]): string {
  const first = all.find(({ name }) => name !== undefined);
  return first?.module ?? statement.module ?? '';
}

function replaceModule(context: FileContext, statement: ImportFrom, module: string): void {
  const written = /^from(?:[ \t\f]|\\(?:\r\n|\r|\n))*/.exec(context.text(statement))?.[0] ?? '';
  const start = statement.start + written.length;
  const name = /^[\w.\u0080-\uffff]+/.exec(context.source.slice(start, statement.end))?.[0] ?? '';
  if (module !== '' && name !== module) context.replace(IMPORTS, { start, end: start + name.length }, module);
}

function separator(context: FileContext, statement: Import | ImportFrom): string {
  if (!isAloneOnLine(context, statement)) return '; ';
  return context.newline + context.module.lines.indentation(statement.start);
}

function notePrefix(context: FileContext, statement: Import | ImportFrom): void {
  const dotted =
    statement.nodeType === 'Import' ? statement.names.map(({ name }) => name) : [fromText(statement)];
  for (const name of dotted) {
    const found = microdotName(name);
    if (found === null || found.prefix === '' || found.module.startsWith('microdot.')) continue;
    context.note('vendored', statement, {
      message: `The modules of Microdot 2 import each other as microdot.…, so a copy of it has to be on the path itself, and is imported without "${found.prefix}".`,
      suggestion: 'Install microdot, or put the folder that has microdot/ on sys.path.',
      guide: 'copies-of-microdot',
    });
  }
}

function fromText(statement: ImportFrom): string {
  const dotted = '.'.repeat(statement.level ?? 0) + (statement.module ?? '');
  return statement.module === undefined ? `${dotted}${statement.names[0]?.name ?? ''}` : dotted;
}
