import { factsOf } from '../../flow/facts.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { PythonModule } from '../../python/parse.ts';
import type { Program } from '../../python/program.ts';
import type { Alias, Import, ImportFrom } from '../../python/tree.ts';
import { type MicrodotName, MODULES, microdotName } from '../../tables/modules.ts';
import { fateOf, ruleFor, starNames } from '../../tables/symbols.ts';
import { isSelected } from '../../target.ts';
import type { FileContext } from '../context.ts';
import type { Wanted } from './plan.ts';

/** What a name that is imported becomes: nothing, itself, or other names. */
export interface Entry {
  alias: Alias;
  wanted: Wanted[];
}

/** What an import of Microdot 1.x becomes; `null` for an import of something else. */
export function entriesOf(context: FileContext, statement: Import | ImportFrom): Entry[] | null {
  if (statement.nodeType === 'Import') {
    const entries = statement.names.map((alias): Entry | null => {
      const name = isOutside(context, alias.name, 0) ? microdotName(alias.name) : null;
      return name === null || name.path.length > 0 || isLeft(context, name)
        ? null
        : { alias, wanted: moduleEntry(context, alias, name) };
    });
    return orKept(entries, statement);
  }
  const dotted = '.'.repeat(statement.level ?? 0) + (statement.module ?? '');
  const entries = statement.names.map((alias): Entry | null => {
    const owner = microdotName(dotted);
    if (
      owner !== null &&
      owner.path.length === 0 &&
      !isLeft(context, owner) &&
      isOutside(context, statement.module ?? '', statement.level ?? 0)
    ) {
      return {
        alias,
        wanted: [...symbolEntry(context, alias, owner), ...(context.imports.additions.get(alias) ?? [])],
      };
    }
    // `from lib import microdot_session`
    const module = microdotName(submoduleName(statement, alias));
    if (module !== null && isLeft(context, module)) return null;
    if (module !== null && module.path.length === 0 && isSubmodule(context, statement, alias)) {
      return { alias, wanted: moduleEntry(context, alias, module) };
    }
    return reexported(context, statement, alias);
  });
  return orKept(entries, statement);
}

/** Whether a module of 1.x is still needed, as the rule that writes what it has otherwise does not run. */
export function isLeft(context: FileContext, { module }: MicrodotName): boolean {
  const rule = ruleFor(module);
  return rule !== undefined && !isSelected(rule, context.rules);
}

function orKept(entries: readonly (Entry | null)[], statement: Import | ImportFrom): Entry[] | null {
  if (entries.every((entry) => entry === null)) return null;
  return entries.map((entry, index) => entry ?? kept(statement.names[index] as Alias));
}

// A copy of Microdot in the project is no part of the program, and so is what is not there at all.
function isOutside(context: FileContext, dotted: string, level: number): boolean {
  return context.flow.program.imported(context.module, dotted, level) === null;
}

/** The dotted name of what `from lib import microdot_session` imports. */
export function submoduleName({ module = '', level = 0 }: ImportFrom, { name }: Alias): string {
  return `${'.'.repeat(level)}${module === '' ? '' : `${module}.`}${name}`;
}

/** Whether a name that is imported from a package is a module of Microdot, and nothing else of that name. */
export function isSubmodule(context: FileContext, statement: ImportFrom, alias: Alias): boolean {
  const { program } = context.flow;
  const path = statement.module === undefined ? alias.name : `${statement.module}.${alias.name}`;
  if (program.imported(context.module, path, statement.level ?? 0) !== null) return false;
  const owner = program.imported(context.module, statement.module ?? '', statement.level ?? 0);
  return owner === null || program.exported(owner, alias.name).every(({ kind }) => kind === 'outside');
}

function kept(alias: Alias): Entry {
  return { alias, wanted: [{ module: '', name: alias.name, local: alias.asname ?? alias.name }] };
}

function moduleEntry(context: FileContext, alias: Alias, { module }: MicrodotName): Wanted[] {
  const additions = context.imports.additions.get(alias) ?? [];
  const target = module.startsWith('microdot.') ? module : MODULES.get(module);
  const { all, left } = readsOf(context, alias);
  // A module that all uses are gone from, or of which there is nothing any more.
  if (
    target === null ||
    target === undefined ||
    (all > 0 && left === 0 && !isImportedElsewhere(context, alias.asname ?? alias.name))
  )
    return additions;
  return [{ module: target, local: moduleLocal(alias, module, target) }, ...additions];
}

