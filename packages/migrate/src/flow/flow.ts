import { bindingsOf } from '../python/bindings.ts';
import { Memory } from '../python/memory.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Program } from '../python/program.ts';
import type {
  Attribute,
  Call,
  ClassDef,
  DictComp,
  ElementComprehension,
  Expression,
  FunctionDef,
} from '../python/tree.ts';
import { libraryName } from '../tables/symbols.ts';
import { Classes } from './classes.ts';
import { isFunction } from './functions.ts';
import { type Kind, KindStore, NO_KINDS, websocketKind } from './kinds.ts';
import { microdotOf } from './microdot.ts';

/** A function that a call may reach. */
export interface Callee {
  node: FunctionDef;
  /** How many parameters are filled before the arguments: 1 for a method. */
  bound: number;
}

interface Dated<T> {
  version: number;
  value: T;
}

/** What the expressions of a program are, as far as can be told. */
export class Flow extends Memory {
  readonly program: Program;
  readonly store: KindStore = new KindStore();
  readonly classes: Classes;

  // What has been found out, with what was learnt by then: it is true until more is learnt.
  readonly #kinds = new Map<Expression, Dated<ReadonlySet<Kind>>>();
  readonly #callees = new Map<Call, Dated<readonly Callee[]>>();
  readonly #definedBy = new Map<Expression, readonly Callee[]>();
  readonly #instances = new Map<ClassDef, readonly Kind[]>();

  constructor(program: Program) {
    super();
    this.program = program;
    this.classes = new Classes(program);
  }

  is(module: PythonModule, expression: Expression, ...kinds: Kind[]): boolean {
    const found = this.kinds(module, expression);
    return kinds.some((kind) => found.has(kind));
  }

  /** What an expression may be. */
  kinds(module: PythonModule, expression: Expression): ReadonlySet<Kind> {
    switch (expression.nodeType) {
      case 'Name':
        return this.#name(module, expression);
      case 'Attribute':
      case 'Call':
        return this.#cached(module, expression);
      case 'Await':
      case 'NamedExpr':
      case 'Starred':
        return this.kinds(module, expression.value);
      case 'IfExp':
        return union(this.kinds(module, expression.body), this.kinds(module, expression.orelse));
      case 'BoolOp':
        return union(...expression.values.map((value) => this.kinds(module, value)));
      case 'Subscript':
        return expression.slice.nodeType === 'Slice'
          ? this.kinds(module, expression.value)
          : element(this.kinds(module, expression.value), expression.slice);
      case 'Tuple':
        if (!expression.elts.some(({ nodeType }) => nodeType === 'Starred'))
          return union(...expression.elts.map((each, index) => placed(this.kinds(module, each), index)));
        return containing(union(...expression.elts.map((each) => this.kinds(module, each))));
      case 'List':
      case 'Set':
        return containing(union(...expression.elts.map((element) => this.kinds(module, element))));
      case 'Dict':
        return union(
          wrap('iter:', union(...expression.keys.map((key) => (key ? this.kinds(module, key) : NO_KINDS)))),
          wrap('value:', union(...expression.values.map((value) => this.kinds(module, value)))),
        );
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp':
        return this.#comprehension(module, expression);
      default:
        return NO_KINDS;
    }
  }

