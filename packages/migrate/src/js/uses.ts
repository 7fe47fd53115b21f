import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from './functions.ts';
import { meaningOf } from './meaning.ts';
import { ModuleFlow, type ModuleUser } from './moduleFlow.ts';
import { classes, type OldName, oldName } from './names.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { declaredOrMeant, propertyName, textOf } from './resolve.ts';
import { findSpecifiers, givesModule, type Specifier } from './specifiers.ts';

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
  readonly specifier: Specifier;
  readonly node: JsNode;
  /** Where its name comes from; without one it is a member. */
  readonly item?: Item;
}

/** A module that is taken for the object or the class that a default import gives: 2.x has none of those. */
export interface DefaultUse {
  readonly specifier: Specifier;
  /**
   * An `import m from`, a pattern `{ default: m }`, a member `.default`, or what gives the module itself, which CommonJS
   * knows no difference of.
   */
  readonly node: JsNode;
  /** Where it is called. */
  readonly constructed: readonly JsNode[];
  /** Whether it is asked for names, too. */
  readonly isNamespace: boolean;
}

/** All that a source has of the 1.x modules. */
export interface Uses {
  readonly specifiers: readonly Specifier[];
  readonly containers: readonly Container[];
  readonly defaults: readonly DefaultUse[];
  readonly uses: readonly Use[];
  /** What a node means, by the Python spelling of its name: a use, or something that was made one of another name. */
  readonly meaning: ReadonlyMap<JsNode, string>;
  /** Members of a module that it does not have in 1.x. */
  readonly unknown: readonly { node: JsNode; name: string; specifier: Specifier }[];
}

/** Follows every 1.x module through the bindings of a source. */
export function findUses(module: JsModule): Uses {
  const { found } = new Finder(module);
  return { ...found, meaning: meaningOf(module, found) };
}

class Finder {
  readonly found: {
    specifiers: Specifier[];
    containers: Container[];
    defaults: DefaultUse[];
    uses: Use[];
    unknown: { node: JsNode; name: string; specifier: Specifier }[];
  };
  readonly #module: JsModule;
  /** What was seen: the type of a value and the value itself may both lead to one place. */
  readonly #seen: Set<JsNode> = new Set();

  constructor(module: JsModule) {
    this.#module = module;
    this.found = {
      specifiers: findSpecifiers(module),
      containers: [],
      defaults: [],
      uses: [],
      unknown: [],
    };
    for (const specifier of this.found.specifiers) this.#specifier(specifier);
  }

