/**
 * A float whose value is a whole number, which JavaScript cannot tell from an int: 2.0, not 2. Expressions make them;
 * what is given to a template and has no fraction is an int.
 */
export class PyFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }
}

/** A tuple: it compares, and prints, otherwise than a list. */
export class Tuple {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

/** What `range()` gives. */
export class Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  at(index: number): number | undefined {
    const i = index < 0 ? index + this.length : index;
    return i >= 0 && i < this.length ? this.start + i * this.step : undefined;
  }

  *[Symbol.iterator](): Iterator<number> {
    const { start, stop, step } = this;
    if (step > 0) for (let i = start; i < stop; i += step) yield i;
    else for (let i = start; i > stop; i += step) yield i;
  }
}

/** What `keys()`, `values()` and `items()` of a dict give: a look at it, which prints as Python has it. */
export class DictView {
  readonly name: string;
  readonly items: readonly unknown[];

  constructor(name: string, items: readonly unknown[]) {
    this.name = name;
    this.items = items;
  }

  get length(): number {
    return this.items.length;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

/** What is a dict in an expression: a Map, or an object without a class. */
export type Dict = ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>>;

export function isDict(value: unknown): value is Dict {
  return value instanceof Map || isPlainObject(value);
}

/** An object literal, or what JSON.parse gives, of any realm; or one without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** True of None, which JavaScript has two of. */
export function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** True of a promise, and of all that has a `then`. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The entries of a dict, in its order. */
export function entriesOf(dict: Dict): Iterable<readonly [unknown, unknown]> {
  return dict instanceof Map ? dict : Object.entries(dict);
}

/** The name of a value's type, for messages. */
export function typeName(value: unknown): string {
  if (isNone(value)) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'list';
  if (isDict(value)) return 'dict';
  if (value instanceof Set) return 'set';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof Range) return 'range';
  if (value instanceof DictView) return value.name;
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'object';
}