  #cached(module: PythonModule, expression: Attribute | Call): ReadonlySet<Kind> {
    const { version } = this.store;
    const known = this.#kinds.get(expression);
    if (known?.version === version) return known.value;
    const value =
      expression.nodeType === 'Call'
        ? this.#call(module, expression)
        : this.#attribute(module, expression.value, expression.attr, expression);
    if (known === undefined) this.#kinds.set(expression, { version, value });
    else [known.version, known.value] = [version, value];
    return value;
  }

  /** The functions of the program that a call may reach. */
  callees(module: PythonModule, call: Call): readonly Callee[] {
    const { func } = call;
    const defined = this.#defined(module, func);
    if (func.nodeType !== 'Attribute') return defined.length > 0 ? defined : this.#held(module, func);
    const { version } = this.store;
    const known = this.#callees.get(call);
    if (known?.version === version) return known.value;
    const methods = this.#owners(module, func.value).flatMap((owner) =>
      this.classes.methods(owner, func.attr),
    );
    let value: readonly Callee[] = methods.length === 0 ? defined : [...defined, ...methods.map(asMethod)];
    if (value.length === 0) value = this.#held(module, func);
    if (known === undefined) this.#callees.set(call, { version, value });
    else [known.version, known.value] = [version, value];
    return value;
  }

  // The functions that a variable, an attribute or an element of a table holds.
  #held(module: PythonModule, func: Expression): readonly Callee[] {
    const kinds = this.kinds(module, func);
    return [...kinds].flatMap((kind): Callee[] => {
      const owner = this.store.classItself(kind);
      if (owner !== null) return this.classes.methods(owner, '__init__').map((node) => ({ node, bound: 1 }));
      return [this.store.functionOf(kind) ?? []].flat();
    });
  }

  #defined(module: PythonModule, func: Expression): readonly Callee[] {
    let found = this.#definedBy.get(func);
    if (found === undefined) {
      found = this.#findDefined(module, func);
      this.#definedBy.set(func, found);
    }
    return found;
  }

  #findDefined(module: PythonModule, func: Expression): Callee[] {
    return this.program.meaningsOf(module, func).flatMap((meaning): Callee[] => {
      if (meaning.kind !== 'definition') return [];
      if (meaning.definition.kind === 'def') return [{ node: meaning.definition.node, bound: 0 }];
      if (meaning.definition.kind !== 'class') return [];
      return this.classes.methods(meaning.definition.node, '__init__').map((node) => ({ node, bound: 1 }));
    });
  }

  // The classes that a value may be an instance of; `super()` is one of the class around.
  #owners(module: PythonModule, value: Expression): ClassDef[] {
    const kinds = this.kinds(module, value);
    const found: ClassDef[] = [];
    for (const kind of kinds) {
      const owner = this.store.classOf(kind);
      if (owner !== null) found.push(owner);
    }
    return found;
  }

  #name(module: PythonModule, name: Expression & { nodeType: 'Name' }): ReadonlySet<Kind> {
    const binding = bindingsOf(module).resolve(name);
    const own = binding === null ? NO_KINDS : this.store.ofBinding(binding);
    return binding === null || binding.isImported ? union(own, this.#meant(module, name)) : own;
  }

  #meant(module: PythonModule, expression: Expression): ReadonlySet<Kind> {
    const meanings = this.program.meaningsOf(module, expression);
    if (meanings.length === 0) return NO_KINDS;
    return union(
      ...meanings.map((meaning) => {
        if (meaning.kind === 'definition') return this.store.ofBinding(meaning.binding);
        return meaning.kind === 'outside' ? this.store.ofOutside(meaning.name) : NO_KINDS;
      }),
    );
  }

  #attribute(module: PythonModule, value: Expression, name: string, whole: Expression): ReadonlySet<Kind> {
    const meant = this.#meant(module, whole);
    const kinds = this.kinds(module, value);
    if (kinds.size === 0) return meant;
    const found = new Set(meant);
    for (const kind of kinds) {
      if (kind === 'request' && name === 'stream') found.add('stream');
      if (kind === 'request' && name === 'app') found.add('app');
      const owner = this.store.classOf(kind);
      if (owner === null) continue;
      for (const each of this.classes.lineage(owner)) {
        for (const known of this.store.ofAttribute(each, name)) found.add(known);
      }
    }
    return found;
  }

  #call(module: PythonModule, call: Call): ReadonlySet<Kind> {
    const { func } = call;
    const [first] = call.args;
    if (func.nodeType === 'Name' && first !== undefined && COPIES.has(func.id))
      return contained(this.kinds(module, first));
    const made = this.made(module, func);
    if (made !== null) return new Set([made]);
    const found = new Set<Kind>();
    for (const meaning of this.program.meaningsOf(module, func)) {
      if (meaning.kind === 'outside' && /^u?asyncio\./.test(libraryName(meaning.name))) {
        found.add('asyncio');
        // What it runs to its end gives what that gives.
        if (first !== undefined) for (const kind of this.kinds(module, first)) found.add(kind);
      }
      if (meaning.kind === 'outside' && WAITERS.test(meaning.name)) found.add('waiter');
      if (meaning.kind === 'outside' && meaning.name === 'functools.partial')
        for (const kind of this.#partial(module, call)) found.add(kind);
      if (meaning.kind === 'definition' && meaning.definition.kind === 'class') {
        for (const kind of this.instanceKinds(meaning.definition.node)) found.add(kind);
      }
    }
    for (const kind of this.kinds(module, func)) {
      const owner = this.store.classItself(kind);
      if (owner !== null) for (const each of this.instanceKinds(owner)) found.add(each);
    }
    for (const { node } of this.callees(module, call))
      for (const kind of this.store.ofReturn(node)) found.add(kind);
    if (func.nodeType === 'Attribute') {
      for (const kind of this.#method(module, func.value, func.attr, first)) found.add(kind);
    }
    if (func.nodeType === 'Name' && func.id === 'getattr')
      for (const kind of this.#byPrefix(module, call)) found.add(kind);
    if (func.nodeType === 'Name' && func.id === 'super') {
      const owner = enclosingClass(call);
      if (owner !== null) for (const kind of this.instanceKinds(owner)) found.add(kind);
    }
    return found;
  }

  // `partial(f, a)` is `f` with the first of its arguments.
  #partial(module: PythonModule, { args }: Call): Kind[] {
    const [first, ...given] = args;
    if (first === undefined || given.some(({ nodeType }) => nodeType === 'Starred')) return [];
    return [...this.kinds(module, first)].flatMap(
      (kind) => this.store.withArguments(kind, given.length) ?? [],
    );
  }

  // `getattr(self, 'on_' + name)` is one of the methods that begin so.
  #byPrefix(module: PythonModule, { args: [object, name] }: Call): Kind[] {
    const prefix = name === undefined ? '' : prefixOf(name);
    if (object === undefined || prefix === '') return [];
    const methods = this.#owners(module, object)
      .flatMap((owner) => this.classes.family(owner).flatMap((each) => this.classes.lineage(each)))
      .flatMap((owner) => owner.body.filter(isFunction).map((method) => ({ owner, name: method.name })));
    return methods
      .filter((method) => method.name.startsWith(prefix))
      .flatMap((method) => [...this.store.ofAttribute(method.owner, method.name)]);
  }

  /** What an object of a class of the program is: also what its class inherits from Microdot. */
  instanceKinds(owner: ClassDef): readonly Kind[] {
    let kinds = this.#instances.get(owner);
    if (kinds === undefined) {
      const inherited = this.classes.lineage(owner).flatMap((each) => {
        const module = this.classes.modules.get(each);
        return module === undefined ? [] : each.bases.map((base) => this.made(module, base));
      });
      const ofMicrodot = inherited.filter((kind): kind is Kind => kind !== null && INHERITED.has(kind));
      kinds = [`instance:${this.store.idOf(owner)}`, ...ofMicrodot];
      this.#instances.set(owner, kinds);
    }
    return kinds;
  }

  /** Whether a call makes an application: `Microdot()`, or a class that inherits from it. */
  makesApp(module: PythonModule, { func }: Call): boolean {
    if (microdotOf(this.program, module, func)?.path[0] === 'Microdot') return true;
    return this.program
      .meaningsOf(module, func)
      .some(
        (meaning) =>
          meaning.kind === 'definition' &&
          meaning.definition.kind === 'class' &&
          this.instanceKinds(meaning.definition.node).some((kind) => kind === 'app' || kind === 'asyncapp'),
      );
  }

  /** What Microdot's own functions and classes make. */
  made(module: PythonModule, func: Expression): Kind | null {
    const found = microdotOf(this.program, module, func);
    switch (found?.path.length === 1 ? found.path[0] : undefined) {
      case 'Microdot':
        return found?.module === 'microdot_asyncio' || found?.module === 'microdot_asgi' ? 'asyncapp' : 'app';
      case 'TestClient':
        return found?.module === 'microdot_test_client' ? 'client' : 'asyncclient';
      case 'websocket_upgrade':
      case 'WebSocket':
        return websocketKind(found?.module ?? '');
      case 'get_session':
        return 'session';
      case 'Response':
      case 'redirect':
      case 'send_file':
        return 'response';
      default:
        return null;
    }
  }

  #method(
    module: PythonModule,
    value: Expression,
    name: string,
    first: Expression | undefined,
  ): ReadonlySet<Kind> {
    const kinds = this.kinds(module, value);
    if ((name === 'run_until_complete' || name === '_run') && first !== undefined)
      return this.kinds(module, first);
    if (COPYING_METHODS.has(name)) return contained(kinds);
    if (name === 'values') return wrap('iter:', within(kinds, 'value:'));
    if (name === 'get' || name === 'pop' || name === 'popleft' || name === 'setdefault')
      return within(kinds, 'value:');
    const isClient = kinds.has('client') || kinds.has('asyncclient');
    return isClient && CLIENT_METHODS.has(name) ? new Set(['answer']) : NO_KINDS;
  }

  #comprehension(module: PythonModule, node: ElementComprehension | DictComp): ReadonlySet<Kind> {
    if (node.nodeType !== 'DictComp') return containing(this.kinds(module, node.elt));
    return union(wrap('iter:', this.kinds(module, node.key)), wrap('value:', this.kinds(module, node.value)));
  }
}

