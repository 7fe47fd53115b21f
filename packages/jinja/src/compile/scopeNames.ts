/** Where a name has its value from when its scope begins. */
export type Origin =
  /** From who enters the scope: an argument, an item, what `with` sets. */
  | 'given'
  /** From the context: it is read before it is stored, and the scopes around do not know it. */
  | 'context'
  /** From the scope around, which knows it too. What is stored here stays here. */
  | 'around'
  /** From nowhere: it is stored before it is read. Until then it has no value, also where the context has one. */
  | 'none';

/**
 * The names of one scope, by what happens to each first in the order of the template: the rules of Jinja, which looks at a scope as
 * a whole before it compiles it, and at the scopes within it later.
 */
export class ScopeNames {
  readonly #origins = new Map<string, Origin>();
  readonly #given = new Set<string>();
  readonly #assigned = new Set<string>();
  readonly #isKnownAround: (name: string) => boolean;

  constructor(isKnownAround: (name: string) => boolean) {
    this.#isKnownAround = isKnownAround;
  }

  get origins(): ReadonlyMap<string, Origin> {
    return this.#origins;
  }

  /** Whether the scope gives the name a value of its own. */
  isStored(name: string): boolean {
    return this.#given.has(name) || this.#assigned.has(name);
  }

  /** Whether a tag in the scope stores it, beside who enters. */
  isAssigned(name: string): boolean {
    return this.#assigned.has(name);
  }

  give(name: string): void {
    this.#given.add(name);
    this.#origins.set(name, 'given');
  }

  read(name: string): void {
    if (!this.#origins.has(name) && !this.#isKnownAround(name)) this.#origins.set(name, 'context');
  }

  store(name: string): void {
    this.#assigned.add(name);
    if (!this.#origins.has(name)) this.#origins.set(name, this.#isKnownAround(name) ? 'around' : 'none');
  }

  /** The same names, for one of the bodies of a condition. */
  branch(): ScopeNames {
    const branch = new ScopeNames(this.#isKnownAround);
    for (const name of this.#given) branch.#given.add(name);
    branch.#take(this);
    return branch;
  }

  /** Goes on after bodies only one of which is run. What not all of them store may have kept its value, or that of the context. */
  join(branches: readonly ScopeNames[]): void {
    const isPartial = (name: string): boolean =>
      !this.isStored(name) && !branches.every((branch) => branch.isStored(name));
    const partial = new Set(branches.flatMap((branch) => [...branch.#assigned].filter(isPartial)));
    for (const branch of branches) this.#take(branch);
    for (const name of partial) this.#origins.set(name, this.#isKnownAround(name) ? 'around' : 'context');
  }

  #take(other: ScopeNames): void {
    for (const [name, origin] of other.#origins) this.#origins.set(name, origin);
    for (const name of other.#assigned) this.#assigned.add(name);
  }
}
