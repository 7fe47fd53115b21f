import type { Binding } from '../python/scopes.ts';
import type { ClassDef, FunctionDef } from '../python/tree.ts';

/**
 * What a value is known to be:
 * - `app`, and `asyncapp` for one of `microdot_asyncio`;
 * - `request`, `stream` (of a request), `response`, `session`;
 * - `websocket` for one that was synchronous in 1.x, `asyncwebsocket`, and `asgiwebsocket`, which fails otherwise;
 * - `client`, and `asyncclient` for the one that was asynchronous in 1.x; `answer` for what they return;
 * - `asyncio` for what the module of that name makes; `waiter` for what one thread waits at for another: a queue, an event;
 * - `waiter` for what one thread waits at for another: a queue, an event, a thread;
 * - `class:N`, a class of the program; `instance:N`, an object of it; `def:N` for a function of it, `method:N` for one that is bound to its object,
 *   and `given:` before them for each argument that `functools.partial` has given;
 * - `iter:KIND` for what yields such values, `value:KIND` for what has them by index or key, `@N:KIND` for a tuple that has it
 *   at that place.
 */
export type Kind = string;

export const NO_KINDS: ReadonlySet<Kind> = new Set();

/** A fourth container around three. */
const TOO_DEEP = /^(?:(?:iter|value|@\d+):){4}/;

/** `f = partial(f, x)` would go on for ever. */
const MOST_GIVEN = 8;

/** What is known of names, attributes and functions. It only grows. */
export class KindStore {
  #bindings = new Map<Binding, Set<Kind>>();
  #attributes = new Map<string, Set<Kind>>();
  #returns = new Map<FunctionDef, Set<Kind>>();
  #outside = new Map<string, Set<Kind>>();
  #classes = new Map<ClassDef, number>();
  #classList: ClassDef[] = [];
  #functions: FunctionDef[] = [];
  /** How often something was learnt. */
  version = 0;

  ofBinding(binding: Binding): ReadonlySet<Kind> {
    return this.#bindings.get(binding) ?? NO_KINDS;
  }

  addToBinding(binding: Binding, kinds: Iterable<Kind>): void {
    this.#add(this.#bindings, binding, kinds);
  }

  ofAttribute(owner: ClassDef, name: string): ReadonlySet<Kind> {
    return this.#attributes.get(`${this.idOf(owner)}.${name}`) ?? NO_KINDS;
  }

  addToAttribute(owner: ClassDef, name: string, kinds: Iterable<Kind>): void {
    this.#add(this.#attributes, `${this.idOf(owner)}.${name}`, kinds);
  }

  ofReturn(owner: FunctionDef): ReadonlySet<Kind> {
    return this.#returns.get(owner) ?? NO_KINDS;
  }

  addToReturn(owner: FunctionDef, kinds: Iterable<Kind>): void {
    this.#add(this.#returns, owner, kinds);
  }

  /** Of what is imported from elsewhere, by its dotted name. */
  ofOutside(name: string): ReadonlySet<Kind> {
    return this.#outside.get(name) ?? NO_KINDS;
  }

  addToOutside(name: string, kinds: Iterable<Kind>): void {
    this.#add(this.#outside, name, kinds);
  }

  idOf(owner: ClassDef): number {
    let id = this.#classes.get(owner);
    if (id === undefined) {
      id = this.#classList.push(owner) - 1;
      this.#classes.set(owner, id);
    }
    return id;
  }

  /** The class of an `instance:N`; `null` for other kinds. */
  classOf(kind: Kind): ClassDef | null {
    return kind.startsWith('instance:') ? (this.#classList[Number(kind.slice(9))] ?? null) : null;
  }

  /** The class that a `class:N` is itself; `null` for other kinds. */
  classItself(kind: Kind): ClassDef | null {
    return kind.startsWith('class:') ? (this.#classList[Number(kind.slice(6))] ?? null) : null;
  }

  /** A kind for a function: `def:N`, or `method:N`. It is asked for once. */
  kindOfFunction(node: FunctionDef, isMethod: boolean): Kind {
    return `${isMethod ? 'method' : 'def'}:${this.#functions.push(node) - 1}`;
  }

  /** The kind of a function that some more arguments are given to already; `null` for other kinds. */
  withArguments(kind: Kind, more: number): Kind | null {
    const found = this.functionOf(kind);
    return found === null || found.bound + more > MOST_GIVEN ? null : `${'given:'.repeat(more)}${kind}`;
  }

  /** The function of a `def:N` or a `method:N`, and what is given to it already; `null` for other kinds. */
  functionOf(kind: Kind): { node: FunctionDef; bound: number } | null {
    const [, given = '', type, index] = /^((?:given:)*)(def|method):(\d+)$/.exec(kind) ?? [];
    const node = this.#functions[Number(index)];
    return node === undefined ? null : { node, bound: given.length / 6 + (type === 'method' ? 1 : 0) };
  }

  #add<Key>(map: Map<Key, Set<Kind>>, key: Key, kinds: Iterable<Kind>): void {
    for (const kind of kinds) {
      // What contains itself would grow for ever.
      if (TOO_DEEP.test(kind)) continue;
      let set = map.get(key);
      if (set === undefined) {
        set = new Set();
        map.set(key, set);
      }
      if (!set.has(kind)) {
        set.add(kind);
        this.version++;
      }
    }
  }
}

/** What a WebSocket of a module of Microdot is. */
export function websocketKind(module: string): Kind {
  if (module.includes('asgi')) return 'asgiwebsocket';
  return module === 'microdot_websocket' || module === 'microdot_websocket_alt'
    ? 'websocket'
    : 'asyncwebsocket';
}
