import type { Note } from '../../edit/edit.ts';
import type { Binding } from '../../python/scopes.ts';
import type { Expression, Node } from '../../python/tree.ts';
import { type Js, js, LEVEL, nonNull, primary, wrap } from '../js.ts';
import type { Members } from '../members.ts';
import type { ClassInfo, FunctionInfo, ModuleInfo, Program } from '../program.ts';
import { printType, type TypeNames } from '../types/print.ts';
import type { Atom, Type } from '../types/type.ts';
import { modulePath, type NameTable } from './names.ts';
import type { NameTables } from './nameTables.ts';

/** What has no translation: the statement around it becomes a `throw`, with the Python beside it. */
export class NotPorted extends Error {}

/** What the modules of a project share while they are written. */
export interface Output {
  readonly program: Program;
  /** Text of the project's other files, such as templates. */
  readonly files: ReadonlyMap<string, string>;
  readonly names: NameTables;
  readonly members: Members;
  /** The helpers that are used. */
  readonly helpers: Set<string>;
  /** The packages that are used. */
  readonly packages: Set<string>;
  /** Modules that exist nowhere, and the names that are wanted of them. */
  readonly stubs: Map<string, Set<string>>;
  readonly notes: Map<string, Note[]>;
  /** The module that says what `request.g` holds, and its main application. */
  readonly globalsOwner: ModuleInfo | undefined;
  /** The module that says what the sessions hold. */
  readonly sessionOwner: ModuleInfo | undefined;
  readonly mainApp: { readonly module: ModuleInfo; readonly binding: Binding } | undefined;
  /** Names that are imported from other modules of the project. */
  readonly exported: ReadonlySet<Binding>;
  /** How the `Session` is made, where it is needed by a name: in the place of the key, or first of all. */
  readonly sessionObject: 'with key' | 'first' | undefined;
  /** Some dictionary of the program is a `Map`, so that what is not known may be one. */
  readonly hasMaps: boolean;
  /** Modules that others import. */
  readonly imported: ReadonlySet<ModuleInfo>;
  /** What Python's servers start, where the program does not start one by itself. */
  readonly served: ModuleInfo | undefined;
}

/** What writes an expression. The parts of that use one another, and so know it from the emitter alone. */
export type WriteExpression = (e: Emitter, node: Expression, isLoose: boolean) => Js;

/** Writes one module. */
export class Emitter implements TypeNames {
  readonly out: Output;
  readonly module: ModuleInfo;
  readonly names: NameTable;
  /** From a module to the names that are imported from it, each with the name that it has here. */
  readonly imports: Map<string, Map<string, { alias: string; isType: boolean }>> = new Map();
  readonly namespaces: Map<string, string> = new Map();
  /** The function that is being written. */
  fn: FunctionInfo | null = null;
  /** Expressions that are known not to be `null` where we are, by their text. */
  narrowed: Set<string> = new Set();
  /** Behind a `throw`, where TypeScript takes no notice of tests. */
  isUnreachable = false;
  /** Only whether there is a value counts. */
  isTest = false;
  /** What `break` sets in a loop that has an `else`. */
  brokenFlag: string | undefined;
  /** What stands for names that nothing has been given to yet. */
  replaced: ReadonlyMap<string, Js> = new Map();
  /** The name of the error that is being handled. */
  caught = 'error';
  usesGlobals = false;
  usesWrapped = false;
  usesSession = false;

  readonly #write: WriteExpression;

  constructor(out: Output, module: ModuleInfo, write: WriteExpression) {
    this.#write = write;
    this.out = out;
    this.module = module;
    this.names = out.names.of(module);
  }

  get program(): Program {
    return this.out.program;
  }

  type(node: Expression): Type {
    return this.program.typeOf(node);
  }

  /** The text of a node, as it is in Python. */
  source(node: Node): string {
    return this.module.module.text(node);
  }

  /** An expression. Where `isLoose`, `undefined` may stand for `None`. */
  expression(node: Expression, isLoose = false): Js {
    return this.#write(this, node, isLoose);
  }

  /** An expression where nothing but a value will do: what may be `None` is said not to be. */
  present(node: Expression): Js {
    const value = this.expression(node, true);
    return this.isMaybeNull(node) ? nonNull(value) : value;
  }

  isMaybeNull(node: Expression): boolean {
    const type = this.type(node);
    return type.isOptional && !type.isAny && (this.isUnreachable || !this.narrowed.has(this.source(node)));
  }

