import { eachChild } from '../../python/fields.ts';
import type { Binding } from '../../python/scopes.ts';
import type {
  ClassDef,
  Expression,
  FunctionDef,
  Lambda,
  Name,
  Node,
  Pattern,
  Statement,
} from '../../python/tree.ts';
import { canonicalModule, isMicrodot, starredName } from '../known/names.ts';
import {
  type ClassInfo,
  type Found,
  type FunctionInfo,
  isEnum,
  type ModuleInfo,
  methodOf,
  type Program,
  parameterBinding,
  positional,
} from '../program.ts';
import { changes, listOf, named, plain, Type } from '../types/type.ts';
import { annotationType } from './annotations.ts';
import { bindTarget } from './assign.ts';
import { contextManagerOf, nameOf } from './decorators.ts';
import { inferExpression } from './expressions.ts';
import { inferFunction } from './functions.ts';
import { isGuarded } from './guards.ts';
import { fallsThrough, findNever, isNeverCall } from './never.ts';
import { classType, functionType, instanceType, moduleType } from './objects.ts';

/** Where a node is: what inference has to know of it. */
export interface Place {
  readonly module: ModuleInfo;
  readonly fn: FunctionInfo | null;
}

/**
 * Finds out what every expression, variable, parameter and attribute of a program can be. Flow counts, order does not: a variable is all
 * that is ever assigned to it. Goes round until nothing new is found.
 */
export class Inference {
  readonly program: Program;
  #isClosed = false;
  readonly #cache: Map<Node, Map<string, Type>> = new Map();

  constructor(program: Program) {
    this.program = program;
  }

  run(): void {
    this.#settle();
    findNever(this.program);
    // What nothing was found out about may be anything, and so may all that it flows into.
    this.#isClosed = true;
    this.#closeVariables();
    this.#settle();
  }

