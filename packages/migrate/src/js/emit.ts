import type { Changes } from './changes.ts';
import type { Wanted } from './imports.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { removedRanges } from './removedRanges.ts';
import type { Container, Item } from './uses.ts';

/**
 * Writes what a container's items became, and changes nothing else of it.
 *
 * @param fixed the package of a module that has a name already: what others have is imported elsewhere.
 * @returns the package that the container takes its names from.
 */
export function emitContainer(
  module: JsModule,
  changes: Changes,
  container: Container,
  decided: readonly (Wanted | undefined)[],
  added: readonly Wanted[],
  fixed?: string,
): string | undefined {
  const staying = decided.filter((wanted) => wanted !== undefined);
  const own = container.specifier.module.package;
  const packages = new Set(staying.map((wanted) => wanted.package));
  const usual = packages.size === 0 || (own !== undefined && packages.has(own)) ? own : [...packages][0];
  const home = fixed ?? usual;
  const here = decided.map((wanted) => (wanted?.package === home ? wanted : undefined));
  const elsewhere = fixed === undefined ? staying.filter((wanted) => wanted.package !== home) : [];
  const writer = new Writer(module, changes, container);
  if (container.kind === 'member') writer.member(here[0], added);
  else writer.list(here, added);
  for (const name of new Set(elsewhere.map((wanted) => wanted.package))) {
    writer.statement(
      elsewhere.filter((wanted) => wanted.package === name),
      name,
    );
  }
  return home;
}

class Writer {
  readonly #module: JsModule;
  readonly #changes: Changes;
  readonly #container: Container;

  constructor(module: JsModule, changes: Changes, container: Container) {
    this.#module = module;
    this.#changes = changes;
    this.#container = container;
  }

  list(wanted: readonly (Wanted | undefined)[], added: readonly Wanted[]): void {
    const { items } = this.#container;
    if (items.length > 0 && wanted.every((each) => each === undefined) && added.length === 0) {
      if (this.#isWhole()) {
        this.#removeAll();
        return;
      }
    }
    for (const [index, item] of items.entries()) {
      const each = wanted[index];
      if (each) this.#changes.replace(...item.node.range, this.#text(item, each), each.rule);
    }
    this.#removeRuns(wanted);
    const last = items[wanted.findLastIndex((each) => each !== undefined)];
    for (const each of added) {
      if (last) this.#changes.insert(last.node.range[1], `, ${this.#name(each)}`, each.rule);
    }
  }

  /** `const sendFile = require('microdot').send_file` */
  member(wanted: Wanted | undefined, added: readonly Wanted[]): void {
    const item = this.#container.items[0];
    if (item?.node.type !== 'VariableDeclarator') return;
    const { init, id } = item.node;
    if (!wanted) this.#removeAll();
    else if (init?.type === 'MemberExpression') {
      const property = init.property.range;
      const text = init.computed ? `'${wanted.imported}'` : wanted.imported;
      if (wanted.imported !== item.imported) this.#changes.replace(...property, text, wanted.rule);
      this.#changes.replace(
        ...id.range,
        this.#module.source.slice(...id.range).replace(/^[\w$]+/, wanted.local),
        wanted.rule,
      );
    }
    for (const each of added) this.statement([each], each.package);
  }

  /** A statement of its own for what another package has. */
  statement(wanted: readonly Wanted[], home: string): void {
    const { source } = this.#module;
    const owner = this.#statementNode();
    const quote = source[this.#container.specifier.node.range[0]] === '"' ? '"' : "'";
    const end = source[owner.range[1] - 1] === ';' ? ';' : '';
    const names = wanted.map((each) => this.#name(each)).join(', ');
    const isType = owner.type === 'ImportDeclaration' && owner.importKind === 'type' ? 'type ' : '';
    let text = `import ${isType}{ ${names} } from ${quote}${home}${quote}${end}`;
    if (this.#container.kind === 'export') text = `export { ${names} } from ${quote}${home}${quote}${end}`;
    if (this.#container.kind === 'pattern' || this.#container.kind === 'member') {
      const call = source.slice(...this.#callNode().range);
      const [start, stop] = this.#container.specifier.node.range.map((at) => at - this.#callNode().range[0]);
      text = `const { ${names} } = ${call.slice(0, start)}${quote}${home}${quote}${call.slice(stop)}${end}`;
    }
    const indentation = this.#changes.indentation(owner.range[0]);
    this.#changes.insert(
      owner.range[1],
      this.#changes.lineBreak + indentation + text,
      wanted[0]?.rule ?? 'names',
    );
  }

  #name({ imported, local }: Wanted): string {
    const between = this.#container.kind === 'pattern' || this.#container.kind === 'member' ? ': ' : ' as ';
    return imported === local ? imported : `${imported}${between}${local}`;
  }

  #text(item: Item, wanted: Wanted): string {
    const { source } = this.#module;
    const old = source.slice(...item.node.range);
    if (wanted.imported === item.imported && wanted.local === item.local) return old;
    if (item.node.type === 'ImportSpecifier') {
      return (item.node.importKind === 'type' ? 'type ' : '') + this.#name(wanted);
    }
    if (item.node.type !== 'Property') return this.#name(wanted);
    const value = item.node.value;
    const preset =
      value.type === 'AssignmentPattern' ? source.slice(value.left.range[1], value.range[1]) : '';
    return this.#name(wanted) + preset;
  }

  /** Removes items that go, with the comma that each had. */
  #removeRuns(wanted: readonly (Wanted | undefined)[]): void {
    const nodes = this.#container.items.map((item) => item.node);
    for (const range of removedRanges(nodes, (index) => wanted[index] === undefined)) {
      this.#changes.replace(...range, '', 'names');
    }
  }

  /** Whether nothing but the items is taken from the module here. */
  #isWhole(): boolean {
    const { node, items } = this.#container;
    if (node.type === 'ImportDeclaration') return node.specifiers.length === items.length;
    if (node.type === 'ObjectPattern') return node.properties.length === items.length;
    return node.type === 'ExportNamedDeclaration';
  }

  #removeAll(): void {
    const owner = this.#statementNode();
    if (owner.type !== 'VariableDeclaration' || owner.declarations.length === 1) {
      this.#changes.removeStatement(owner, 'names');
    }
  }

  #statementNode(): JsNode {
    let node = this.#container.node;
    for (let parent = this.#module.parents.get(node); parent; parent = this.#module.parents.get(node)) {
      if (/^(?:Program|BlockStatement|StaticBlock|SwitchCase|TSModuleBlock)$/.test(parent.type)) return node;
      node = parent;
    }
    return node;
  }

  /** The call that gives the module, with its `await`. */
  #callNode(): JsNode {
    const { owner } = this.#container.specifier;
    const parent = this.#module.parents.get(owner);
    return parent?.type === 'AwaitExpression' ? parent : owner;
  }
}
