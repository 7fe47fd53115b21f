import { IndexError, KeyError } from './errors.ts';
import type { Untyped } from './untyped.ts';

/** True of everything but `None`, `False`, zero and what is empty. */
export function truthy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if ('isTrue' in value && typeof value.isTrue === 'function') return value.isTrue();
  return isSized(value) ? len(value) > 0 : true;
}

/** Python's `or`, where an empty list or dictionary counts as false. */
export function or<T, U>(value: T, other: () => U): NonNullable<T> | U {
  return truthy(value) ? (value as NonNullable<T>) : other();
}

/** Python's `and`, where an empty list or dictionary counts as false. */
export function and<T, U>(value: T, other: () => U): T | U {
  return truthy(value) ? other() : value;
}

/** Python's `len()`. */
export function len(value: unknown): number {
  if (typeof value === 'string') return hasPairs(value) ? [...value].length : value.length;
  const { length, size } = value as { length?: unknown; size?: unknown };
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return length as number;
  if (typeof length === 'number' && !isPlain(value)) return length;
  if (typeof size === 'number' && !isPlain(value)) return size;
  return Object.keys(value as object).length;
}

/** Python's `==`: by value, through lists and dictionaries. */
export function equal(left: Untyped, right: Untyped): boolean {
  if (left === right || (left == null && right == null)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (typeof left.equals === 'function') return left.equals(right);
  if (Array.isArray(left) || ArrayBuffer.isView(left)) {
    const [a, b] = [Array.from(left as Untyped), Array.from(right as Untyped)];
    return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  }
  if (left instanceof Set)
    return right instanceof Set && left.size === right.size && [...left].every((item) => right.has(item));
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime();
  if (!isPlain(left) && !(left instanceof Map)) return false;
  const [a, b] = [new Map(entries(left)), new Map(entries(right))];
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && equal(value, b.get(key)));
}

/** Python's `item in container`. */
export function contains(container: Untyped, item: Untyped): boolean {
  if (typeof container === 'string') return container.includes(item);
  if (Array.isArray(container)) return container.some((other) => equal(other, item));
  if (ArrayBuffer.isView(container)) return Buffer.from(container as Uint8Array).includes(item);
  if (typeof container.has === 'function') return container.has(item);
  if (typeof container.contains === 'function') return container.contains(item);
  if (Symbol.iterator in container) return [...container].some((other) => equal(other, item));
  return Object.hasOwn(container, item);
}

/** Python's `container[key]`: counts from the end below zero, and throws where there is nothing. */
export function getItem<T>(list: readonly T[], index: number): T;
export function getItem(text: string, index: number): string;
export function getItem(bytes: Uint8Array, index: number): number;
export function getItem<K, V>(map: ReadonlyMap<K, V>, key: K): V;
export function getItem<T extends object, K extends keyof T & string>(
  record: T,
  key: K,
): Exclude<T[K], undefined>;
export function getItem<V>(record: Readonly<Record<string, V>>, key: string): V;
export function getItem(container: Untyped, key: Untyped): Untyped;
export function getItem(container: Untyped, key: Untyped): Untyped {
  if (typeof container === 'string' || Array.isArray(container) || ArrayBuffer.isView(container)) {
    const value = (container as Untyped[])[at(container as Untyped[], key)];
    if (value === undefined) throw new IndexError('index out of range');
    return value;
  }
  if (typeof container?.getItem === 'function') return container.getItem(key);
  if (typeof container?.get === 'function' && !isPlain(container)) {
    if (container.has(key)) return container.get(key);
  } else if (Object.hasOwn(container, key)) return container[key];
  throw new KeyError(key);
}

