import type { Scope } from '@typescript-eslint/scope-manager';
import type { Changes } from './changes.ts';
import { emitContainer } from './emit.ts';
import { type Homes, isThroughName } from './homes.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { isTaken, textOf } from './resolve.ts';
import type { Container, Item, Uses } from './uses.ts';

/** What an item is to become; `undefined` where it goes. */
export interface Wanted {
  readonly imported: string;
  readonly local: string;
  readonly package: string;
  readonly rule: string;
}

/** The names that a source imports, while rules rename, replace and remove them. */
export class Imports {
  readonly #module: JsModule;
  readonly #uses: Uses;
  readonly #changes: Changes;
  readonly #homes: Homes;
  readonly #wanted: Map<Item, Wanted | undefined> = new Map();
  readonly #added: Map<Container, Wanted[]> = new Map();
  readonly #statements: Wanted[] = [];
  /** The local name of each name of a package, by scope. */
  readonly #locals: Map<Scope | undefined, Map<string, string>> = new Map();

  constructor(module: JsModule, uses: Uses, changes: Changes, homes: Homes) {
    this.#module = module;
    this.#uses = uses;
    this.#changes = changes;
    this.#homes = homes;
    this.#readNewImports();
  }

  /** Gives an item its name in 2.x, and the same to what is called after it. An alias stays. */
  rename(item: Item, name: string, rule: string): void {
    const home = packageOf(item);
    if (item.container.kind === 'export') {
      this.#wanted.set(item, { imported: name, local: item.local, package: home, rule });
      return;
    }
    if (item.local !== item.imported) {
      this.#keep(item, name, item.local, rule);
    } else {
      const known = this.#localsOf(item).get(`${home}#${name}`);
      if (known !== undefined) this.#wanted.set(item, undefined);
      this.#renameUses(item, known ?? this.#keep(item, name, this.#free(name, item.local), rule), rule);
    }
  }