function moduleLocal(alias: Alias, module: string, target: string): string {
  if (alias.asname !== undefined) return alias.asname;
  // `import microdot.session` is 2.x already, and means `microdot`.
  return module.startsWith('microdot.') || module === target ? 'microdot' : module;
}

function symbolEntry(context: FileContext, alias: Alias, owner: MicrodotName): Wanted[] {
  if (alias.name === '*') return starEntries(context, owner.module);
  return symbolWanted(context, alias, owner.module, alias.asname ?? alias.name);
}

function symbolWanted(context: FileContext, alias: Alias, module: string, local: string): Wanted[] {
  const fate = fateOf(module, alias.name);
  if (fate.to === 'library') return [{ module: fate.module, local }];
  if (fate.to === 'symbol') return [{ module: fate.module, name: fate.name, local }];
  if (fate.to === 'nothing') {
    context.note('moved-names', alias, {
      message: `${alias.name} of ${module} is not in Microdot 2.`,
      ...(fate.instead !== undefined && { suggestion: fate.instead }),
      guide: 'names-that-are-gone',
    });
  }
  return [];
}

// A star brings what is used here, and what other files import from here.
function starEntries(context: FileContext, module: string): Wanted[] {
  const names = new Set(bindingsOf(context.module).free.map((name) => name.id));
  const replaced = new Set([...context.imports.replaced].map((name) => name.id));
  const { scope } = bindingsOf(context.module);
  return starNames(module)
    .filter((name) => !scope.names.has(name))
    .filter((name) => (names.has(name) && !replaced.has(name)) || isImportedElsewhere(context, name))
    .flatMap((name): Wanted[] => {
      const fate = fateOf(module, name);
      if (fate.to === 'library') return [{ module: fate.module, local: name }];
      return fate.to === 'symbol' ? [{ module: fate.module, name: fate.name, local: name }] : [];
    });
}

function isImportedElsewhere(context: FileContext, name: string): boolean {
  return context.flow.program.once(importsFrom).get(context.module)?.has(name) ?? false;
}

// What the files of a program import from each other.
function importsFrom(program: Program): Map<PythonModule, Set<string>> {
  const found = new Map<PythonModule, Set<string>>();
  for (const module of program.modules.values()) {
    for (const statement of factsOf(module).imports) {
      if (statement.nodeType !== 'ImportFrom') continue;
      const owner = program.imported(module, statement.module ?? '', statement.level ?? 0);
      if (owner === null) continue;
      const names = found.get(owner) ?? new Set();
      for (const alias of statement.names) names.add(alias.name);
      found.set(owner, names);
    }
  }
  passOn(program, found);
  return found;
}

// Behind a star there is what the file with the star uses, and what others have from that file.
function passOn(program: Program, found: ReadonlyMap<PythonModule, Set<string>>): void {
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const module of program.modules.values()) {
      const { free, scope } = bindingsOf(module);
      for (const { module: dotted = '', level = 0 } of scope.stars) {
        const owner = program.imported(module, dotted, level);
        const names = owner === null ? undefined : found.get(owner);
        for (const name of [...free.map(({ id }) => id), ...(found.get(module) ?? [])]) {
          if (names === undefined || names.has(name)) continue;
          names.add(name);
          isNew = true;
        }
      }
    }
  }
}

// A name of 1.x that another file of the program imports, and that goes from there.
function reexported(context: FileContext, statement: ImportFrom, alias: Alias): Entry | null {
  const owner = context.flow.program.imported(context.module, statement.module ?? '', statement.level ?? 0);
  if (owner === null || alias.name === '*') return null;
  const [meaning] = context.flow.program.exported(owner, alias.name);
  const found = meaning?.kind === 'outside' ? microdotName(meaning.name) : null;
  const name = found?.path.length === 1 ? found.path[0] : undefined;
  if (
    found === null ||
    name === undefined ||
    isLeft(context, found) ||
    fateOf(found.module, name).to !== 'rule'
  )
    return null;
  return { alias, wanted: context.imports.additions.get(alias) ?? [] };
}

/** How often a name that is imported is read, and how often still when the rules have done their work. */
export function readsOf(context: FileContext, alias: Alias): { all: number; left: number } {
  let all = 0;
  let left = 0;
  for (const binding of bindingsOf(context.module).all) {
    if (!binding.definitions.some((definition) => definition.node === alias)) continue;
    all += binding.references.length;
    left += binding.references.filter((name) => !context.imports.replaced.has(name)).length;
  }
  return { all, left };
}