  #specifier(specifier: Specifier): void {
    const { owner, subpath } = specifier;
    // What is in a file of a package is not what the package has.
    if (subpath !== '') return;
    switch (owner.type) {
      case 'ImportDeclaration':
        this.#importDeclaration(specifier, owner);
        break;
      case 'ExportNamedDeclaration':
        this.#items(specifier, 'export', owner, owner.specifiers);
        break;
      case 'TSImportType': {
        const parent = this.#module.parents.get(owner);
        if (owner.qualifier) this.#qualified(specifier, owner.qualifier);
        else if (parent?.type === 'TSTypeQuery') this.#follow(specifier, owner, (flow) => flow.type(parent));
        break;
      }
      case 'TSExternalModuleReference': {
        const declaration = this.#module.parents.get(owner);
        if (declaration?.type === 'TSImportEqualsDeclaration') {
          this.#follow(specifier, declaration.id, (flow) => flow.variable(this.#declared(declaration)));
        }
        break;
      }
      case 'ImportExpression':
      case 'CallExpression':
        this.#expression(specifier, owner);
        break;
    }
  }

  /** `import('microdot').Request`, as a type */
  #qualified(specifier: Specifier, qualifier: JsNode): void {
    this.#member(specifier, qualifier, qualifier.type === 'Identifier' ? qualifier.name : undefined);
  }

  #importDeclaration(specifier: Specifier, node: TSESTree.ImportDeclaration): void {
    const named: TSESTree.ImportSpecifier[] = [];
    for (const item of node.specifiers) {
      if (item.type === 'ImportSpecifier') named.push(item);
      else this.#follow(specifier, item, (flow) => flow.variable(this.#declared(item)));
    }
    if (named.length > 0) this.#items(specifier, 'import', node, named);
  }

  #expression(specifier: Specifier, owner: TSESTree.ImportExpression | TSESTree.CallExpression): void {
    const call = owner.type === 'CallExpression' ? owner : this.#module.parents.get(owner);
    const givesIt = owner.type === 'ImportExpression' || givesModule(this.#module, owner.callee);
    if (givesIt) this.#follow(specifier, owner, (flow) => flow.value(owner));
    // `vi.mock('microdot', async (importOriginal) => ...)`
    const factory = call?.type === 'CallExpression' ? call.arguments[1] : undefined;
    const original =
      factory && isFunction(factory) ? this.#module.scopes.getDeclaredVariables(factory)[0] : undefined;
    if (factory && isFunction(factory) && original?.identifiers[0] === factory.params[0]) {
      const names = original?.references.map(({ identifier }) => identifier) ?? [];
      this.#follow(specifier, factory, (flow) => flow.calls(names));
    }
  }

  /** Follows what is the module, and notes where it is taken for a class. */
  #follow(specifier: Specifier, node: JsNode, start: (flow: ModuleFlow) => void): void {
    const constructed: JsNode[] = [];
    let isNamespace = false;
    const user: ModuleUser = {
      member: (member) => {
        if (!this.#isNew(member)) return;
        const name = member.type === 'TSQualifiedName' ? member.right.name : propertyName(member);
        if (name === 'default') {
          this.#follow(specifier, member, (flow) => flow.value(member));
          return;
        }
        isNamespace = true;
        if (member.type === 'MemberExpression') this.#inline(specifier, member);
        else this.#member(specifier, member, name);
      },
      pattern: (pattern) => {
        isNamespace = true;
        if (!this.#isNew(pattern)) return;
        const properties = pattern.properties.filter((property) => property.type === 'Property');
        if (this.#isDefaultAlone(specifier, pattern)) {
          this.#follow(specifier, pattern, (flow) => flow.target((properties[0] as TSESTree.Property).value));
          return;
        }
        this.#items(specifier, 'pattern', pattern, properties);
      },
      name: (literal) => {
        const name = textOf(literal);
        if (name === undefined || !oldName(specifier.module, name)) return;
        isNamespace = true;
        if (!this.#isNew(literal)) return;
        this.#member(specifier, literal, name);
      },
      construct: (made) => {
        if (this.#isNew(made)) constructed.push(made);
      },
    };
    start(new ModuleFlow(this.#module, user));
    const isDefault = /^(?:ImportDefaultSpecifier|MemberExpression|ObjectPattern)$/.test(node.type);
    if (isDefault || constructed.length > 0) {
      this.found.defaults.push({ specifier, node, constructed, isNamespace });
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
    else this.#member(specifier, member, propertyName(member));
  }

  #items(specifier: Specifier, kind: Container['kind'], node: JsNode, nodes: readonly Item['node'][]): void {
    const container: Container = { kind, node, specifier, items: [] };
    this.found.containers.push(container);
    for (const each of nodes) {
      const names = this.#namesOf(each);
      if (!names) continue;
      const old = oldName(specifier.module, names.imported) ?? this.#defaultOf(specifier, names);
      const item: Item = { node: each, container, old, ...names };
      container.items.push(item);
      if (kind === 'export') continue;
      for (const reference of item.variable?.references ?? []) {
        if (reference.init) continue;
        if (old) this.found.uses.push({ old, specifier, node: reference.identifier, item });
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
        return { imported, local: value.name, variable: declaredOrMeant(this.#module, value) };
      }
      default:
        return undefined;
    }
  }

  /** `const { default: microdot } = await import('microdot')`, where that is asked for names. */
  #isDefaultAlone(specifier: Specifier, { properties }: TSESTree.ObjectPattern): boolean {
    const [property, ...more] = properties;
    if (property?.type !== 'Property' || more.length > 0) return false;
    const names = this.#namesOf(property);
    return names?.imported === 'default' && !this.#defaultOf(specifier, names);
  }

  /** `{ default as cors }`: the class that the module stands for, unless it is asked for names. */
  #defaultOf(specifier: Specifier, { imported, variable }: Pick<Item, 'imported' | 'variable'>): Item['old'] {
    if (imported !== 'default') return undefined;
    const isAsked = variable?.references.some(({ identifier }) => {
      const parent = this.#module.parents.get(identifier);
      return parent?.type === 'MemberExpression' && parent.object === identifier;
    });
    return isAsked ? undefined : oldName(specifier.module, classes[specifier.module.package ?? ''] ?? '');
  }

  #member(specifier: Specifier, node: JsNode, name: string | undefined): void {
    if (name === undefined) return;
    const old = oldName(specifier.module, name);
    if (old) this.found.uses.push({ old, specifier, node });
    else this.found.unknown.push({ node, name, specifier });
  }

  #isNew(node: JsNode): boolean {
    const isNew = !this.#seen.has(node);
    this.#seen.add(node);
    return isNew;
  }

  #declared(node: JsNode): Variable | undefined {
    return this.#module.scopes.getDeclaredVariables(node as TSESTree.Node)[0];
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