/** Python's `container[key] = value`. */
export function setItem(container: Untyped, key: Untyped, value: Untyped): void {
  if (Array.isArray(container) || ArrayBuffer.isView(container)) {
    const list = container as Untyped[];
    const index = at(list, key);
    if (index < 0 || index >= list.length) throw new IndexError('assignment index out of range');
    list[index] = value;
  } else if (typeof container.setItem === 'function') container.setItem(key, value);
  else if (typeof container.set === 'function' && !isPlain(container)) container.set(key, value);
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Python's `del container[key]`. */
export function delItem(container: Untyped, key: Untyped): void {
  if (Array.isArray(container)) {
    const index = at(container, key);
    if (index < 0 || index >= container.length) throw new IndexError('assignment index out of range');
    container.splice(index, 1);
  } else if (typeof container.deleteItem === 'function') {
    container.deleteItem(key);
  } else if (typeof container.delete === 'function' && !isPlain(container)) {
    if (!container.has(key)) throw new KeyError(key);
    container.delete(key);
  } else {
    if (!Object.hasOwn(container, key)) throw new KeyError(key);
    delete container[key];
  }
}

/** Python's `dictionary.get(key, default)`: `null` where there is neither. */
export function get<K, V, D = null>(map: ReadonlyMap<K, V>, key: K, fallback?: D): V | D;
export function get<T extends object, K extends keyof T & string, D = null>(
  record: T,
  key: K,
  fallback?: D,
): Exclude<T[K], undefined> | D;
export function get<V, D = null>(record: Readonly<Record<string, V>>, key: string, fallback?: D): V | D;
export function get(container: Untyped, key: Untyped, fallback?: Untyped): Untyped;
export function get(container: Untyped, key: Untyped, fallback: Untyped = null): Untyped {
  if (typeof container.get === 'function' && !isPlain(container)) {
    return container.has && !container.has(key) ? fallback : (container.get(key) ?? fallback);
  }
  return Object.hasOwn(container, key) ? container[key] : fallback;
}

/** Python's `pop()` of a list (the last item, or that at an index) or a dictionary (a key, and a default). */
export function pop<T>(list: T[], index?: number): T;
export function pop<K, V, D = never>(map: Map<K, V>, key: K, ...fallback: [] | [D]): V | D;
export function pop<V, D = never>(record: Record<string, V>, key: string, ...fallback: [] | [D]): V | D;
export function pop(container: Untyped, key?: Untyped, ...fallback: Untyped[]): Untyped;
export function pop(container: Untyped, key: Untyped = -1, ...fallback: Untyped[]): Untyped {
  if (Array.isArray(container)) {
    const index = at(container, key);
    if (index < 0 || index >= container.length) throw new IndexError('pop index out of range');
    return container.splice(index, 1)[0];
  }
  if (!contains(container, key)) {
    if (fallback.length > 0) return fallback[0];
    throw new KeyError(key);
  }
  const value = getItem(container, key);
  delItem(container, key);
  return value;
}

/** Python's `dictionary.setdefault(key, value)`. */
export function setDefault<K, V>(map: Map<K, V>, key: K, value: V): V;
export function setDefault<T extends object, K extends keyof T & string>(
  record: T,
  key: K,
  value: NonNullable<T[K]>,
): NonNullable<T[K]>;
export function setDefault<V>(record: Record<string, V>, key: string, value: V): V;
export function setDefault(container: Untyped, key: Untyped, value: Untyped): Untyped;
export function setDefault(container: Untyped, key: Untyped, value: Untyped): Untyped {
  if (!contains(container, key)) setItem(container, key, value);
  return getItem(container, key);
}

/** Python's `dictionary.update(other)`. */
export function update(container: Untyped, other: Untyped): void {
  for (const [key, value] of entries(other)) {
    if (container instanceof Set) container.add(key);
    else setItem(container, key, value);
  }
}

/** Empties a list, a dictionary or a set. */
export function clear(container: Untyped): void {
  if (Array.isArray(container)) container.length = 0;
  else if (typeof container.clear === 'function') container.clear();
  else for (const key of Object.keys(container)) delete container[key];
}

/** The keys and values of whatever has some. */
export function entries(container: Untyped): [Untyped, Untyped][] {
  if (isPlain(container)) return Object.entries(container);
  return typeof container.entries === 'function'
    ? [...container.entries()]
    : [...container].map((pair) => [pair[0], pair[1]]);
}

/** What Python's `for` goes through: the keys of a dictionary, the characters of a text. */
export function iterate<K>(map: ReadonlyMap<K, unknown>): K[];
export function iterate<T>(items: Iterable<T>): T[];
export function iterate(container: Untyped): Untyped[];
export function iterate(container: Untyped): Untyped[] {
  if (container instanceof Map) return [...container.keys()];
  return Symbol.iterator in Object(container) ? [...container] : Object.keys(container);
}

/** Removes the first item that equals `item`. */
export function remove<T>(list: T[] | Set<T>, item: T): void {
  if (list instanceof Set) {
    if (!list.delete(item)) throw new KeyError(item);
    return;
  }
  const index = list.findIndex((other) => equal(other, item));
  if (index < 0) throw new IndexError('list.remove(x): x not in list');
  list.splice(index, 1);
}

/** Where a Python index leads, counted from the start. */
export function at(items: { readonly length: number }, index: number): number {
  return index < 0 ? items.length + index : index;
}

/** Python's `items[start:stop:step]`. */
export function slice(items: string, start: number | null, stop: number | null, step?: number): string;
export function slice<T>(items: readonly T[], start: number | null, stop: number | null, step?: number): T[];
export function slice(
  items: Uint8Array,
  start: number | null,
  stop: number | null,
  step?: number,
): Uint8Array;
export function slice(items: Untyped, start: number | null, stop: number | null, step = 1): Untyped {
  if (step === 1) return items.slice(start ?? 0, stop ?? undefined);
  const all = Array.from(items as Untyped[]);
  const clamp = (index: number | null, fallback: number, least: number, most: number) =>
    index === null ? fallback : Math.min(Math.max(index < 0 ? index + all.length : index, least), most);
  const [first, end] =
    step > 0
      ? [clamp(start, 0, 0, all.length), clamp(stop, all.length, 0, all.length)]
      : [clamp(start, all.length - 1, -1, all.length - 1), clamp(stop, -1, -1, all.length - 1)];
  const picked: Untyped[] = [];
  for (let i = first; step > 0 ? i < end : i > end; i += step) picked.push(all[i]);
  if (typeof items === 'string') return picked.join('');
  return Array.isArray(items) ? picked : Uint8Array.from(picked);
}

/** Python's `list[start:stop] = items`, and with none of those `del list[start:stop]`. */
export function setSlice<T>(
  list: T[],
  start: number | null,
  stop: number | null,
  items: Iterable<T> = [],
): void {
  const clamp = (index: number) => Math.min(Math.max(at(list, index), 0), list.length);
  const first = clamp(start ?? 0);
  list.splice(first, Math.max(clamp(stop ?? list.length) - first, 0), ...items);
}

function isSized(value: object): boolean {
  return (
    Array.isArray(value) ||
    ArrayBuffer.isView(value) ||
    value instanceof Map ||
    value instanceof Set ||
    isPlain(value) ||
    'size' in value ||
    'length' in value
  );
}

/** True of objects that stand for a dictionary: literals, JSON, and what has no prototype. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udbff]/.test(text);
}

/** How often each item is there: Python's `Counter(items)`. */
export function countItems<T extends string>(items: Iterable<T>): Record<T, number>;
export function countItems(items: Iterable<Untyped>): Untyped;
export function countItems(items: Iterable<Untyped>): Untyped {
  const list = [...items];
  const isText = list.every((item) => typeof item === 'string');
  const counts: Untyped = isText ? {} : new Map();
  for (const item of list) setItem(counts, item, get(counts, item, 0) + 1);
  return counts;
}

/** Python's `counter.most_common(n)`. */
export function mostCommon<T>(counts: Readonly<Record<string, T>>, n?: number): [string, T][];
export function mostCommon<K, T>(counts: ReadonlyMap<K, T>, n?: number): [K, T][];
export function mostCommon(counts: Untyped, n?: number): [Untyped, Untyped][] {
  return entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, n);
}

/** Python's `<=` of sets. */
export function isSubset(small: ReadonlySet<Untyped>, large: ReadonlySet<Untyped>): boolean {
  return [...small].every((item) => large.has(item));
}

/** Python's `^` of sets. */
export function symmetricDifference<T>(left: ReadonlySet<T>, right: ReadonlySet<T>): Set<T> {
  return new Set([
    ...[...left].filter((item) => !right.has(item)),
    ...[...right].filter((item) => !left.has(item)),
  ]);
}
