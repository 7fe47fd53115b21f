import { eachChild } from './fields.ts';
import { type Binding, type Definition, newScope, type Scope, scopeOfAssignment } from './scopes.ts';
import type {
  Arguments,
  ClassDef,
  Comprehension,
  DictComp,
  ElementComprehension,
  Expression,
  FunctionDef,
  Global,
  Lambda,
  Module,
  Name,
  Node,
} from './tree.ts';

/** What one walk over a tree finds out about its names. */
export interface Collected {
  scope: Scope;
  scopes: Map<Node, Scope>;
  /** Names that are read, with the scope in which they are. */
  reads: [Name, Scope][];
  /** Names that are assigned. */
  targets: [Name, Binding][];
  /** Bodies of functions, which may name what is defined after them. */
  later: (() => void)[];
}

/** Finds scopes, definitions and reads. */
export function collect(tree: Module): Collected {
  const scope = newScope('module', tree, null);
  const found: Collected = { scope, scopes: new Map([[tree, scope]]), reads: [], targets: [], later: [] };
  visitStatements(tree.body, scope, found);
  for (let next = found.later.shift(); next !== undefined; next = found.later.shift()) next();
  return found;
}

function visit(node: Node, scope: Scope, found: Collected): void {
  if (node.nodeType === 'Constant') return;
  const inside = (child: Node) => visit(child, scope, found);
  switch (node.nodeType) {
    case 'Name':
      if (node.ctx.nodeType === 'Load') found.reads.push([node, scope]);
      else assign(node, { kind: 'other', node }, scope, found);
      return;
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      define(node.name, { kind: 'def', node }, scope);
      node.decorator_list.forEach(inside);
      visitParts(node.args, inside);
      if (node.returns) inside(node.returns);
      visitFunction(node, scope, found);
      return;
    case 'ClassDef':
      define(node.name, { kind: 'class', node }, scope);
      for (const part of [...node.decorator_list, ...node.bases, ...node.keywords]) inside(part);
      visitClass(node, scope, found);
      return;
    case 'Lambda':
      visitParts(node.args, inside);
      visitFunction(node, scope, found);
      return;
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
    case 'DictComp':
      visitComprehension(node, scope, found);
      return;
    case 'Import':
      for (const alias of node.names) {
        const name = alias.asname ?? (alias.name.split('.')[0] as string);
        define(name, { kind: 'import', node: alias, statement: node }, scope);
      }
      return;
    case 'ImportFrom':
      for (const alias of node.names) {
        if (alias.name === '*') scope.stars.push(node);
        else define(alias.asname ?? alias.name, { kind: 'from', node: alias, statement: node }, scope);
      }
      return;
    case 'Assign': {
      inside(node.value);
      for (const target of node.targets) visitTarget(target, node.value, scope, found, inside);
      return;
    }
    case 'AnnAssign':
      inside(node.annotation);
      if (node.value) inside(node.value);
      visitTarget(node.target, node.value ?? null, scope, found, inside);
      return;
    case 'NamedExpr': {
      inside(node.value);
      let at = scope;
      while (at.kind === 'comprehension' && at.parent !== null) at = at.parent;
      visitTarget(node.target, node.value, at, found, inside);
      return;
    }
    case 'AugAssign':
      // It reads the name too.
      if (node.target.nodeType === 'Name') found.reads.push([node.target, scope]);
      break;
    case 'ExceptHandler':
      if (node.name !== undefined) define(node.name, { kind: 'except', node }, scope);
      break;
    case 'MatchAs':
    case 'MatchStar':
      if (node.name !== undefined) define(node.name, { kind: 'other', node }, scope);
      break;
    case 'MatchMapping':
      if (node.rest !== undefined) define(node.rest, { kind: 'other', node }, scope);
      break;
  }
  eachChild(node, inside);
}

// Defaults and annotations; the names of the parameters are the function's own.
function visitParts(args: Arguments, inside: (node: Node) => void): void {
  for (const arg of parametersOf(args)) if (arg.annotation) inside(arg.annotation);
  for (const value of [...args.defaults, ...args.kw_defaults]) if (value) inside(value);
}

/** All parameters of a function, in order. */
export function parametersOf(args: Arguments): Arguments['args'] {
  const { posonlyargs, args: plain, vararg, kwonlyargs, kwarg } = args;
  return [...posonlyargs, ...plain, ...(vararg ? [vararg] : []), ...kwonlyargs, ...(kwarg ? [kwarg] : [])];
}

function visitFunction(node: FunctionDef | Lambda, scope: Scope, found: Collected): void {
  const within = newScope(node.nodeType === 'Lambda' ? 'lambda' : 'function', node, scope);
  for (const arg of parametersOf(node.args)) {
    define(arg.arg, { kind: 'parameter', node: arg, owner: node }, within);
  }
  found.scopes.set(node, within);
  found.later.push(() => {
    if (node.nodeType === 'Lambda') visit(node.body, within, found);
    else visitStatements(node.body, within, found);
  });
}

function visitClass(node: ClassDef, scope: Scope, found: Collected): void {
  const within = newScope('class', node, scope);
  found.scopes.set(node, within);
  visitStatements(node.body, within, found);
}

function visitStatements(body: Node[], scope: Scope, found: Collected): void {
  // What `global` names is another's in the whole body, wherever it stands.
  for (const statement of body) declare(statement, scope);
  for (const statement of body) visit(statement, scope, found);
}

function declare(node: Node, scope: Scope): void {
  if (node.nodeType === 'Global' || node.nodeType === 'Nonlocal') {
    const where = node.nodeType === 'Global' ? 'global' : 'nonlocal';
    for (const name of (node as Global).names) scope.outside.set(name, where);
    return;
  }
  const isBlock = node.nodeType === 'Match' || ('body' in node && Array.isArray(node.body));
  if (isBlock && !isScope(node)) eachChild(node, (child) => declare(child, scope));
}

function isScope(node: Node): boolean {
  return (
    node.nodeType === 'FunctionDef' || node.nodeType === 'AsyncFunctionDef' || node.nodeType === 'ClassDef'
  );
}

function visitComprehension(node: ElementComprehension | DictComp, scope: Scope, found: Collected): void {
  const within = newScope('comprehension', node, scope);
  found.scopes.set(node, within);
  node.generators.forEach((generator: Comprehension, index) => {
    visit(generator.iter, index === 0 ? scope : within, found);
    visit(generator.target, within, found);
    for (const test of generator.ifs) visit(test, within, found);
  });
  const parts = node.nodeType === 'DictComp' ? [node.key, node.value] : [node.elt];
  for (const part of parts) visit(part, within, found);
}

function visitTarget(
  target: Expression,
  value: Expression | null,
  scope: Scope,
  found: Collected,
  inside: (node: Node) => void,
): void {
  if (target.nodeType === 'Name') assign(target, { kind: 'assignment', node: target, value }, scope, found);
  else inside(target);
}

function assign(target: Name, definition: Definition, scope: Scope, found: Collected): void {
  found.targets.push([target, define(target.id, definition, scope)]);
}

function define(name: string, definition: Definition, scope: Scope): Binding {
  const home = scopeOfAssignment(name, scope);
  let binding = home.names.get(name);
  if (binding === undefined) {
    binding = { name, scope: home, definitions: [], isImported: false, references: [] };
    home.names.set(name, binding);
  }
  binding.definitions.push(definition);
  if (definition.kind === 'import' || definition.kind === 'from') binding.isImported = true;
  return binding;
}