const COPIES: ReadonlySet<string> = new Set([
  'list',
  'tuple',
  'set',
  'frozenset',
  'sorted',
  'reversed',
  'iter',
  'dict',
]);
// What one thread waits at for another.
const WAITERS =
  /^(?:queue\.(?:Lifo|Priority|Simple)?Queue|multiprocessing\.(?:Joinable|Simple)?Queue|threading\.(?:Bounded)?Semaphore|(?:threading|multiprocessing)\.Event|threading\.(?:Thread|Timer)|multiprocessing\.Process)$/;
const INHERITED: ReadonlySet<Kind> = new Set(['app', 'asyncapp', 'client', 'asyncclient']);
const COPYING_METHODS: ReadonlySet<string> = new Set(['copy', 'keys', 'union', 'difference']);

/** What a test client asks with. */
export const CLIENT_METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'request',
  'websocket',
]);

/** Kinds of what is in a container: its elements, both by iteration and by index. */
export function containing(kinds: ReadonlySet<Kind>): ReadonlySet<Kind> {
  return union(wrap('iter:', kinds), wrap('value:', kinds));
}

/** Kinds of containers, from those of their elements. */
export function wrap(prefix: 'iter:' | 'value:', kinds: ReadonlySet<Kind>): ReadonlySet<Kind> {
  return kinds.size === 0 ? NO_KINDS : new Set([...kinds].map((kind) => prefix + kind));
}