  /** An operand that must be of one of these plain kinds for TypeScript to take it. */
  operand(node: Expression, ...kinds: Parameters<Type['is']>): Js {
    const type = this.type(node).present;
    // In Python they are 0 and 1.
    if (type.is('bool') && kinds.includes('int')) return primary(['Number(', this.present(node).doc, ')']);
    if (type.isAny || type.is(...kinds)) return this.present(node);
    return js([wrap(this.expression(node), LEVEL.compare), ' as any'], LEVEL.compare);
  }

  /** A helper of `python.ts`. */
  py(name: string): Js {
    this.out.helpers.add(name);
    this.namespaces.set('py', 'python');
    return primary(`py.${name}`);
  }

  /** Something of a package. */
  use(from: string, name: string): Js {
    return primary(this.importName(from, name, false));
  }

  /** @param binding what it is in another module of the project. */
  importName(from: string, name: string, isType: boolean, binding?: Binding): string {
    if (from.startsWith('@')) this.out.packages.add(from);
    let names = this.imports.get(from);
    if (!names) {
      names = new Map();
      this.imports.set(from, names);
    }
    const known = names.get(name);
    if (known && (isType || !known.isType)) return known.alias;
    const alias = known?.alias ?? (this.#isTaken(name, binding) ? this.#alias(name, binding) : name);
    names.set(name, { alias, isType });
    return alias;
  }

  /** Whether the module has something else by this name. */
  #isTaken(name: string, binding: Binding | undefined): boolean {
    const { all, scope } = this.module.bindings;
    const isIt = (own: Binding | undefined) =>
      own !== undefined && this.program.follow(this.module, own).binding === binding;
    return all.some((own) => {
      if (this.names.get(own.name) !== name || own.scope.kind === 'class') return false;
      if (!binding && own.isImported) return this.program.follow(this.module, own).module !== this.module;
      if (!binding) return own.definitions.length > 0;
      // What has the same name in Python hides it there too.
      return !isIt(own) && (own.scope === scope || !isIt(scope.names.get(own.name)));
    });
  }

  /** The name that Python has for it here, or one that nothing has. */
  #alias(name: string, binding: Binding | undefined): string {
    const own =
      binding &&
      [...this.module.bindings.scope.names.values()].find(
        (each) => this.program.follow(this.module, each).binding === binding,
      );
    return own ? this.names.get(own.name) : this.names.fresh(`${name}_`);
  }

  core(name: string): Js {
    return this.use('@microdot/core', name);
  }

  note(node: Node, rule: string, message: string, guide: string, suggestion?: string): void {
    const notes = this.out.notes.get(this.module.path) ?? [];
    this.out.notes.set(this.module.path, notes);
    const place = this.module.module.lines.position(node.start);
    notes.push({ ...place, rule, message, guide, ...(suggestion !== undefined && { suggestion }) });
  }

  refuse(): never {
    throw new NotPorted();
  }

  printType(type: Type): string {
    return printType(type, this);
  }

  /** The type as text to look at, and not to be written: nothing is imported for it. */
  describe(type: Type): string {
    return printType(type, { nameOf: ({ name }) => name });
  }

  /** How a binding of this or of another module is written here. */
  bindingName(found: { module: ModuleInfo; binding: Binding }): Js {
    const { module, binding } = found;
    if (module === this.module) return primary(this.names.get(binding.name));
    return primary(this.importBinding(module, binding, false));
  }

  /** Imports a name of another module of the project. */
  importBinding(module: ModuleInfo, binding: Binding, isType: boolean): string {
    return this.importName(this.pathTo(module), this.out.names.of(module).get(binding.name), isType, binding);
  }

  /** The path of another module of the project, as it is imported here. */
  pathTo(module: ModuleInfo): string {
    return relativePath(modulePath(this.module.path), modulePath(module.path));
  }

  nameOf(atom: Extract<Atom, { kind: 'instance' | 'named' }>): string | undefined {
    if (atom.kind === 'named') return this.#functionType(atom);
    const owner = atom.owner as ClassInfo | null;
    if (owner?.kind === 'class') {
      const binding = owner.module.bindings.scopeOf(owner.node).names.get(owner.node.name);
      if (binding?.scope.kind !== 'module') return undefined;
      if (owner.module === this.module) return this.names.get(owner.node.name);
      return this.importBinding(owner.module, binding, true);
    }
    const known = TYPE_NAMES[atom.name];
    if (!known) return atom.name.startsWith('builtins.') ? 'Error' : undefined;
    const [from, name] = known;
    if (name === 'Request') return `${this.importName(from, name, true)}${this.globalsArgument()}`;
    if (name === 'Microdot') return `${this.importName(from, name, true)}${this.globalsArgument()}`;
    if (name === 'SessionDict') return `${this.importName(from, name, true)}<${this.sessionType()}>`;
    if (from === 'py') {
      this.py(name.replace(/<.*/, ''));
      return `py.${name}`;
    }
    return from === '' ? name : this.importName(from, name, true);
  }

  #functionType(atom: Extract<Atom, { kind: 'named' }>): string | undefined {
    const owner = atom.owner as FunctionInfo | null;
    if (owner?.kind !== 'function') return undefined;
    return undefined;
  }

  /** `<Globals>` behind `Request` and `Microdot`, where the program keeps something in `request.g`. */
  globalsArgument(): string {
    const owner = this.out.globalsOwner;
    if (!owner || this.program.globals.size === 0) return '';
    this.usesGlobals = true;
    if (owner !== this.module) this.importName(this.pathTo(owner), 'Globals', true);
    return '<Globals>';
  }

  sessionType(): string {
    if (this.program.isSessionOpen) return 'any';
    const owner = this.out.sessionOwner;
    if (owner !== this.module)
      return this.program.session.size === 0 || !owner
        ? 'any'
        : this.importName(this.pathTo(owner), 'SessionData', true);
    this.usesSession = true;
    return 'SessionData';
  }
}

