import { isPlainObject, isThenable } from './values.ts';

/** How deep promises are looked for, as where they are waited for. */
const DEPTH = 5;

/** How many values are looked at. That takes a millisecond at most, however many rows a page has. */
const VALUES = 10_000;

/**
 * A page that fails, or is left, does not come to wait for every promise that it was given, and one that waits for the first of two
 * may see the second rejected meanwhile. Node ends the process for a promise that is rejected and that nobody has asked for: this asks
 * for all that are found. Getters are not read, nor what is in objects of classes.
 */
export function guardPromises(given: object): void {
  let left = VALUES;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || --left < 0) return;
    if (isThenable(value)) {
      value.then((found) => visit(found, depth), ignored);
    } else if (depth === 0) return;
    else if (Array.isArray(value)) {
      for (let i = 0; i < value.length && left > 0; i++) visit(value[i], depth - 1);
    } else if (value instanceof Map) {
      for (const part of value.values()) visit(part, depth - 1);
    } else if (isPlainObject(value) || value === given) visitProperties(value, depth - 1);
  };
  const visitProperties = (object: object, depth: number): void => {
    for (const key of Object.keys(object)) {
      if (left < 0) return;
      visit(Object.getOwnPropertyDescriptor(object, key)?.value, depth);
    }
  };
  visit(given, DEPTH);
}

/** Lets a promise be rejected without ending the process. */
export function ignore(value: unknown): void {
  if (isThenable(value)) value.then(undefined, ignored);
}

function ignored(): void {}
