import { isMapping, isMarkup, type Mapping, PyFloat, Tuple, tuple, unhashable } from './values.ts';

/**
 * A dictionary as Python has it: in order of insertion, with keys of any type that has a hash, where 1, 1.0 and true are one key, and
 * equal tuples are. Templates make one where an object will not do.
 */
export class Dict extends Map<unknown, unknown> {
  /** The tuples among the keys, by what they hold. */
  readonly #tuples = new Map<string, Tuple>();

  static from(entries: Iterable<readonly [unknown, unknown]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  override get(key: unknown): unknown {
    return super.get(this.#keyFor(key));
  }

  override has(key: unknown): boolean {
    return super.has(this.#keyFor(key));
  }

  override set(key: unknown, value: unknown): this {
    const known = this.#keyFor(key);
    if (known instanceof Tuple) this.#tuples.set(signature(known), known);
    return super.set(known, value);
  }

  override delete(key: unknown): boolean {
    const known = this.#keyFor(key);
    if (known instanceof Tuple) this.#tuples.delete(signature(known));
    return super.delete(known);
  }

  override clear(): void {
    this.#tuples.clear();
    super.clear();
  }

  /** The key that is there already and equal to this one, or else this one. */
  #keyFor(key: unknown): unknown {
    if (key instanceof Tuple) return this.#tuples.get(signature(key)) ?? key;
    const plain = hashKey(key);
    if (typeof plain !== 'number' && typeof key !== 'boolean') return plain;
    // The key keeps the type that it was first given.
    if (super.has(plain)) return plain;
    if ((plain === 0 || plain === 1) && super.has(plain === 1)) return plain === 1;
    return typeof key === 'boolean' ? key : plain;
  }
}

/** What a value is told apart by as a key, or a member of a set. */
export function hashKey(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isMarkup(value)) return value.val;
  if (value instanceof PyFloat) return Number(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Tuple) return signature(value);
  if (Array.isArray(value) || isMapping(value) || value instanceof Set) throw unhashable(value);
  return value;
}

function signature(tuple: Tuple): string {
  const parts = Array.from(tuple, (part) => {
    const key = hashKey(part);
    return `${typeof key}:${String(key).length}:${String(key)}`;
  });
  return `\0tuple(${parts.join(',')})`;
}

/** The entries of a mapping, in order. A key that an object has inherited is none. */
export function entriesOf(mapping: Mapping): [unknown, unknown][] {
  return mapping instanceof Map ? [...mapping.entries()] : Object.entries(mapping);
}

export function keysOf(mapping: Mapping): unknown[] {
  return mapping instanceof Map ? [...mapping.keys()] : Object.keys(mapping);
}

export function sizeOf(mapping: Mapping): number {
  return mapping instanceof Map ? mapping.size : Object.keys(mapping).length;
}

export function hasKey(mapping: Mapping, key: unknown): boolean {
  if (mapping instanceof Map) return mapping.has(isMarkup(key) ? key.val : key);
  const plain = hashKey(key);
  return typeof plain === 'string' && Object.hasOwn(mapping, plain);
}

/** `undefined` where there is no such key. */
export function getKey(mapping: Mapping, key: unknown): unknown {
  if (mapping instanceof Map) return mapping.get(isMarkup(key) ? key.val : key);
  const plain = hashKey(key);
  return typeof plain === 'string' && Object.hasOwn(mapping, plain) ? mapping[plain] : undefined;
}

/** Defines rather than assigns: `__proto__` is a key like any other. */
export function setKey(mapping: Mapping, key: unknown, value: unknown): void {
  if (mapping instanceof Map) {
    mapping.set(isMarkup(key) ? key.val : key, value);
    return;
  }
  const name = String(hashKey(key));
  Object.defineProperty(mapping, name, { value, writable: true, enumerable: true, configurable: true });
}

export function deleteKey(mapping: Mapping, key: unknown): void {
  if (mapping instanceof Map) mapping.delete(isMarkup(key) ? key.val : key);
  else delete mapping[String(hashKey(key))];
}

/** What `keys()`, `values()` and `items()` of a dictionary give: a live view, that prints as Python's. */
export class DictView {
  readonly #mapping: Mapping;
  readonly kind: 'keys' | 'values' | 'items';

  constructor(mapping: Mapping, kind: 'keys' | 'values' | 'items') {
    this.#mapping = mapping;
    this.kind = kind;
  }

  toArray(): unknown[] {
    if (this.kind === 'keys') return keysOf(this.#mapping);
    const entries = entriesOf(this.#mapping);
    return this.kind === 'values' ? entries.map(([, value]) => value) : entries.map((entry) => tuple(entry));
  }

  /** The same view of what the dictionary becomes. */
  async resolve(change: (mapping: unknown) => Promise<unknown>): Promise<DictView> {
    return new DictView((await change(this.#mapping)) as Mapping, this.kind);
  }

  get size(): number {
    return sizeOf(this.#mapping);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.toArray()[Symbol.iterator]();
  }
}