  /** Puts another name in the place of an item that goes, or only removes it where that name is imported already. */
  replace(item: Item, name: string, rule: string, home: string = packageOf(item)): string {
    const known = this.#localsOf(item).get(`${home}#${name}`);
    if (known !== undefined) {
      if (!this.#wanted.has(item)) this.#wanted.set(item, undefined);
      return known;
    }
    const local = this.#freeName(name);
    this.#wanted.set(item, { imported: name, local, package: home, rule });
    this.#localsOf(item).set(`${home}#${name}`, local);
    return local;
  }

  /** Imports a name beside an item that stays. */
  add(item: Item, name: string, rule: string): string {
    const home = packageOf(item);
    const known = this.#localsOf(item).get(`${home}#${name}`);
    if (known !== undefined) return known;
    const local = this.#freeName(name);
    const added = this.#added.get(item.container) ?? [];
    this.#added.set(item.container, [...added, { imported: name, local, package: home, rule }]);
    this.#localsOf(item).set(`${home}#${name}`, local);
    return local;
  }

  /** Imports a name by a statement of its own. */
  addStatement(name: string, home: string, rule: string): string {
    const locals = this.#localsIn(this.#module.scopes.scopes.find((scope) => scope.type === 'module'));
    const known = locals.get(`${home}#${name}`);
    if (known !== undefined) return known;
    const local = this.#freeName(name);
    this.#statements.push({ imported: name, local, package: home, rule });
    locals.set(`${home}#${name}`, local);
    return local;
  }

  remove(item: Item): void {
    if (!this.#wanted.has(item)) this.#wanted.set(item, undefined);
  }

  /** Writes what was decided; gives the package that each container takes its names from. */
  finish(): Map<Container, string | undefined> {
    const packages = new Map<Container, string | undefined>();
    for (const container of this.#uses.containers) {
      const decided = container.items.map((item) =>
        this.#wanted.has(item) ? this.#wanted.get(item) : unchanged(item),
      );
      const added = this.#added.get(container) ?? [];
      const through = isThroughName(this.#module, container);
      const home = through
        ? (this.#homes.get(container.specifier) ?? container.specifier.module.package)
        : undefined;
      if (home !== undefined) this.#statements.push(...elsewhere(decided, home));
      packages.set(container, emitContainer(this.#module, this.#changes, container, decided, added, home));
    }
    this.#writeStatements();
    return packages;
  }

  /** Gives all that means an item another name. */
  #renameUses(item: Item, name: string, rule: string): void {
    if (name === item.local) return;
    for (const reference of item.variable?.references ?? []) {
      if (!reference.init) this.renameUse(reference.identifier, name, rule);
    }
  }

  /** `{ send_file }` is `{ send_file: sendFile }` then, and `export { send_file }` exports it as before. */
  renameUse(node: JsNode, name: string, rule: string): void {
    const parent = this.#module.parents.get(node);
    const old = this.#module.source.slice(...node.range);
    let text = name;
    if (parent?.type === 'Property' && parent.shorthand) text = `${old}: ${name}`;
    if (parent?.type === 'ExportSpecifier') {
      if (parent.local !== node) return;
      const { exported } = parent;
      if (exported.range[0] === node.range[0]) text = `${name} as ${old}`;
    }
    this.#changes.replace(
      node.range[0],
      node.range[0] + (/^[\w$]+/.exec(old)?.[0].length ?? old.length),
      text,
      rule,
    );
  }

  #keep(item: Item, imported: string, local: string, rule: string): string {
    this.#wanted.set(item, { imported, local, package: packageOf(item), rule });
    this.#localsOf(item).set(`${packageOf(item)}#${imported}`, local);
    return local;
  }

  /** The name itself, or what the item is called already where something else in the file is called so. */
  #free(name: string, otherwise: string): string {
    return name === otherwise || !isTaken(this.#module, name) ? name : otherwise;
  }

  #freeName(name: string): string {
    const candidates = [name, `Microdot${name[0]?.toUpperCase()}${name.slice(1)}`];
    for (let n = 2; n < 100; n++) candidates.push(`${candidates[1]}${n}`);
    const used = [...this.#locals.values()].flatMap((locals) => [...locals.values()]);
    const free = candidates.find((each) => !isTaken(this.#module, each) && !used.includes(each));
    return free ?? name;
  }

  #localsOf(item: Item): Map<string, string> {
    return this.#localsIn(item.variable?.scope);
  }

  #localsIn(scope: Scope | undefined): Map<string, string> {
    const locals = this.#locals.get(scope) ?? new Map<string, string>();
    this.#locals.set(scope, locals);
    return locals;
  }

  /** What is imported from 2.x already. */
  #readNewImports(): void {
    const top = this.#module.scopes.scopes.find((scope) => scope.type === 'module');
    for (const statement of this.#module.program.body) {
      if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
      const written = textOf(statement.source) ?? '';
      const home = written === 'fs' ? 'node:fs' : written;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') continue;
        const { imported, local } = specifier;
        const name = imported.type === 'Identifier' ? imported.name : imported.value;
        this.#localsIn(top).set(`${home}#${name}`, local.name);
      }
    }
  }

  #writeStatements(): void {
    const imports = this.#module.program.body.filter((node) => node.type === 'ImportDeclaration');
    const last = imports.at(-1);
    const isModule = last !== undefined || /^\s*export\b/m.test(this.#module.source);
    const quote = this.#module.source.includes('from "') ? '"' : "'";
    // `'use strict'` counts only before everything else.
    const first = this.#module.program.body.find((node) => !('directive' in node && node.directive));
    const model = last ?? first;
    const semicolon = model && this.#module.source[model.range[1] - 1] !== ';' ? '' : ';';
    for (const { imported, local, package: home, rule } of this.#statements) {
      const name = imported === local ? imported : `${imported} ${isModule ? 'as' : ':'} ${local}`;
      const text = isModule
        ? `import { ${name} } from ${quote}${home}${quote}${semicolon}`
        : `const { ${name} } = require(${quote}${home}${quote})${semicolon}`;
      const { lineBreak } = this.#changes;
      const isGone = last && this.#changes.isRemoved(last);
      if (last && !isGone) this.#changes.insert(last.range[1], lineBreak + text, rule);
      else if (last) this.#changes.insert(last.range[0], text + lineBreak, rule);
      else this.#changes.insert(first?.range[0] ?? 0, text + lineBreak, rule);
    }
  }
}

/** What a module that has a name has not: it is imported by itself. */
function elsewhere(decided: readonly (Wanted | undefined)[], home: string): Wanted[] {
  return decided.filter((wanted) => wanted !== undefined).filter((wanted) => wanted.package !== home);
}

/** The package that an item is imported from in 2.x. */
function packageOf(item: Item): string {
  return item.old?.package ?? item.container.specifier.module.package ?? '';
}

function unchanged(item: Item): Wanted {
  return { imported: item.imported, local: item.local, package: packageOf(item), rule: 'names' };
}
