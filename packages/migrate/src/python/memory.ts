/**
 * Remembers what is found out about it. A `WeakMap` from it to that would do the same, but holds what it has until the next
 * big collection: the trees of thousands of files are moved about until then.
 */
export class Memory {
  readonly #known = new Map<unknown, unknown>();

  /** What a function finds out about this; it is called once. */
  once<T extends object>(find: (about: this) => T): T {
    let found = this.#known.get(find) as T | undefined;
    if (found === undefined) {
      found = find(this);
      this.#known.set(find, found);
    }
    return found;
  }
}
