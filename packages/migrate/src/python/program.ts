import type { MigrateError } from '../errors.ts';
import { bindingsOf } from './bindings.ts';
import { moduleFile } from './moduleFile.ts';
import type { PythonModule } from './parse.ts';
import type { Binding, Definition, Scope } from './scopes.ts';
import type { Expression, ImportFrom } from './tree.ts';

/** What an expression stands for. */
export type Meaning =
  /** Something from outside of the program: its dotted name, with the dots of a relative import before it. */
  | { kind: 'outside'; name: string }
  | { kind: 'module'; module: PythonModule }
  | { kind: 'definition'; module: PythonModule; binding: Binding; definition: Definition };

/** Modules that belong together, and what names mean across them. */
export class Program {
  readonly modules: ReadonlyMap<string, PythonModule>;
  readonly failures: ReadonlyMap<string, MigrateError>;

  constructor(
    modules: ReadonlyMap<string, PythonModule>,
    failures: ReadonlyMap<string, MigrateError> = new Map(),
  ) {
    this.modules = modules;
    this.failures = failures;
  }

  /** All that a name or an attribute may stand for: more than one where branches define it differently. */
  meaningsOf(module: PythonModule, expression: Expression): Meaning[] {
    if (expression.nodeType === 'Name') {
      const binding = bindingsOf(module).resolve(expression);
      if (binding !== null) return this.#ofBinding(module, binding, new Set());
      return this.#ofStars(module, bindingsOf(module).scope, expression.id, new Set());
    }
    if (expression.nodeType !== 'Attribute') return [];
    return this.meaningsOf(module, expression.value).flatMap((meaning) =>
      this.#attribute(meaning, expression.attr),
    );
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
    const file = moduleFile(this.modules, from.file, dotted, level);
    return file === null ? null : (this.modules.get(file) ?? null);
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
      if (owner === null) continue;
      const found = this.exported(owner, name, seen);
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
