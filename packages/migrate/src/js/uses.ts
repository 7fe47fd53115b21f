import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { type OldModule, type OldName, oldName } from './names.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { variableOf } from './resolve.ts';
import { findSpecifiers, givesModule, propertyName, type Specifier } from './specifiers.ts';

/** One name that is taken from a 1.x module: an import specifier, a property of a pattern, a member at once. */
export interface Item {
  readonly node:
    | TSESTree.ImportSpecifier
    | TSESTree.ExportSpecifier
    | TSESTree.Property
    | TSESTree.VariableDeclarator;
  readonly imported: string;
  /** What it is called here; for an `export … from`, what it is exported as. */
  readonly local: string;
  readonly variable: Variable | undefined;
  readonly old: (OldName & { key: string }) | undefined;
  readonly container: Container;
}

/** What takes names from a module: one statement, or one pattern. */
export interface Container {
  readonly kind: 'import' | 'export' | 'pattern' | 'member';
  readonly node: JsNode;
  readonly specifier: Specifier;
  readonly items: Item[];
}

/** A place where something of a 1.x module is used: by its own name, or as a member of its module. */
export interface Use {
  readonly old: OldName & { key: string };
  readonly module: OldModule;
  readonly node: JsNode;
  /** Where its name comes from; without one it is a member. */
  readonly item?: Item;
}

/** A whole module under a name: `import * as m`, `const m = require()`. */
export interface Namespace {
  readonly specifier: Specifier;
  readonly variable: Variable;
}

/** All that a source has of the 1.x modules. */
export interface Uses {
  readonly specifiers: readonly Specifier[];
  readonly containers: readonly Container[];
  readonly namespaces: readonly Namespace[];
  /** Default imports, which 2.x has none of. */
  readonly defaults: readonly (Namespace & { node: TSESTree.ImportDefaultSpecifier })[];
  readonly uses: readonly Use[];
  /** The use that a node is. */
  readonly useOf: ReadonlyMap<JsNode, Use>;
  /** Members of a module that it does not have in 1.x. */
  readonly unknown: readonly { node: JsNode; name: string; module: OldModule }[];
}

/** Follows every 1.x module through the bindings of a source. */
export function findUses(module: JsModule): Uses {
  const { found } = new Finder(module);
  return { ...found, useOf: new Map(found.uses.map((use) => [use.node, use])) };
}

class Finder {
  readonly found: {
    specifiers: Specifier[];
    containers: Container[];
    namespaces: Namespace[];
    defaults: (Namespace & { node: TSESTree.ImportDefaultSpecifier })[];
    uses: Use[];
    unknown: { node: JsNode; name: string; module: OldModule }[];
  };
  readonly #module: JsModule;

  constructor(module: JsModule) {
    this.#module = module;
    this.found = {
      specifiers: findSpecifiers(module),
      containers: [],
      namespaces: [],
      defaults: [],
      uses: [],
      unknown: [],
    };
    for (const specifier of this.found.specifiers) this.#specifier(specifier);
  }

  #specifier(specifier: Specifier): void {
    const { owner } = specifier;
    switch (owner.type) {
      case 'ImportDeclaration':
        this.#importDeclaration(specifier, owner);
        break;
      case 'ExportNamedDeclaration':
        this.#items(specifier, 'export', owner, owner.specifiers);
        break;
      case 'TSImportType':
        if (owner.qualifier) this.#qualified(specifier, owner.qualifier);
        break;
      case 'TSExternalModuleReference': {
        const declaration = this.#module.parents.get(owner);
        if (declaration?.type === 'TSImportEqualsDeclaration')
          this.#namespace(specifier, declaration.id, declaration);
        break;
      }
      case 'ImportExpression':
        this.#promise(specifier, owner);
        break;
      case 'CallExpression':
        if (givesModule(this.#module, owner.callee)) this.#promise(specifier, owner, true);
        break;
    }
  }

  #importDeclaration(specifier: Specifier, node: TSESTree.ImportDeclaration): void {
    const named: TSESTree.ImportSpecifier[] = [];
    for (const item of node.specifiers) {
      if (item.type === 'ImportSpecifier') named.push(item);
      else if (item.type === 'ImportNamespaceSpecifier') this.#namespace(specifier, item.local, item);
      else {
        const variable = this.#declared(item);
        if (variable) this.found.defaults.push({ specifier, variable, node: item });
        this.#namespace(specifier, item.local, item);
      }
    }
    if (named.length > 0) this.#items(specifier, 'import', node, named);
  }

