import { type Bindings, bindingsOf } from '../python/bindings.ts';
import { parametersOf } from '../python/collect.ts';
import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Binding } from '../python/scopes.ts';
import type {
  AnnAssign,
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  ImportFrom,
  Lambda,
  Name,
  Node,
  Statement,
} from '../python/tree.ts';
import { Type } from './types/type.ts';

/** A module of the project. */
export interface ModuleInfo {
  readonly path: string;
  /** As Python imports it: `store.books`. */
  readonly name: string;
  readonly isPackage: boolean;
  readonly module: PythonModule;
  readonly bindings: Bindings;
}

/** What is known of a function of the project. */
export interface FunctionInfo {
  readonly kind: 'function';
  readonly node: FunctionDef | Lambda;
  readonly module: ModuleInfo;
  readonly owner: ClassInfo | null;
  readonly returns: Type;
  /** What a generator yields. */
  readonly yields: Type;
  readonly isGenerator: boolean;
  /** `async def`. */
  readonly isCoroutine: boolean;
  /** It has to wait for something that Python 1.x did not wait for. */
  isAsync: boolean;
  /** It never returns. */
  isNever: boolean;
  /** What it returns is what a handler returns: tuples are responses. */
  isHandler: boolean;
  /** How Microdot calls it, if it does. */
  role: Role | undefined;
  /** The URL arguments among its parameters, with their types. */
  urlArgs: Map<string, Type> | undefined;
  /** It is given functions to wrap: a decorator. */
  wraps: 'decorator' | 'wrapper' | undefined;
}

export type Role = 'route' | 'before' | 'after' | 'error' | 'status' | 'errorAfter';

/** What is known of a class of the project. */
export interface ClassInfo {
  readonly kind: 'class';
  readonly node: ClassDef;
  readonly module: ModuleInfo;
  readonly attributes: Map<string, Type>;
  readonly methods: Map<string, FunctionInfo>;
  /** Those of its bases that are classes of the project. */
  bases: ClassInfo[];
  /** The name of a base that is an exception of Python's or of Microdot's. */
  errorBase: string | undefined;
  readonly isDataclass: boolean;
}

/** A project, and all that inference finds out about it. */
export class Program {
  readonly modules: ReadonlyMap<string, ModuleInfo>;
  readonly functions: Map<Node, FunctionInfo> = new Map();
  readonly classes: Map<Node, ClassInfo> = new Map();
  readonly #types: Map<Node, Type> = new Map();
  readonly #bindings: Map<Binding, Type> = new Map();
  /** What `request.g` and the sessions hold. */
  readonly globals: Map<string, Type> = new Map();
  readonly session: Map<string, Type> = new Map();
  /** What the program puts on objects of Microdot's, by class and name. */
  readonly added: Map<string, Type> = new Map();
  /** Sessions are used in ways that no list of fields describes. */
  isSessionOpen = false;

  constructor(modules: Iterable<PythonModule>) {
    const byName = new Map<string, ModuleInfo>();
    for (const module of modules) {
      const info = moduleInfo(module);
      byName.set(info.name, info);
    }
    this.modules = byName;
    for (const info of byName.values()) this.#define(info);
  }

  typeOf(node: Node): Type {
    return get(this.#types, node);
  }

  bindingType(binding: Binding): Type {
    return get(this.#bindings, binding);
  }

  /** What a name means, in another module where it was imported from there. */
  resolve(module: ModuleInfo, name: Name): Found | null {
    const binding = module.bindings.resolve(name);
    return binding ? this.follow(module, binding) : this.starred(module, name.id);
  }

  /** What `from x import *` of a module of the project brings. */
  starred(module: ModuleInfo, name: string, depth = 0): Found | null {
    if (depth > 9) return null;
    for (const star of module.bindings.scope.stars) {
      const source = this.moduleOf(module, star);
      if (!source) continue;
      const binding = source.bindings.scope.names.get(name);
      const found = binding ? this.follow(source, binding) : this.starred(source, name, depth + 1);
      if (found) return found;
    }
    return null;
  }

  /** Goes on to where an imported name is defined. */
  follow(module: ModuleInfo, binding: Binding, depth = 0): Found {
    const [definition] = binding.definitions;
    if (definition?.kind !== 'from' || depth > 9) return { module, binding };
    const source = this.moduleOf(module, definition.statement);
    const target = source?.bindings.scope.names.get(definition.node.name);
    return source && target ? this.follow(source, target, depth + 1) : { module, binding };
  }

  /** The module of the project that an import is from. */
  moduleOf(from: ModuleInfo, statement: ImportFrom): ModuleInfo | undefined {
    return (
      this.modules.get(absoluteName(from, statement.module, statement.level ?? 0)) ??
      this.#sibling(from, statement)
    );
  }

  /** The module of the project with an absolute name, or beside the one that imports it. */
  find(from: ModuleInfo, name: string): ModuleInfo | undefined {
    const folder = from.name.split('.').slice(0, from.isPackage ? undefined : -1);
    return this.modules.get(name) ?? this.modules.get([...folder, name].join('.'));
  }

  // A script finds what is beside it by its bare name.
  #sibling(from: ModuleInfo, statement: ImportFrom): ModuleInfo | undefined {
    return statement.level ? undefined : this.find(from, statement.module ?? '');
  }

  #define(module: ModuleInfo): void {
    walk(module.module.tree, (node) => {
      if (
        node.nodeType === 'FunctionDef' ||
        node.nodeType === 'AsyncFunctionDef' ||
        node.nodeType === 'Lambda'
      ) {
        const owner = node.parent?.nodeType === 'ClassDef' ? (this.classes.get(node.parent) ?? null) : null;
        const info = functionInfo(node, module, owner);
        this.functions.set(node, info);
        if (owner && 'name' in node) owner.methods.set(node.name, info);
      } else if (node.nodeType === 'ClassDef') this.classes.set(node, classInfo(node, module));
      return true;
    });
  }
}

