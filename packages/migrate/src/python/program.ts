import type { MigrateError } from '../errors.ts';
import { microdotName } from '../tables/modules.ts';
import { starNames } from '../tables/symbols.ts';
import { bindingsOf } from './bindings.ts';
import { Memory } from './memory.ts';
import { lastName, moduleFile } from './moduleFile.ts';
import type { PythonModule } from './parse.ts';
import type { Binding, Definition, Scope } from './scopes.ts';
import type { Attribute, Expression, ImportFrom, Node } from './tree.ts';

/** What an expression stands for. */
export type Meaning =
  /** Something from outside of the program: its dotted name, with the dots of a relative import before it. */
  | { kind: 'outside'; name: string }
  | { kind: 'module'; module: PythonModule }
  | { kind: 'definition'; module: PythonModule; binding: Binding; definition: Definition };

const NOTHING: readonly Meaning[] = [];

/** Modules that belong together, and what names mean across them. */
export class Program extends Memory {
  readonly modules: ReadonlyMap<string, PythonModule>;
  readonly failures: ReadonlyMap<string, MigrateError>;
  readonly #attributes = new Map<Attribute, readonly Meaning[]>();
  readonly #bindings = new Map<Binding, readonly Meaning[]>();
  readonly #lastNames: ReadonlySet<string>;
  readonly #imported = new Map<string, PythonModule | null>();
  readonly #roots: ReadonlyMap<Node, PythonModule>;

  constructor(
    modules: ReadonlyMap<string, PythonModule>,
    failures: ReadonlyMap<string, MigrateError> = new Map(),
  ) {
    super();
    this.modules = modules;
    this.failures = failures;
    this.#lastNames = new Set([...modules.keys()].map(lastName));
    this.#roots = new Map([...modules.values()].map((module) => [module.tree, module]));
  }

  /** The module that a node is in. */
  moduleOf(node: Node): PythonModule | null {
    let root = node;
    while (root.parent !== null) root = root.parent;
    return this.#roots.get(root) ?? null;
  }

  /** All that a name or an attribute may stand for: more than one where branches define it differently. */
  meaningsOf(module: PythonModule, expression: Expression): readonly Meaning[] {
    if (expression.nodeType === 'Name') {
      const bindings = bindingsOf(module);
      const binding = bindings.resolve(expression);
      if (binding !== null) return this.#ofBindingOnce(module, binding);
      if (bindings.scope.stars.length === 0) return NOTHING;
      return this.#ofStars(module, bindings.scope, expression.id, new Set());
    }
    if (expression.nodeType !== 'Attribute') return NOTHING;
    const owners = this.meaningsOf(module, expression.value);
    // What the attributes of other values are is not told by their names.
    if (!owners.some(({ kind }) => kind !== 'definition')) return NOTHING;
    let found = this.#attributes.get(expression);
    if (found === undefined) {
      found = owners.flatMap((meaning) => this.#attribute(meaning, expression.attr));
      this.#attributes.set(expression, found);
    }
    return found;
  }

  #ofBindingOnce(module: PythonModule, binding: Binding): readonly Meaning[] {
    let found = this.#bindings.get(binding);
    if (found === undefined) {
      found = this.#ofBinding(module, binding, new Set());
      this.#bindings.set(binding, found);
    }
    return found;
  }

  /** What a module has by a name. */
  exported(module: PythonModule, name: string, seen: Set<Binding | PythonModule> = new Set()): Meaning[] {
    const { scope } = bindingsOf(module);
    const binding = scope.names.get(name);
    if (binding !== undefined) return this.#ofBinding(module, binding, seen);
    if (seen.has(module)) return [];
    seen.add(module);
    return this.#ofStars(module, scope, name, seen);
  }

  /** The module of the program that an import names, if it is one. */
  imported(from: PythonModule, dotted: string, level: number): PythonModule | null {
    // Most imports are of what is installed.
    if (dotted !== '' && !this.#lastNames.has(dotted.slice(dotted.lastIndexOf('.') + 1))) return null;
    const folder = from.file.slice(0, from.file.lastIndexOf('/') + 1);
    const key = `${folder}:${level}:${dotted}`;
    let found = this.#imported.get(key);
    if (found === undefined) {
      const file = moduleFile(this.modules, from.file, dotted, level);
      found = file === null ? null : (this.modules.get(file) ?? null);
      this.#imported.set(key, found);
    }
    // A file does not import itself, under whatever name it has.
    return found === from && level === 0 ? null : found;
  }

  #ofBinding(module: PythonModule, binding: Binding, seen: Set<Binding | PythonModule>): Meaning[] {
    if (seen.has(binding)) return [];
    seen.add(binding);
    return binding.definitions.flatMap((definition): Meaning[] => {
      if (definition.kind === 'import') {
        const { name, asname } = definition.node;
        return [this.#moduleOrOutside(module, asname === undefined ? (name.split('.')[0] as string) : name)];
      }
      if (definition.kind === 'from')
        return this.#ofFrom(module, definition.statement, definition.node.name, seen);
      return [{ kind: 'definition', module, binding, definition }];
    });
  }

  #moduleOrOutside(from: PythonModule, name: string): Meaning {
    const module = this.imported(from, name, 0);
    return module === null ? { kind: 'outside', name } : { kind: 'module', module };
  }

  #ofFrom(
    from: PythonModule,
    statement: ImportFrom,
    name: string,
    seen: Set<Binding | PythonModule>,
  ): Meaning[] {
    const { module: dotted = '', level = 0 } = statement;
    const owner = this.imported(from, dotted, level);
    const found = owner === null ? [] : this.exported(owner, name, seen);
    if (found.length > 0) return found;
    const path = dotted === '' ? name : `${dotted}.${name}`;
    const submodule = this.imported(from, path, level);
    if (submodule !== null) return [{ kind: 'module', module: submodule }];
    return [{ kind: 'outside', name: '.'.repeat(level) + path }];
  }

  #ofStars(module: PythonModule, scope: Scope, name: string, seen: Set<Binding | PythonModule>): Meaning[] {
    for (const { module: dotted = '', level = 0 } of scope.stars) {
      const owner = this.imported(module, dotted, level);
      const found =
        owner === null ? fromMicrodot('.'.repeat(level) + dotted, name) : this.exported(owner, name, seen);
      if (found.length > 0) return found;
    }
    return [];
  }

  #attribute(meaning: Meaning, name: string): Meaning[] {
    if (meaning.kind === 'outside') return [{ kind: 'outside', name: `${meaning.name}.${name}` }];
    if (meaning.kind !== 'module') return [];
    const found = this.exported(meaning.module, name);
    if (found.length > 0) return found;
    const submodule = this.imported(meaning.module, name, 1);
    return submodule === null ? [] : [{ kind: 'module', module: submodule }];
  }
}

// What other modules bring with a star is not known.
function fromMicrodot(dotted: string, name: string): Meaning[] {
  const found = microdotName(dotted);
  if (found?.path.length !== 0 || !starNames(found.module).includes(name)) return [];
  return [{ kind: 'outside', name: `${dotted}.${name}` }];
}