/** Kinds of elements, from those of their containers. */
export function within(kinds: ReadonlySet<Kind>, prefix: 'iter:' | 'value:'): ReadonlySet<Kind> {
  const found = [...kinds].filter((kind) => kind.startsWith(prefix) || kind.startsWith('@'));
  return found.length === 0 ? NO_KINDS : new Set(found.map((kind) => kind.slice(kind.indexOf(':') + 1)));
}

function placed(kinds: ReadonlySet<Kind>, index: number): ReadonlySet<Kind> {
  return kinds.size === 0 ? NO_KINDS : new Set([...kinds].map((kind) => `@${index}:${kind}`));
}

/** Kinds of what is at a place of a container: in a tuple each has its own. */
export function at(kinds: ReadonlySet<Kind>, index: number): ReadonlySet<Kind> {
  const own = [...kinds].filter((kind) => !kind.startsWith('@') || kind.startsWith(`@${index}:`));
  return within(new Set(own), 'value:');
}

function element(kinds: ReadonlySet<Kind>, slice: Expression): ReadonlySet<Kind> {
  const isIndex = slice.nodeType === 'Constant' && slice.type === 'int';
  return isIndex ? at(kinds, Number(slice.value)) : within(kinds, 'value:');
}

/** Of the kinds of a container those of what is in it: what a copy has too. */
export function contained(kinds: ReadonlySet<Kind>): ReadonlySet<Kind> {
  if (kinds.size === 0) return kinds;
  return new Set([...kinds].filter((kind) => /^(?:iter:|value:|@)/.test(kind)));
}

/** All kinds of several sets. */
export function union(...sets: ReadonlySet<Kind>[]): ReadonlySet<Kind> {
  let found = NO_KINDS;
  let all: Set<Kind> | null = null;
  for (const set of sets) {
    if (set.size === 0 || set === found) continue;
    if (found.size === 0) found = set;
    else {
      all ??= new Set(found);
      for (const kind of set) all.add(kind);
    }
  }
  return all ?? found;
}

// What a string that is put together begins with.
function prefixOf(name: Expression): string {
  switch (name.nodeType) {
    case 'Constant':
      return name.type === 'str' ? String(name.value) : '';
    case 'BinOp': {
      const text = prefixOf(name.left);
      return name.op.nodeType === 'Mod' ? (text.split('%')[0] ?? '') : text;
    }
    case 'Call':
      return name.func.nodeType === 'Attribute' && name.func.attr === 'format'
        ? (prefixOf(name.func.value).split('{')[0] ?? '')
        : '';
    case 'JoinedStr':
      return name.values[0] === undefined ? '' : prefixOf(name.values[0]);
    default:
      return '';
  }
}

/** Whether an expression of its form may be anything: what `kinds` tells nothing of need not be asked for. */
export function mayBeKnown({ nodeType }: Expression): boolean {
  return KNOWN_FORMS.has(nodeType);
}

const KNOWN_FORMS: ReadonlySet<Expression['nodeType']> = new Set<Expression['nodeType']>([
  'Name',
  'Attribute',
  'Call',
  'Await',
  'NamedExpr',
  'Starred',
  'IfExp',
  'BoolOp',
  'Subscript',
  'List',
  'Tuple',
  'Set',
  'Dict',
  'ListComp',
  'SetComp',
  'GeneratorExp',
  'DictComp',
]);

function asMethod(node: FunctionDef): Callee {
  return { node, bound: isStatic(node) ? 0 : 1 };
}

function isStatic(node: FunctionDef): boolean {
  return node.decorator_list.some(
    (decorator) => decorator.nodeType === 'Name' && decorator.id === 'staticmethod',
  );
}

function enclosingClass(call: Call): ClassDef | null {
  for (let at = call.parent; at !== null; at = at.parent) if (at.nodeType === 'ClassDef') return at;
  return null;
}