  /** An expression that is a module, or a promise of one: what is done with it. */
  #promise(specifier: Specifier, node: JsNode, isModule = false): void {
    let current = node;
    let settled = isModule;
    for (let parent = this.#module.parents.get(current); parent; parent = this.#module.parents.get(current)) {
      if (parent.type === 'AwaitExpression') settled = true;
      else if (
        !/^(?:ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|ChainExpression)$/.test(
          parent.type,
        )
      ) {
        if (settled) this.#value(specifier, current, parent);
        else this.#then(specifier, current, parent);
        return;
      }
      current = parent;
    }
  }

  #value(specifier: Specifier, node: JsNode, parent: JsNode): void {
    if (parent.type === 'VariableDeclarator' && parent.init === node)
      this.#target(specifier, parent.id, parent);
    else if (parent.type === 'AssignmentExpression' && parent.right === node)
      this.#target(specifier, parent.left, parent);
    else if (parent.type === 'MemberExpression' && parent.object === node) this.#inline(specifier, parent);
  }

  /** `import('microdot').then((m) => ...)` */
  #then(specifier: Specifier, node: JsNode, parent: JsNode): void {
    if (parent.type !== 'MemberExpression' || parent.object !== node || propertyName(parent) !== 'then')
      return;
    const call = this.#module.parents.get(parent);
    if (call?.type !== 'CallExpression') return;
    const callback = call.arguments[0];
    if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return;
    const parameter = callback.params[0];
    if (parameter) this.#target(specifier, parameter, callback);
  }

  #target(specifier: Specifier, target: JsNode, owner: JsNode): void {
    if (target.type === 'Identifier') this.#namespace(specifier, target, owner);
    if (target.type === 'ObjectPattern') {
      const properties = target.properties.filter((property) => property.type === 'Property');
      this.#items(specifier, 'pattern', target, properties);
    }
  }

  /** `const sendFile = require('microdot').send_file`, or the member alone. */
  #inline(specifier: Specifier, member: TSESTree.MemberExpression): void {
    const declarator = this.#module.parents.get(member);
    const isDeclared =
      declarator?.type === 'VariableDeclarator' &&
      declarator.init === member &&
      declarator.id.type === 'Identifier';
    if (isDeclared) this.#items(specifier, 'member', declarator, [declarator]);
    else this.#member(specifier.module, member, propertyName(member));
  }

  #items(specifier: Specifier, kind: Container['kind'], node: JsNode, nodes: readonly Item['node'][]): void {
    const container: Container = { kind, node, specifier, items: [] };
    this.found.containers.push(container);
    for (const each of nodes) {
      const names = this.#namesOf(each);
      if (!names) continue;
      const old = oldName(specifier.module, names.imported);
      const item: Item = { node: each, container, old, ...names };
      container.items.push(item);
      if (kind === 'export') continue;
      for (const reference of item.variable?.references ?? []) {
        if (reference.init) continue;
        if (old) this.found.uses.push({ old, module: specifier.module, node: reference.identifier, item });
      }
    }
  }

  #namesOf(node: Item['node']): Pick<Item, 'imported' | 'local' | 'variable'> | undefined {
    switch (node.type) {
      case 'ImportSpecifier':
        return { imported: spelling(node.imported), local: node.local.name, variable: this.#declared(node) };
      case 'ExportSpecifier':
        return { imported: spelling(node.local), local: spelling(node.exported), variable: undefined };
      case 'VariableDeclarator': {
        if (node.id.type !== 'Identifier' || node.init === null) return undefined;
        const init = node.init as JsNode;
        const imported = init.type === 'MemberExpression' ? propertyName(init) : undefined;
        if (imported === undefined) return undefined;
        return { imported, local: node.id.name, variable: this.#declared(node) };
      }
      case 'Property': {
        const imported = keyName(node);
        const value = node.value.type === 'AssignmentPattern' ? node.value.left : node.value;
        if (imported === undefined || value.type !== 'Identifier') return undefined;
        return { imported, local: value.name, variable: this.#binding(value) };
      }
      default:
        return undefined;
    }
  }

  #namespace(specifier: Specifier, id: JsNode, owner: JsNode): void {
    const variable = this.#binding(id) ?? this.#declared(owner);
    if (!variable || this.found.namespaces.some((known) => known.variable === variable)) return;
    this.found.namespaces.push({ specifier, variable });
    for (const { identifier } of variable.references) {
      const parent = this.#module.parents.get(identifier);
      if (parent?.type === 'MemberExpression' && parent.object === identifier) {
        this.#member(specifier.module, parent, propertyName(parent));
      } else if (parent?.type === 'TSQualifiedName' && parent.left === identifier) {
        this.#member(specifier.module, parent, parent.right.name);
      } else if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
        if (parent.id.type === 'ObjectPattern') this.#target(specifier, parent.id, parent);
      }
    }
  }

  #qualified(specifier: Specifier, qualifier: JsNode): void {
    const name = qualifier.type === 'Identifier' ? qualifier.name : undefined;
    this.#member(specifier.module, qualifier, name);
  }

  #member(module: OldModule, node: JsNode, name: string | undefined): void {
    if (name === undefined) return;
    const old = oldName(module, name);
    if (old) this.found.uses.push({ old, module, node });
    else this.found.unknown.push({ node, name, module });
  }

  #declared(node: JsNode): Variable | undefined {
    return this.#module.scopes.getDeclaredVariables(node as TSESTree.Node)[0];
  }

  /** The variable that an identifier declares or is assigned to. */
  #binding(id: JsNode): Variable | undefined {
    const assigned = variableOf(this.#module, id);
    if (assigned) return assigned;
    return this.#module.scopes.variables.find((variable) =>
      variable.identifiers.includes(id as TSESTree.Identifier),
    );
  }
}

function spelling(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

/** The name of a property, unless it is computed. */
export function keyName(node: TSESTree.Property): string | undefined {
  if (node.computed) return undefined;
  if (node.key.type === 'Identifier') return node.key.name;
  return node.key.type === 'Literal' ? String(node.key.value) : undefined;
}
