import { bindingsOf } from '../../python/bindings.ts';
import type { PythonModule } from '../../python/parse.ts';
import type { Program } from '../../python/program.ts';
import type { Binding } from '../../python/scopes.ts';
import type { Alias, Expression, ImportFrom, Name, Node } from '../../python/tree.ts';
import { MODULES, microdotName } from '../../tables/modules.ts';
import { fateOf } from '../../tables/symbols.ts';

/** Something to import. `name` is absent for a module itself. */
export interface Wanted {
  module: string;
  name?: string;
  /** What it is called here. */
  local: string;
}

/** What the rules want of the imports of a file, until they are written. */
export class ImportPlan {
  /** Names that are read no more, as a rule has written something else in their place. */
  readonly replaced: Set<Name> = new Set();
  /** What takes the place of a name that is imported. */
  readonly additions: Map<Alias, Wanted[]> = new Map();
  /** What is imported besides. */
  readonly extra: Wanted[] = [];
  /** Definitions to write after the imports. */
  readonly helpers: Map<string, string> = new Map();
  /** Names that were taken, so that something has another name than usual. */
  readonly taken: { name: string; local: string }[] = [];
  readonly #program: Program;
  readonly #module: PythonModule;
  readonly #locals = new Map<string, string>();
  #names: Set<string> | undefined;

  constructor(program: Program, module: PythonModule) {
    this.#program = program;
    this.#module = module;
  }

  /**
   * What to write for `name` of a module of 2.x in place of an expression that is something of 1.x. It is imported where
   * that was.
   */
  replacing(expression: Expression, module: string, name: string): string {
    const local = this.localName(module, name);
    const root = rootOf(expression);
    if (root === null) return local;
    this.replaced.add(root);
    if (this.isThere(module, name)) return local;
    const aliases = this.#aliasesOf(root);
    // Branches may import it from different modules.
    for (const alias of aliases) this.#add(alias, { module: targetOf(alias) ?? module, name, local });
    if (aliases.length === 0) this.want(module, name);
    return local;
  }

  /** Imports something, at the top of the file, or beside something else that is imported from the same module. */
  want(module: string, name?: string): string {
    const local = this.localName(module, name);
    if (this.isThere(module, name) || this.#isComing(module, name)) return local;
    const beside = name === undefined ? undefined : this.#besides(module);
    const wanted = { module, local, ...(name !== undefined && { name }) };
    if (beside !== undefined) this.#add(beside, wanted);
    else if (!this.extra.some((each) => each.module === module && each.name === name))
      this.extra.push(wanted);
    return local;
  }

  /** Leaves out what a statement at the top of the file imports anyway. */
  drop({ module, name, local }: Wanted): void {
    const at = this.extra.findIndex(
      (each) => each.module === module && each.name === name && each.local === local,
    );
    if (at >= 0) this.extra.splice(at, 1);
  }

  /** What something is called, or will be called, in this file. */
  localName(module: string, name?: string): string {
    const key = `${module}:${name ?? ''}`;
    let local = this.#locals.get(key);
    if (local === undefined) {
      const usual = name ?? module;
      local =
        this.#imported(module, name) ??
        this.freeName(usual, name === undefined ? `${module}_module` : undefined);
      if (local !== usual && this.#imported(module, name) === undefined)
        this.taken.push({ name: usual, local });
      this.#locals.set(key, local);
    }
    return local;
  }

  /** A name like this one that means nothing in the file yet. */
  freeName(usual: string, otherwise?: string): string {
    this.#names ??= namesIn(this.#module);
    const other = otherwise ?? (/^[A-Z]/.test(usual) ? `Microdot${usual}` : `microdot_${usual}`);
    let name = usual;
    for (let i = 1; this.#names.has(name); i++) name = other + (i === 1 ? '' : i);
    this.#names.add(name);
    return name;
  }

  /** Whether the file imports something at its top already. */
  isThere(module: string, name?: string): boolean {
    return this.#imported(module, name) !== undefined;
  }

  #imported(module: string, name: string | undefined): string | undefined {
    for (const binding of bindingsOf(this.#module).scope.names.values()) {
      for (const definition of binding.definitions) {
        if (definition.kind === 'import' && name === undefined && definition.node.name === module)
          return binding.name;
        if (definition.kind !== 'from' || name === undefined || definition.node.name !== name) continue;
        if (!definition.statement.level && definition.statement.module === module) return binding.name;
      }
    }
    return undefined;
  }

  // Whether an import at the top of the file is to bring it.
  #isComing(module: string, name: string | undefined): boolean {
    return [...this.additions].some(
      ([alias, list]) =>
        alias.parent?.parent?.nodeType === 'Module' &&
        list.some((wanted) => wanted.module === module && wanted.name === name),
    );
  }

  #add(alias: Alias, wanted: Wanted): void {
    const list = this.additions.get(alias) ?? [];
    if (!list.some(({ module, name }) => module === wanted.module && name === wanted.name)) list.push(wanted);
    this.additions.set(alias, list);
  }

  // Imports of Microdot, or of what another file of the program has of it.
  #aliasesOf(name: Name): Alias[] {
    const binding = bindingsOf(this.#module).resolve(name);
    return (binding?.definitions ?? []).flatMap((definition) => {
      if (definition.kind !== 'import' && definition.kind !== 'from') return [];
      const isMicrodot =
        definition.kind === 'import'
          ? microdotName(definition.node.name) !== null
          : this.#program.imported(
              this.#module,
              definition.statement.module ?? '',
              definition.statement.level ?? 0,
            ) === null;
      return isMicrodot ? [definition.node] : [];
    });
  }

  // The last name, at the top of the file, that comes from a module.
  #besides(module: string): Alias | undefined {
    const statements = this.#module.tree.body.filter(
      (node): node is ImportFrom => node.nodeType === 'ImportFrom',
    );
    for (const statement of statements) {
      const dotted = '.'.repeat(statement.level ?? 0) + (statement.module ?? '');
      const owner = microdotName(dotted);
      if (owner === null || owner.path.length > 0) continue;
      const last = statement.names.filter((alias) => {
        const fate = fateOf(owner.module, alias.name);
        return fate.to === 'symbol' && fate.module === module;
      });
      if (last.length > 0) return last.at(-1);
    }
    return undefined;
  }
}

// The module of 2.x that has in it what an alias has in 1.x.
function targetOf({ name, parent }: Alias): string | null {
  const dotted =
    parent?.nodeType === 'ImportFrom' ? '.'.repeat(parent.level ?? 0) + (parent.module ?? '') : name;
  const found = microdotName(dotted) ?? microdotName(`${dotted}.${name}`);
  return found === null || found.module === 'microdot' ? null : (MODULES.get(found.module) ?? null);
}

function rootOf(expression: Node): Name | null {
  let at = expression;
  while (at.nodeType === 'Attribute') at = at.value;
  return at.nodeType === 'Name' ? at : null;
}

// Every name that means something anywhere in the file, except where an import gives it the same meaning.
function namesIn(module: PythonModule): Set<string> {
  return new Set(bindingsOf(module).all.map((binding: Binding) => binding.name));
}