/** A name, and the module that defines it. */
export interface Found {
  readonly module: ModuleInfo;
  readonly binding: Binding;
}

function get<K>(map: Map<K, Type>, key: K): Type {
  let type = map.get(key);
  if (!type) {
    type = new Type();
    map.set(key, type);
  }
  return type;
}

function moduleInfo(module: PythonModule): ModuleInfo {
  const parts = module.file.replace(/\.py$/, '').split('/');
  const isPackage = parts.at(-1) === '__init__';
  if (isPackage) parts.pop();
  return { path: module.file, name: parts.join('.'), isPackage, module, bindings: bindingsOf(module) };
}

/** The absolute name of a module that is imported with `level` dots. */
export function absoluteName(from: ModuleInfo, name: string | undefined, level: number): string {
  if (level === 0) return name ?? '';
  const parts = from.name.split('.').filter((part) => part !== '');
  const base = parts.slice(0, parts.length - level + (from.isPackage ? 1 : 0));
  return [...base, ...(name ? [name] : [])].join('.');
}

function functionInfo(node: FunctionDef | Lambda, module: ModuleInfo, owner: ClassInfo | null): FunctionInfo {
  let isGenerator = false;
  const body: readonly Node[] = node.nodeType === 'Lambda' ? [node.body] : node.body;
  for (const statement of body) {
    walk(statement, (inner) => {
      if (inner.nodeType === 'Yield' || inner.nodeType === 'YieldFrom') isGenerator = true;
      return !isScope(inner);
    });
  }
  return {
    kind: 'function',
    node,
    module,
    owner,
    returns: new Type(),
    yields: new Type(),
    isGenerator,
    isCoroutine: node.nodeType === 'AsyncFunctionDef',
    isAsync: false,
    isNever: false,
    isHandler: false,
    role: undefined,
    urlArgs: undefined,
    wraps: undefined,
  };
}

function isScope(node: Node): boolean {
  return ['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Lambda'].includes(node.nodeType);
}

function classInfo(node: ClassDef, module: ModuleInfo): ClassInfo {
  const isDataclass =
    node.decorator_list.some((decorator) =>
      /^(dataclasses\.)?dataclass\b/.test(module.module.text(decorator)),
    ) || node.bases.some((base) => /^(typing\.)?NamedTuple$/.test(module.module.text(base)));
  return {
    kind: 'class',
    node,
    module,
    attributes: new Map(),
    methods: new Map(),
    bases: [],
    errorBase: undefined,
    isDataclass,
  };
}

/** A base that only says that the class has fields. */
export function isFieldsBase(name: string): boolean {
  return /^(typing|builtins)\.NamedTuple$/.test(name);
}

/** A class whose members are made once and for all. */
export function isEnum(info: ClassInfo): boolean {
  return /^enum\.(Enum|IntEnum|StrEnum)$/.test(info.errorBase ?? '') || info.bases.some(isEnum);
}

/** A statement of a dataclass that declares a field. */
export function isField(info: ClassInfo, statement: Statement): statement is AnnAssign {
  return (
    statement.nodeType === 'AnnAssign' &&
    statement.target.nodeType === 'Name' &&
    !/^(typing\.)?ClassVar\b/.test(info.module.module.text(statement.annotation))
  );
}

