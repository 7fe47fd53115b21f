import type {
  Alias,
  Arg,
  ClassDef,
  DictComp,
  ElementComprehension,
  ExceptHandler,
  Expression,
  FunctionDef,
  Import,
  ImportFrom,
  Lambda,
  Module,
  Name,
  Node,
} from './tree.ts';

/** What has names of its own. */
export interface Scope {
  kind: 'module' | 'function' | 'class' | 'lambda' | 'comprehension';
  node: Module | FunctionDef | ClassDef | Lambda | ElementComprehension | DictComp;
  parent: Scope | null;
  names: Map<string, Binding>;
  /** Names that `global` or `nonlocal` sends elsewhere. */
  outside: Map<string, 'global' | 'nonlocal'>;
  /** Every `from x import *`: what else may be a name here. */
  stars: ImportFrom[];
}

/** A name in a scope, with all that gives it a value and all that reads it. */
export interface Binding {
  name: string;
  scope: Scope;
  definitions: Definition[];
  /** Whether one of them is an import. */
  isImported: boolean;
  /** Reads, from this scope and the scopes within. */
  references: Name[];
}

/** One of the places where a name gets a value. */
export type Definition =
  | { kind: 'import'; node: Alias; statement: Import }
  | { kind: 'from'; node: Alias; statement: ImportFrom }
  | { kind: 'def'; node: FunctionDef }
  | { kind: 'class'; node: ClassDef }
  | { kind: 'parameter'; node: Arg; owner: FunctionDef | Lambda }
  /** `value` where the whole of it is what the name gets. */
  | { kind: 'assignment'; node: Name; value: Expression | null }
  /** A loop, `with`, unpacking, `+=`, `del`, a pattern: `node` is the target, or what has the name. */
  | { kind: 'other'; node: Name | Node }
  | { kind: 'except'; node: ExceptHandler };

/** A scope that has no names yet. */
export function newScope(kind: Scope['kind'], node: Scope['node'], parent: Scope | null): Scope {
  return { kind, node, parent, names: new Map(), outside: new Map(), stars: [] };
}

/** Where a name that is assigned in a scope lives. */
export function scopeOfAssignment(name: string, scope: Scope): Scope {
  let at = scope;
  const outside = scope.outside.get(name);
  if (outside === 'global') {
    while (at.parent !== null) at = at.parent;
  } else if (outside === 'nonlocal') {
    return lookUp(name, enclosing(scope))?.scope ?? scope;
  }
  return at;
}

/** What a name means in a scope: Python's rule, where the names of a class are unknown to the functions in it. */
export function lookUp(name: string, scope: Scope | null): Binding | null {
  let at = scope;
  while (at !== null) {
    if (at.outside.get(name) === 'global') {
      while (at.parent !== null) at = at.parent;
    }
    const found = at.outside.has(name) ? undefined : at.names.get(name);
    if (found !== undefined) return found;
    at = enclosing(at);
  }
  return null;
}

function enclosing(scope: Scope): Scope | null {
  let at = scope.parent;
  while (at !== null && at.kind === 'class') at = at.parent;
  return at;
}
