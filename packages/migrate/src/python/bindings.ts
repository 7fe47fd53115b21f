import { collect } from './collect.ts';
import type { PythonModule } from './parse.ts';
import { type Binding, lookUp, type Scope } from './scopes.ts';
import type { Name, Node } from './tree.ts';

/** The scopes of a module, and what each name in it means. */
export interface Bindings {
  /** The scope of the module. */
  readonly scope: Scope;
  /** What a name means; `null` for names of Python itself, and for names that nothing in the module defines. */
  resolve(name: Name): Binding | null;
  /** The scope that a node is in. For a function it is the one around it. */
  scopeOf(node: Node): Scope;
  /** The scope that a function, class, lambda, comprehension or the module makes. */
  scopeWithin(node: Scope['node']): Scope;
  /** What a name would mean in a scope. */
  lookUp(name: string, scope: Scope): Binding | null;
  /** Names that are read and that nothing in the module defines: those of Python, and those that a star imports. */
  readonly free: readonly Name[];
  /** All bindings of all scopes. */
  readonly all: readonly Binding[];
}

/** What the names of a module mean. It is worked out once for each module. */
export function bindingsOf(module: PythonModule): Bindings {
  return module.once(build);
}

function build(module: PythonModule): Bindings {
  const { scope, scopes, reads, targets } = collect(module.tree);
  for (const [name, binding] of targets) name.binding = binding;
  const free: Name[] = [];
  for (const [name, where] of reads) {
    const binding = lookUp(name.id, where);
    if (binding === null) {
      free.push(name);
      continue;
    }
    name.binding = binding;
    binding.references.push(name);
  }
  const scopeOf = (node: Node): Scope => {
    let child = node;
    for (let at = node.parent; at !== null; child = at, at = at.parent) {
      const within = scopes.get(at);
      if (within !== undefined && isInside(child, at)) return within;
    }
    return scope;
  };
  return {
    scope,
    resolve: (name) => name.binding as Binding | null,
    scopeOf,
    scopeWithin: (node) => scopes.get(node) as Scope,
    lookUp,
    free,
    all: [...new Set(scopes.values())].flatMap((each) => [...each.names.values()]),
  };
}

// Decorators, bases, annotations and the first iterable of a comprehension belong to the scope around.
function isInside(child: Node, owner: Node): boolean {
  switch (owner.nodeType) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return (owner.body as Node[]).includes(child);
    case 'Lambda':
      return owner.body === child;
    default:
      return true;
  }
}