/** The fields that a dataclass has by itself, in their order. */
export function fieldsOf(info: ClassInfo): string[] {
  return info.node.body.flatMap((statement) =>
    isField(info, statement) ? (statement.target as Name).id : [],
  );
}

/** All fields of a dataclass, in the order of its constructor: those of its bases come first. */
export function allFieldsOf(info: ClassInfo): string[] {
  const inherited = info.bases.filter((base) => base.isDataclass).flatMap(allFieldsOf);
  return [...new Set([...inherited, ...fieldsOf(info)])];
}

/** Whether another class has its own idea of a method. */
export function isOverridden(program: Program, info: FunctionInfo): boolean {
  const { node, owner } = info;
  if (!owner || node.nodeType === 'Lambda') return false;
  return [...program.classes.values()].some(
    (other) => other !== owner && other.methods.has(node.name) && lineage(other).includes(owner),
  );
}

/** A class that only says what dictionaries hold, and of which nothing is made. */
export function isShape(info: ClassInfo): boolean {
  return info.node.bases.some((base) =>
    /^(typing\.|typing_extensions\.)?TypedDict$/.test(info.module.module.text(base)),
  );
}

/** The binding of a parameter. */
export function parameterBinding(info: FunctionInfo, name: string): Binding {
  return info.module.bindings.scopeWithin(info.node).names.get(name) as Binding;
}

/** The parameters that take positional arguments, `self` left out. */
export function positional(info: FunctionInfo): string[] {
  const { posonlyargs, args } = info.node.args;
  const names = [...posonlyargs, ...args].map(({ arg }) => arg);
  return isBound(info) ? names.slice(1) : names;
}

/** The first parameter of all: `self` of a method, the function that a decorator wraps. */
export function firstParameter({ args }: FunctionDef | Lambda): string | undefined {
  return (args.posonlyargs[0] ?? args.args[0])?.arg;
}

/** Every parameter, `self` left out. */
export function allParameters(info: FunctionInfo): string[] {
  const names = parametersOf(info.node.args).map(({ arg }) => arg);
  return isBound(info) ? names.slice(1) : names;
}

/** The default of a parameter that takes positional arguments. */
export function defaultOf(info: FunctionInfo, name: string): Expression | undefined {
  const { posonlyargs, args, defaults, kwonlyargs, kw_defaults } = info.node.args;
  const names = [...posonlyargs, ...args].map(({ arg }) => arg);
  const at = names.indexOf(name) - (names.length - defaults.length);
  if (at >= 0) return defaults[at];
  const keywordAt = kwonlyargs.findIndex(({ arg }) => arg === name);
  return kw_defaults[keywordAt] ?? undefined;
}

function isBound(info: FunctionInfo): boolean {
  return info.owner !== null && !isStatic(info);
}

export function isStatic(info: FunctionInfo): boolean {
  return (
    'decorator_list' in info.node &&
    info.node.decorator_list.some(
      (decorator) => decorator.nodeType === 'Name' && decorator.id === 'staticmethod',
    )
  );
}

/** Whether a call is of a method by its class, so that its first argument is the object. */
export function isUnbound(program: Program, { func }: Call, info: FunctionInfo): boolean {
  if (func.nodeType !== 'Attribute' || !info.owner || isOfClass(info)) return false;
  const atom = program.typeOf(func.value).single;
  return atom?.kind === 'named' && (atom.owner as ClassInfo | null)?.kind === 'class';
}

/** A method that is called by its class. */
export function isOfClass({ node }: FunctionInfo): boolean {
  return (
    'decorator_list' in node &&
    node.decorator_list.some((each) => each.nodeType === 'Name' && /^(static|class)method$/.test(each.id))
  );
}

/** A method or an attribute of a class or of one that it extends. */
export function methodOf(info: ClassInfo, name: string): FunctionInfo | undefined {
  return info.methods.get(name) ?? info.bases.map((base) => methodOf(base, name)).find((found) => found);
}

/** Whether it is an application, of Microdot's class or of one that extends it. */
export function isApplication(type: Type): boolean {
  return type.atoms.some(
    (atom) =>
      atom.kind === 'instance' && (atom.name === APPLICATION || baseNameOf(atom.owner) === APPLICATION),
  );
}

const APPLICATION = 'microdot.Microdot';

/** The class of a library that a class of the project extends in the end. */
export function baseNameOf(owner: object | null): string | undefined {
  const info = owner as ClassInfo | null;
  return info?.kind === 'class' ? lineage(info).find(({ errorBase }) => errorBase)?.errorBase : undefined;
}

/** The class itself, and all that it extends. */
export function lineage(info: ClassInfo): ClassInfo[] {
  return [info, ...info.bases.flatMap(lineage)];
}
