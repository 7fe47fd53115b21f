import { isPlainObject, isThenable } from './values.ts';

/** How deep promises are looked for, as where they are waited for. */
const DEPTH = 5;

/** How many values are looked at: a millisecond at most, however much a page is given. */
const VALUES = 10_000;

/** How many items of a list tell what the others are like. */
const SAMPLE = 100;

/**
 * A page that fails, or is left, does not come to wait for every promise that it was given, and one that waits for the first of two
 * may see the second rejected meanwhile. Node ends the process for a promise that is rejected and that nobody has asked for: this asks
 * for all that are found. Getters are not read, nor what is in objects of classes.
 */
export function guardPromises(given: object): void {
  new Guard().visitProperties(given, DEPTH - 1);
}

class Guard {
  #found = 0;
  #left = VALUES;

  visitProperties(object: object, depth: number): void {
    for (const key of Object.keys(object)) {
      if (this.#left < 0) return;
      this.#visit(Object.getOwnPropertyDescriptor(object, key)?.value, depth);
    }
  }

  #visit(value: unknown, depth: number): void {
    if (--this.#left < 0 || typeof value !== 'object' || value === null) return;
    if (isThenable(value)) {
      this.#found++;
      value.then((found) => this.#visit(found, depth), ignored);
    } else if (depth === 0) return;
    else if (Array.isArray(value)) this.#visitList(value, depth - 1);
    else if (value instanceof Map) this.#visitList([...value.values()], depth - 1);
    else if (isPlainObject(value)) this.visitProperties(value, depth - 1);
  }

  #visitList(list: readonly unknown[], depth: number): void {
    const before = this.#found;
    for (let i = 0; i < list.length && this.#left > 0; i++) {
      if (i === SAMPLE && this.#found === before) return;
      this.#visit(list[i], depth);
    }
  }
}

/** Lets a promise be rejected without ending the process. */
export function ignore(value: unknown): void {
  if (isThenable(value)) value.then(undefined, ignored);
}

function ignored(): void {}