/** The types of libraries by the names of the classes in Python: the module that they are imported from, and the name there. */
const TYPE_NAMES: Readonly<Record<string, readonly [from: string, name: string]>> = {
  'microdot.Microdot': ['@microdot/core', 'Microdot'],
  'microdot.Request': ['@microdot/core', 'Request'],
  'microdot.Response': ['@microdot/core', 'Response'],
  'microdot.MultiDict': ['@microdot/core', 'MultiDict'],
  'microdot.HTTPException': ['@microdot/core', 'HTTPException'],
  'microdot.RequestHeaders': ['@microdot/core', 'RequestHeaders'],
  'microdot.ResponseHeaders': ['@microdot/core', 'ResponseHeaders'],
  'microdot.Stream': ['@microdot/core', 'BodyStream'],
  'microdot.WebSocket': ['@microdot/websocket', 'WebSocket'],
  'microdot.WebSocketError': ['@microdot/websocket', 'WebSocketError'],
  'microdot.SessionDict': ['@microdot/session', 'SessionDict'],
  'microdot.Session': ['@microdot/session', 'Session'],
  'microdot.SSE': ['@microdot/sse', 'SSE'],
  'microdot.CORS': ['@microdot/cors', 'CORS'],
  'microdot.CSRF': ['@microdot/csrf', 'CSRF'],
  'microdot.Login': ['@microdot/login', 'Login'],
  'microdot.BasicAuth': ['@microdot/auth', 'BasicAuth'],
  'microdot.TokenAuth': ['@microdot/auth', 'TokenAuth'],
  'asyncio.Event': ['py', 'Event'],
  'asyncio.Lock': ['py', 'Lock'],
  'asyncio.Semaphore': ['py', 'Semaphore'],
  'io.StringIO': ['py', 'StringIO'],
  'csv.writer': ['py', 'CsvWriter'],
  'csv.DictWriter': ['py', 'CsvDictWriter'],
  'argparse.ArgumentParser': ['py', 'ArgumentParser'],
  'pathlib.Path': ['', 'string'],
  'threading.Lock': ['py', 'Lock'],
  'threading.Event': ['py', 'Event'],
  'threading.Thread': ['py', 'Thread'],
  'logging.Logger': ['', 'Console'],
  'urllib.parse.ParseResult': ['py', 'UrlParts'],
  'datetime.date': ['', 'Date'],
  'datetime.time': ['', 'string'],
  'datetime.aware': ['', 'Date'],
  'asyncio.Queue': ['py', 'Queue<any>'],
  'asyncio.Task': ['py', 'Task<any>'],
  'io.TextFile': ['py', 'TextFile'],
  'io.BinaryFile': ['py', 'BinaryFile'],
  'datetime.datetime': ['', 'Date'],
  'datetime.timedelta': ['', 'number'],
  're.Pattern': ['', 'RegExp'],
  're.Match': ['', 'RegExpExecArray'],
  'hashlib.hash': ['node:crypto', 'Hash'],
  'builtins.Exception': ['', 'Error'],
};

export function relativePath(from: string, to: string): string {
  const a = from.split('/').slice(0, -1);
  const b = to.split('/');
  while (a.length > 0 && b.length > 1 && a[0] === b[0]) {
    a.shift();
    b.shift();
  }
  return `${a.length === 0 ? './' : '../'.repeat(a.length)}${b.join('/')}.js`;
}