  #settle(): void {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = changes.count;
      for (const module of this.program.modules.values()) {
        for (const statement of module.module.tree.body) this.statement(statement, { module, fn: null });
      }
      if (changes.count === before) return;
    }
  }

  /** A variable that only `None` was found for gets something else from where nobody looked. */
  #closeVariables(): void {
    const isOpen = (type: Type) => type.isEmpty || type.is('none');
    for (const module of this.program.modules.values()) {
      for (const binding of module.bindings.all) {
        const type = this.program.bindingType(binding);
        if (isOpen(type)) type.take(plain('any'));
      }
    }
    for (const info of this.program.classes.values()) {
      for (const type of info.attributes.values()) if (isOpen(type)) type.take(plain('any'));
    }
    for (const type of [...this.program.globals.values(), ...this.program.session.values()])
      if (isOpen(type)) type.take(plain('any'));
  }

  /** The type of an expression, with what this round has found out. */
  expression(node: Expression, place: Place): Type {
    const type = this.program.typeOf(node);
    type.take(inferExpression(this, node, place));
    const isUnknown =
      this.#isClosed && type.isEmpty && !(node.nodeType === 'Call' && isNeverCall(this.program, node));
    if (isUnknown) type.take(plain('any'));
    return type;
  }

  /** A type that is made once for a node, so that containers keep what was found out about them. */
  once(node: Node, key: string, make: () => Type): Type {
    let types = this.#cache.get(node);
    if (!types) {
      types = new Map();
      this.#cache.set(node, types);
    }
    let type = types.get(key);
    if (!type) {
      type = make();
      types.set(key, type);
    }
    return type;
  }

  statements(body: readonly Statement[], place: Place): void {
    for (const statement of body) this.statement(statement, place);
  }

  statement(node: Statement, place: Place): void {
    switch (node.nodeType) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.#function(node, place);
        return;
      case 'ClassDef':
        this.#class(node, place);
        return;
      case 'Assign': {
        const type = this.expression(node.value, place);
        for (const target of node.targets) bindTarget(this, target, type, place);
        return;
      }
      case 'AnnAssign': {
        const type = annotationType(this, node.annotation, place);
        bindTarget(this, node.target, type, place);
        this.#target(node.target, place)?.say();
        if (node.value) bindTarget(this, node.target, this.expression(node.value, place), place);
        return;
      }
      case 'AugAssign': {
        const value = this.expression(node.value, place);
        const old = this.expression(node.target, place);
        if (old.atom('list') || old.atom('dict') || old.atom('set'))
          bindTarget(this, node.target, value, place);
        else if (!old.isAny)
          bindTarget(
            this,
            node.target,
            old.is('int') && value.is('float') ? value : node.op.nodeType === 'Div' ? plain('float') : old,
            place,
          );
        return;
      }
      case 'For':
      case 'AsyncFor':
        bindTarget(this, node.target, this.elements(this.expression(node.iter, place)), place);
        this.statements(node.body, place);
        this.statements(node.orelse, place);
        return;
      case 'With':
      case 'AsyncWith':
        for (const item of node.items) {
          const type = this.expression(item.context_expr, place);
          if (item.optional_vars)
            bindTarget(this, item.optional_vars, this.#entered(item.context_expr, type), place);
        }
        this.statements(node.body, place);
        return;
      case 'Return': {
        if (!place.fn) return;
        const type = node.value ? this.expression(node.value, place) : plain('none');
        const isSure =
          node.value && type.isOptional && isGuarded(this.program, place.module, node, node.value);
        // What Microdot gets is nothing that the program looks at: two answers need not be of one kind.
        if (place.fn.role === undefined) place.fn.returns.take(isSure ? type.present : type);
        else if (!type.is('none')) place.fn.returns.take(plain('any'));
        else place.fn.returns.take(type);
        return;
      }
      case 'Try':
      case 'TryStar':
        this.statements(node.body, place);
        for (const handler of node.handlers) {
          if (handler.type) this.expression(handler.type, place);
          if (handler.name) {
            const scope = place.module.bindings.scopeOf(handler.body[0] as Node);
            const binding = place.module.bindings.lookUp(handler.name, scope);
            if (binding) this.program.bindingType(binding).take(this.errorType(handler.type));
          }
          this.statements(handler.body, place);
        }
        this.statements(node.orelse, place);
        this.statements(node.finalbody, place);
        return;
      case 'Match': {
        const subject = this.expression(node.subject, place);
        for (const each of node.cases) {
          this.#pattern(each.pattern, subject, place);
          if (each.guard) this.expression(each.guard, place);
          this.statements(each.body, place);
        }
        return;
      }
      case 'Import':
      case 'ImportFrom':
      case 'Global':
      case 'Nonlocal':
      case 'Pass':
        return;
      default:
        // If, While, Expr, Delete, Raise, Assert, Match: nothing of their own.
        eachChild(node, (child) => this.#visit(child, place));
    }
  }

  /** What `with` gives to the name behind its `as`. */
  #entered(node: Expression, type: Type): Type {
    const made = contextManagerOf(this.program, node);
    if (made) return made.yields;
    if (node.nodeType === 'Call' && nameOf(this.program, node.func) === 'contextlib.closing')
      return node.args[0] ? this.program.typeOf(node.args[0]) : type;
    const owner = type.single?.kind === 'instance' ? (type.single.owner as ClassInfo | null) : null;
    const enter = owner && (methodOf(owner, '__enter__') ?? methodOf(owner, '__aenter__'));
    return enter ? enter.returns : type;
  }

  /** Names in a pattern: that of the whole is the subject, and of a part nothing is known but its class. */
  #pattern(pattern: Pattern, subject: Type, place: Place): void {
    const scope = place.module.bindings.scopeOf(pattern);
    const bind = (name: string | undefined, type: Type) => {
      const binding = name === undefined ? null : place.module.bindings.lookUp(name, scope);
      if (binding) this.program.bindingType(binding).take(type);
    };
    switch (pattern.nodeType) {
      case 'MatchValue':
        this.expression(pattern.value, place);
        return;
      case 'MatchAs':
        if (pattern.pattern) this.#pattern(pattern.pattern, subject, place);
        bind(pattern.name, subject);
        return;
      case 'MatchStar':
        bind(
          pattern.name,
          this.once(pattern, 'rest', () => listOf(plain('any'))),
        );
        return;
      case 'MatchOr':
        for (const each of pattern.patterns) this.#pattern(each, subject, place);
        return;
      case 'MatchClass': {
        this.expression(pattern.cls, place);
        const known = MATCHED[this.program.typeOf(pattern.cls).single?.key ?? ''] ?? plain('any');
        for (const each of pattern.patterns) this.#pattern(each, known, place);
        for (const each of pattern.kwd_patterns) this.#pattern(each, plain('any'), place);
        return;
      }
      default:
        if (pattern.nodeType === 'MatchMapping') for (const key of pattern.keys) this.expression(key, place);
        for (const each of 'patterns' in pattern ? pattern.patterns : [])
          this.#pattern(each, plain('any'), place);
    }
  }

  /** The type of what an annotated name or attribute holds. */
  #target(node: Expression, place: Place): Type | undefined {
    if (node.nodeType === 'Name') {
      const found = this.program.resolve(place.module, node);
      return found ? this.program.bindingType(found.binding) : undefined;
    }
    if (node.nodeType !== 'Attribute') return undefined;
    const owner = this.expression(node.value, place).single;
    const info = owner && 'owner' in owner ? (owner.owner as ClassInfo | null) : null;
    return info?.kind === 'class' ? this.attribute(info, node.attr) : undefined;
  }

  #visit(node: Node, place: Place): void {
    if (STATEMENTS.has(node.nodeType)) this.statement(node as Statement, place);
    else if (node.nodeType === 'MatchCase' || node.nodeType.startsWith('Match'))
      eachChild(node, (child) => this.#visit(child, place));
    else this.expression(node as Expression, place);
  }

  #function(node: FunctionDef, place: Place): void {
    const info = this.program.functions.get(node) as FunctionInfo;
    for (const decorator of node.decorator_list) this.expression(decorator, place);
    for (const value of [...node.args.defaults, ...node.args.kw_defaults])
      if (value) this.expression(value, place);
    inferFunction(this, info, place);
    this.statements(node.body, { module: place.module, fn: info });
    if (this.#isClosed && !info.isNever && !info.isGenerator && fallsThrough(this.program, node.body))
      info.returns.take(plain('none'));
    const binding = place.module.bindings.scopeOf(node).names.get(node.name);
    if (binding && !info.owner)
      this.program.bindingType(binding).take(this.once(node, 'function', () => functionType(info)));
  }

  #class(node: ClassDef, place: Place): void {
    const info = this.program.classes.get(node) as ClassInfo;
    for (const decorator of node.decorator_list) this.expression(decorator, place);
    info.bases = [];
    for (const base of node.bases) {
      for (const atom of this.expression(base, place).atoms) {
        if (atom.kind !== 'named') continue;
        const owner = atom.owner as ClassInfo | null;
        if (owner?.kind === 'class') info.bases.push(owner);
        else if (!owner) info.errorBase = atom.name;
      }
    }
    for (const statement of node.body) {
      this.statement(statement, { module: place.module, fn: null });
      if (statement.nodeType !== 'Assign' && statement.nodeType !== 'AnnAssign') continue;
      const targets = statement.nodeType === 'Assign' ? statement.targets : [statement.target];
      for (const target of targets.flatMap((each) => ('elts' in each ? each.elts : each))) {
        if (target.nodeType !== 'Name') continue;
        const binding = place.module.bindings.scopeWithin(node).names.get(target.id) as Binding;
        if (isEnum(info)) {
          this.attribute(info, 'name').take(plain('str'));
          this.attribute(info, 'value').take(
            statement.value ? this.program.typeOf(statement.value) : new Type(),
          );
          this.attribute(info, target.id).take(instanceType(info));
        } else {
          const type = this.attribute(info, target.id);
          type.take(this.program.bindingType(binding));
          if (statement.nodeType === 'AnnAssign') type.say();
        }
      }
    }
    for (const base of info.bases) this.#inherit(info, base);
    const binding = place.module.bindings.scopeOf(node).names.get(node.name);
    if (binding) this.program.bindingType(binding).take(this.once(node, 'class', () => classType(info)));
  }

  /** A method is called in place of that of a base, and gives what that one may give. */
  #inherit(info: ClassInfo, base: ClassInfo): void {
    for (const [name, own] of info.methods) {
      const method = name === '__init__' ? undefined : methodOf(base, name);
      if (!method || method === own) continue;
      method.returns.take(own.returns);
      positional(method).forEach((parameter, i) => {
        const mine = positional(own)[i];
        if (mine) this.parameter(own, mine, this.program.bindingType(parameterBinding(method, parameter)));
      });
    }
  }

  /** The type of an attribute of the instances of a class. */
  attribute(info: ClassInfo, name: string): Type {
    for (const base of [info, ...info.bases]) {
      const known = base.attributes.get(name);
      if (known) return known;
    }
    const type = new Type();
    info.attributes.set(name, type);
    return type;
  }

  /** What a name is: a variable, or something of a library. */
  name(node: Name, place: Place): Type {
    const { program } = this;
    const found = program.resolve(place.module, node);
    if (found) return this.binding(found);
    const starred = place.module.bindings.scope.stars.some(({ module = '' }) => isMicrodot(module))
      ? starredName(node.id)
      : undefined;
    return this.once(node, 'name', () => named(starred ?? `builtins.${node.id}`));
  }

  /** What a name holds, and what it stands for if it was imported. */
  binding({ module, binding }: Found): Type {
    const type = this.program.bindingType(binding);
    this.#imports(module, binding, type);
    return type;
  }

  #imports(module: ModuleInfo, binding: Binding, type: Type): void {
    for (const definition of binding.definitions) {
      if (definition.kind === 'import') {
        const { name, asname } = definition.node;
        const whole = asname ? name : (name.split('.')[0] as string);
        const own = this.program.find(module, whole);
        type.take(
          this.once(definition.node, 'import', () => (own ? moduleType(own) : named(canonicalModule(whole)))),
        );
      } else if (definition.kind === 'from') {
        const source = this.program.moduleOf(module, definition.statement);
        const { name } = definition.node;
        if (source) {
          const sub = this.program.modules.get([source.name, name].filter(Boolean).join('.'));
          if (sub) type.take(this.once(definition.node, 'import', () => moduleType(sub)));
        } else if (!definition.statement.level) {
          const from = canonicalModule(definition.statement.module ?? '');
          type.take(this.once(definition.node, 'import', () => named(`${from}.${name}`)));
        } else {
          const sub = this.program.moduleOf(module, {
            ...definition.statement,
            module: [definition.statement.module, name].filter(Boolean).join('.'),
          });
          if (sub) type.take(this.once(definition.node, 'import', () => moduleType(sub)));
        }
      }
    }
  }

  /** What going through something gives. */
  elements(type: Type): Type {
    const all = Type.scratch();
    for (const atom of type.atoms) {
      if (atom.kind === 'list') {
        all.take(atom.cell.elem);
        for (const item of atom.cell.shape ?? []) all.take(item);
      } else if (atom.kind === 'tuple') for (const item of atom.items) all.take(item);
      else if (atom.kind === 'dict') {
        atom.cell.setDynamic();
        all.take(atom.cell.keys);
        if (atom.cell.fields.size > 0) all.take(plain('str'));
      } else if ('elem' in atom) all.take(atom.elem);
      else if (atom.kind === 'named' && (atom.owner as ClassInfo | null)?.kind === 'class')
        all.take(instanceType(atom.owner as ClassInfo));
      else if (
        atom.key === 'str' ||
        atom.key === 'instance io.TextFile' ||
        atom.key === 'instance io.StringIO'
      )
        all.take(plain('str'));
      else if (atom.key === 'bytes') all.take(plain('int'));
      else if (atom.key === 'any') all.take(plain('any'));
      else if (atom.key === 'instance microdot.WebSocket') all.take(plain('any'));
      else if (atom.kind === 'instance' && atom.owner) all.take(this.#items(atom.owner as ClassInfo));
    }
    return all;
  }

  /** What an object of a class of the project goes through. */
  #items(info: ClassInfo): Type {
    const next = methodOf(info, '__next__') ?? methodOf(info, '__anext__');
    if (next) return next.returns;
    const iter = methodOf(info, '__iter__') ?? methodOf(info, '__aiter__');
    if (!iter) return plain('any');
    return iter.isGenerator ? iter.yields : this.elements(iter.returns);
  }

  errorType(node: Expression | undefined): Type {
    if (!node) return this.#error('builtins.Exception');
    if (node.nodeType === 'Tuple') {
      const type = Type.scratch();
      for (const item of node.elts) type.take(this.errorType(item));
      return type;
    }
    const type = Type.scratch();
    for (const atom of this.program.typeOf(node).atoms) {
      if (atom.kind === 'named')
        type.add({
          kind: 'instance',
          key: atom.key.replace('named', 'instance'),
          name: atom.name,
          owner: atom.owner,
        });
    }
    return type;
  }

  #error(name: string): Type {
    return Type.of({ kind: 'instance', key: `instance ${name}`, name, owner: null });
  }

  /** Lets an argument flow into a parameter. */
  parameter(info: FunctionInfo, name: string, type: Type): void {
    const binding = parameterBinding(info, name);
    if (!binding) return;
    const known = this.program.bindingType(binding);
    if (isAnnotated(info, name)) known.say();
    known.take(type);
  }

  lambda(node: Lambda, place: Place): FunctionInfo {
    const info = this.program.functions.get(node) as FunctionInfo;
    info.returns.take(this.expression(node.body, { module: place.module, fn: info }));
    return info;
  }
}

function isAnnotated({ node }: FunctionInfo, name: string): boolean {
  const { posonlyargs, args, kwonlyargs } = node.args;
  return [...posonlyargs, ...args, ...kwonlyargs].some((each) => each.arg === name && each.annotation);
}

/** What a class pattern of Python's own says of what it holds. */
const MATCHED: Readonly<Record<string, Type>> = {
  'named builtins.str': plain('str'),
  'named builtins.int': plain('int'),
  'named builtins.float': plain('float'),
  'named builtins.bool': plain('bool'),
};

const MAX_ROUNDS = 20;

const STATEMENTS = new Set<string>(
  'FunctionDef AsyncFunctionDef ClassDef Return Delete Assign TypeAlias AugAssign AnnAssign For AsyncFor While If With AsyncWith Match Raise Try TryStar Assert Import ImportFrom Global Nonlocal Expr Pass Break Continue'.split(
    ' ',
  ),
);
