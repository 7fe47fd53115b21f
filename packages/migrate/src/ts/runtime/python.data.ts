// Written by scripts/write-runtime.mjs.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text of the helpers
export const IMPORTS: readonly {
  readonly from: string;
  readonly names: readonly { readonly name: string; readonly isType: boolean }[];
}[] = [
  {
    from: '@microdot/core',
    names: [
      { name: 'HandlerResult', isType: true },
      { name: 'Response', isType: false },
    ],
  },
  {
    from: 'node:fs',
    names: [
      { name: 'closeSync', isType: false },
      { name: 'openSync', isType: false },
      { name: 'readFileSync', isType: false },
      { name: 'readSync', isType: false },
      { name: 'writeSync', isType: false },
    ],
  },
  { from: 'node:crypto', names: [{ name: 'timingSafeEqual', isType: false }] },
];

export const CHUNKS: Readonly<Record<string, { readonly text: string; readonly needs: readonly string[] }>> =
  {
    Untyped: {
      text: '/** A value of which Python says nothing. Give it a type where you know one. */\nexport type Untyped = any;',
      needs: [],
    },
    LookupError: {
      text: "/** Python's `LookupError`, which is every `KeyError` and `IndexError`. */\nexport class LookupError extends Error {}",
      needs: [],
    },
    KeyError: {
      text: "/** Python's `KeyError`: the key is `args[0]`, and in quotes in the message. */\nexport class KeyError extends LookupError {\n  readonly args: readonly unknown[];\n\n  constructor(...args: unknown[]) {\n    super(args.length === 1 && typeof args[0] === 'string' ? `'${args[0]}'` : args.map(String).join(', '));\n    this.args = args;\n  }\n}",
      needs: ['LookupError'],
    },
    IndexError: {
      text: "/** Python's `IndexError`. */\nexport class IndexError extends LookupError {}",
      needs: ['LookupError'],
    },
    ValueError: {
      text: "/** Python's `ValueError`; what `JSON.parse` throws is one too. */\nexport class ValueError extends Error {\n  static override [Symbol.hasInstance](error: unknown): boolean {\n    return (\n      (Object.hasOwn(this, Symbol.hasInstance) && error instanceof SyntaxError) ||\n      Object.prototype.isPrototypeOf.call(this.prototype, Object(error))\n    );\n  }\n}",
      needs: [],
    },
    ZeroDivisionError: {
      text: "/** Python's `ZeroDivisionError`. */\nexport class ZeroDivisionError extends Error {}",
      needs: [],
    },
    RuntimeError: {
      text: "/** Python's `RuntimeError`. */\nexport class RuntimeError extends Error {}",
      needs: [],
    },
    NotImplementedError: {
      text: "/** Python's `NotImplementedError`. */\nexport class NotImplementedError extends RuntimeError {}",
      needs: ['RuntimeError'],
    },
    AssertionError: {
      text: "/** Python's `AssertionError`. */\nexport class AssertionError extends Error {}",
      needs: [],
    },
    StopIteration: {
      text: "/** Python's `StopIteration`. */\nexport class StopIteration extends Error {}",
      needs: [],
    },
    OSError: {
      text: "/** Python's `OSError`: what Node throws for files and sockets, and what a WebSocket throws that has ended. */\nexport class OSError extends Error {\n  readonly args: readonly unknown[];\n\n  constructor(...args: unknown[]) {\n    super(args.length > 1 ? `[Errno ${args[0]}] ${args[1]}` : args.map(String).join(''));\n    this.args = args;\n    if (args.length > 1) Object.assign(this, { errno: args[0], strerror: args[1] });\n  }\n\n  static override [Symbol.hasInstance](error: unknown): boolean {\n    if (!(error instanceof Error)) return false;\n    const isOwn =\n      Object.hasOwn(this, Symbol.hasInstance) && ('syscall' in error || error.name === 'WebSocketError');\n    return isOwn || Object.prototype.isPrototypeOf.call(this.prototype, error);\n  }\n}",
      needs: [],
    },
    FileNotFoundError: {
      text: "/** Python's `FileNotFoundError`. */\nexport class FileNotFoundError extends OSError {\n  static override [Symbol.hasInstance](error: unknown): boolean {\n    return hasCode(this, error, 'ENOENT');\n  }\n}",
      needs: ['OSError', 'hasCode'],
    },
    FileExistsError: {
      text: "/** Python's `FileExistsError`. */\nexport class FileExistsError extends OSError {\n  static override [Symbol.hasInstance](error: unknown): boolean {\n    return hasCode(this, error, 'EEXIST');\n  }\n}",
      needs: ['OSError', 'hasCode'],
    },
    PermissionError: {
      text: "/** Python's `PermissionError`. */\nexport class PermissionError extends OSError {\n  static override [Symbol.hasInstance](error: unknown): boolean {\n    return hasCode(this, error, 'EACCES', 'EPERM');\n  }\n}",
      needs: ['OSError', 'hasCode'],
    },
    hasCode: {
      text: "/** An error of Node's with one of these codes, or one of the class itself: those that extend it have no codes. */\nfunction hasCode(own: typeof OSError, error: unknown, ...codes: string[]): boolean {\n  const code = (error as { code?: string } | null)?.code ?? '';\n  return (\n    (Object.hasOwn(own, Symbol.hasInstance) && codes.includes(code)) ||\n    Object.prototype.isPrototypeOf.call(own.prototype, Object(error))\n  );\n}",
      needs: ['OSError'],
    },
    messageOf: {
      text: "/** The text of an error, as Python's `str()` has it. */\nexport function messageOf(error: unknown): string {\n  // A class that has its own idea of it is asked.\n  const isOwn = error instanceof Error && error.toString !== Error.prototype.toString;\n  return error instanceof Error && !isOwn ? error.message : String(error);\n}",
      needs: [],
    },
    argsOf: {
      text: "/** What Python keeps as the `args` of an exception. */\nexport function argsOf(error: unknown): Untyped[] {\n  const args = (error as { args?: Untyped[] }).args;\n  if (args) return args;\n  return (error as Error).message === '' ? [] : [(error as Error).message];\n}",
      needs: ['Untyped'],
    },
    truthy: {
      text: "/** True of everything but `None`, `False`, zero and what is empty. */\nexport function truthy(value: unknown): boolean {\n  if (typeof value !== 'object' || value === null) return Boolean(value);\n  if ('isTrue' in value && typeof value.isTrue === 'function') return value.isTrue();\n  return isSized(value) ? len(value) > 0 : true;\n}",
      needs: ['len', 'isSized'],
    },
    or: {
      text: "/** Python's `or`, where an empty list or dictionary counts as false. */\nexport function or<T, U>(value: T, other: () => U): NonNullable<T> | U {\n  return truthy(value) ? (value as NonNullable<T>) : other();\n}",
      needs: ['truthy'],
    },
    and: {
      text: "/** Python's `and`, where an empty list or dictionary counts as false. */\nexport function and<T, U>(value: T, other: () => U): T | U {\n  return truthy(value) ? other() : value;\n}",
      needs: ['truthy'],
    },
    len: {
      text: "/** Python's `len()`. */\nexport function len(value: unknown): number {\n  if (typeof value === 'string') return hasPairs(value) ? [...value].length : value.length;\n  const { length, size } = value as { length?: unknown; size?: unknown };\n  if (Array.isArray(value) || ArrayBuffer.isView(value)) return length as number;\n  if (typeof length === 'number' && !isPlain(value)) return length;\n  if (typeof size === 'number' && !isPlain(value)) return size;\n  return Object.keys(value as object).length;\n}",
      needs: ['isPlain', 'hasPairs'],
    },
    equal: {
      text: "/** Python's `==`: by value, through lists and dictionaries. */\nexport function equal(left: Untyped, right: Untyped): boolean {\n  if (left === right || (left == null && right == null)) return true;\n  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;\n  if (typeof left.equals === 'function') return left.equals(right);\n  if (Array.isArray(left) || ArrayBuffer.isView(left)) {\n    const [a, b] = [Array.from(left as Untyped), Array.from(right as Untyped)];\n    return a.length === b.length && a.every((item, i) => equal(item, b[i]));\n  }\n  if (left instanceof Set)\n    return right instanceof Set && left.size === right.size && [...left].every((item) => right.has(item));\n  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime();\n  if (!isPlain(left) && !(left instanceof Map)) return false;\n  const [a, b] = [new Map(entries(left)), new Map(entries(right))];\n  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && equal(value, b.get(key)));\n}",
      needs: ['Untyped', 'entries', 'isPlain'],
    },
    contains: {
      text: "/** Python's `item in container`. */\nexport function contains(container: Untyped, item: Untyped): boolean {\n  if (typeof container === 'string') return container.includes(item);\n  if (Array.isArray(container)) return container.some((other) => equal(other, item));\n  if (ArrayBuffer.isView(container)) return Buffer.from(container as Uint8Array).includes(item);\n  if (typeof container.has === 'function') return container.has(item);\n  if (typeof container.contains === 'function') return container.contains(item);\n  if (Symbol.iterator in container) return [...container].some((other) => equal(other, item));\n  return Object.hasOwn(container, item);\n}",
      needs: ['Untyped', 'equal'],
    },
    getItem: {
      text: "/** Python's `container[key]`: counts from the end below zero, and throws where there is nothing. */\nexport function getItem<T>(list: readonly T[], index: number): T;\nexport function getItem(text: string, index: number): string;\nexport function getItem(bytes: Uint8Array, index: number): number;\nexport function getItem<K, V>(map: ReadonlyMap<K, V>, key: K): V;\nexport function getItem<T extends object, K extends keyof T & string>(\n  record: T,\n  key: K,\n): Exclude<T[K], undefined>;\nexport function getItem<V>(record: Readonly<Record<string, V>>, key: string): V;\nexport function getItem(container: Untyped, key: Untyped): Untyped;\nexport function getItem(container: Untyped, key: Untyped): Untyped {\n  if (typeof container === 'string' || Array.isArray(container) || ArrayBuffer.isView(container)) {\n    const value = (container as Untyped[])[at(container as Untyped[], key)];\n    if (value === undefined) throw new IndexError('index out of range');\n    return value;\n  }\n  if (typeof container?.getItem === 'function') return container.getItem(key);\n  if (typeof container?.get === 'function' && !isPlain(container)) {\n    if (container.has(key)) return container.get(key);\n  } else if (Object.hasOwn(container, key)) return container[key];\n  throw new KeyError(key);\n}",
      needs: ['Untyped', 'KeyError', 'IndexError', 'at', 'isPlain', 'range'],
    },
    setItem: {
      text: "/** Python's `container[key] = value`. */\nexport function setItem(container: Untyped, key: Untyped, value: Untyped): void {\n  if (Array.isArray(container) || ArrayBuffer.isView(container)) {\n    const list = container as Untyped[];\n    const index = at(list, key);\n    if (index < 0 || index >= list.length) throw new IndexError('assignment index out of range');\n    list[index] = value;\n  } else if (typeof container.setItem === 'function') container.setItem(key, value);\n  else if (typeof container.set === 'function' && !isPlain(container)) container.set(key, value);\n  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });\n}",
      needs: ['Untyped', 'IndexError', 'at', 'isPlain', 'range'],
    },
    delItem: {
      text: "/** Python's `del container[key]`. */\nexport function delItem(container: Untyped, key: Untyped): void {\n  if (Array.isArray(container)) {\n    const index = at(container, key);\n    if (index < 0 || index >= container.length) throw new IndexError('assignment index out of range');\n    container.splice(index, 1);\n  } else if (typeof container.deleteItem === 'function') {\n    container.deleteItem(key);\n  } else if (typeof container.delete === 'function' && !isPlain(container)) {\n    if (!container.has(key)) throw new KeyError(key);\n    container.delete(key);\n  } else {\n    if (!Object.hasOwn(container, key)) throw new KeyError(key);\n    delete container[key];\n  }\n}",
      needs: ['Untyped', 'KeyError', 'IndexError', 'at', 'isPlain', 'range'],
    },
    get: {
      text: "/** Python's `dictionary.get(key, default)`: `null` where there is neither. */\nexport function get<K, V, D = null>(map: ReadonlyMap<K, V>, key: K, fallback?: D): V | D;\nexport function get<T extends object, K extends keyof T & string, D = null>(\n  record: T,\n  key: K,\n  fallback?: D,\n): Exclude<T[K], undefined> | D;\nexport function get<V, D = null>(record: Readonly<Record<string, V>>, key: string, fallback?: D): V | D;\nexport function get(container: Untyped, key: Untyped, fallback?: Untyped): Untyped;\nexport function get(container: Untyped, key: Untyped, fallback: Untyped = null): Untyped {\n  if (typeof container.get === 'function' && !isPlain(container)) {\n    return container.has && !container.has(key) ? fallback : (container.get(key) ?? fallback);\n  }\n  return Object.hasOwn(container, key) ? container[key] : fallback;\n}",
      needs: ['Untyped', 'isPlain'],
    },
    pop: {
      text: "/** Python's `pop()` of a list (the last item, or that at an index) or a dictionary (a key, and a default). */\nexport function pop<T>(list: T[], index?: number): T;\nexport function pop<K, V, D = never>(map: Map<K, V>, key: K, ...fallback: [] | [D]): V | D;\nexport function pop<V, D = never>(record: Record<string, V>, key: string, ...fallback: [] | [D]): V | D;\nexport function pop(container: Untyped, key?: Untyped, ...fallback: Untyped[]): Untyped;\nexport function pop(container: Untyped, key: Untyped = -1, ...fallback: Untyped[]): Untyped {\n  if (Array.isArray(container)) {\n    const index = at(container, key);\n    if (index < 0 || index >= container.length) throw new IndexError('pop index out of range');\n    return container.splice(index, 1)[0];\n  }\n  if (!contains(container, key)) {\n    if (fallback.length > 0) return fallback[0];\n    throw new KeyError(key);\n  }\n  const value = getItem(container, key);\n  delItem(container, key);\n  return value;\n}",
      needs: ['Untyped', 'KeyError', 'IndexError', 'contains', 'getItem', 'delItem', 'at', 'range'],
    },
    setDefault: {
      text: "/** Python's `dictionary.setdefault(key, value)`. */\nexport function setDefault<K, V>(map: Map<K, V>, key: K, value: V): V;\nexport function setDefault<T extends object, K extends keyof T & string>(\n  record: T,\n  key: K,\n  value: NonNullable<T[K]>,\n): NonNullable<T[K]>;\nexport function setDefault<V>(record: Record<string, V>, key: string, value: V): V;\nexport function setDefault(container: Untyped, key: Untyped, value: Untyped): Untyped;\nexport function setDefault(container: Untyped, key: Untyped, value: Untyped): Untyped {\n  if (!contains(container, key)) setItem(container, key, value);\n  return getItem(container, key);\n}",
      needs: ['Untyped', 'contains', 'getItem', 'setItem'],
    },
    update: {
      text: "/** Python's `dictionary.update(other)`. */\nexport function update(container: Untyped, other: Untyped): void {\n  for (const [key, value] of entries(other)) {\n    if (container instanceof Set) container.add(key);\n    else setItem(container, key, value);\n  }\n}",
      needs: ['Untyped', 'setItem', 'entries'],
    },
    clear: {
      text: "/** Empties a list, a dictionary or a set. */\nexport function clear(container: Untyped): void {\n  if (Array.isArray(container)) container.length = 0;\n  else if (typeof container.clear === 'function') container.clear();\n  else for (const key of Object.keys(container)) delete container[key];\n}",
      needs: ['Untyped'],
    },
    entries: {
      text: "/** The keys and values of whatever has some. */\nexport function entries(container: Untyped): [Untyped, Untyped][] {\n  if (isPlain(container)) return Object.entries(container);\n  return typeof container.entries === 'function'\n    ? [...container.entries()]\n    : [...container].map((pair) => [pair[0], pair[1]]);\n}",
      needs: ['Untyped', 'isPlain'],
    },
    iterate: {
      text: "/** What Python's `for` goes through: the keys of a dictionary, the characters of a text. */\nexport function iterate<K>(map: ReadonlyMap<K, unknown>): K[];\nexport function iterate<T>(items: Iterable<T>): T[];\nexport function iterate(container: Untyped): Untyped[];\nexport function iterate(container: Untyped): Untyped[] {\n  if (container instanceof Map) return [...container.keys()];\n  return Symbol.iterator in Object(container) ? [...container] : Object.keys(container);\n}",
      needs: ['Untyped'],
    },
    remove: {
      text: "/** Removes the first item that equals `item`. */\nexport function remove<T>(list: T[] | Set<T>, item: T): void {\n  if (list instanceof Set) {\n    if (!list.delete(item)) throw new KeyError(item);\n    return;\n  }\n  const index = list.findIndex((other) => equal(other, item));\n  if (index < 0) throw new IndexError('list.remove(x): x not in list');\n  list.splice(index, 1);\n}",
      needs: ['KeyError', 'IndexError', 'equal'],
    },
    at: {
      text: '/** Where a Python index leads, counted from the start. */\nexport function at(items: { readonly length: number }, index: number): number {\n  return index < 0 ? items.length + index : index;\n}',
      needs: [],
    },
    slice: {
      text: "/** Python's `items[start:stop:step]`. */\nexport function slice(items: string, start: number | null, stop: number | null, step?: number): string;\nexport function slice<T>(items: readonly T[], start: number | null, stop: number | null, step?: number): T[];\nexport function slice(\n  items: Uint8Array,\n  start: number | null,\n  stop: number | null,\n  step?: number,\n): Uint8Array;\nexport function slice(items: Untyped, start: number | null, stop: number | null, step = 1): Untyped {\n  if (step === 1) return items.slice(start ?? 0, stop ?? undefined);\n  const all = Array.from(items as Untyped[]);\n  const clamp = (index: number | null, fallback: number, least: number, most: number) =>\n    index === null ? fallback : Math.min(Math.max(index < 0 ? index + all.length : index, least), most);\n  const [first, end] =\n    step > 0\n      ? [clamp(start, 0, 0, all.length), clamp(stop, all.length, 0, all.length)]\n      : [clamp(start, all.length - 1, -1, all.length - 1), clamp(stop, -1, -1, all.length - 1)];\n  const picked: Untyped[] = [];\n  for (let i = first; step > 0 ? i < end : i > end; i += step) picked.push(all[i]);\n  if (typeof items === 'string') return picked.join('');\n  return Array.isArray(items) ? picked : Uint8Array.from(picked);\n}",
      needs: ['Untyped', 'first'],
    },
    setSlice: {
      text: "/** Python's `list[start:stop] = items`, and with none of those `del list[start:stop]`. */\nexport function setSlice<T>(\n  list: T[],\n  start: number | null,\n  stop: number | null,\n  items: Iterable<T> = [],\n): void {\n  const clamp = (index: number) => Math.min(Math.max(at(list, index), 0), list.length);\n  const first = clamp(start ?? 0);\n  list.splice(first, Math.max(clamp(stop ?? list.length) - first, 0), ...items);\n}",
      needs: ['at', 'first'],
    },
    isSized: {
      text: "function isSized(value: object): boolean {\n  return (\n    Array.isArray(value) ||\n    ArrayBuffer.isView(value) ||\n    value instanceof Map ||\n    value instanceof Set ||\n    isPlain(value) ||\n    'size' in value ||\n    'length' in value\n  );\n}",
      needs: ['isPlain'],
    },
    isPlain: {
      text: "/** True of objects that stand for a dictionary: literals, JSON, and what has no prototype. */\nexport function isPlain(value: unknown): boolean {\n  if (typeof value !== 'object' || value === null) return false;\n  const prototype = Object.getPrototypeOf(value);\n  return prototype === null || Object.getPrototypeOf(prototype) === null;\n}",
      needs: [],
    },
    hasPairs: {
      text: 'function hasPairs(text: string): boolean {\n  return /[\\ud800-\\udbff]/.test(text);\n}',
      needs: [],
    },
    countItems: {
      text: "/** How often each item is there: Python's `Counter(items)`. */\nexport function countItems<T extends string>(items: Iterable<T>): Record<T, number>;\nexport function countItems(items: Iterable<Untyped>): Untyped;\nexport function countItems(items: Iterable<Untyped>): Untyped {\n  const list = [...items];\n  const isText = list.every((item) => typeof item === 'string');\n  const counts: Untyped = isText ? {} : new Map();\n  for (const item of list) setItem(counts, item, get(counts, item, 0) + 1);\n  return counts;\n}",
      needs: ['Untyped', 'setItem', 'get'],
    },
    mostCommon: {
      text: "/** Python's `counter.most_common(n)`. */\nexport function mostCommon<T>(counts: Readonly<Record<string, T>>, n?: number): [string, T][];\nexport function mostCommon<K, T>(counts: ReadonlyMap<K, T>, n?: number): [K, T][];\nexport function mostCommon(counts: Untyped, n?: number): [Untyped, Untyped][] {\n  return entries(counts)\n    .sort(([, a], [, b]) => b - a)\n    .slice(0, n);\n}",
      needs: ['Untyped', 'entries'],
    },
    isSubset: {
      text: "/** Python's `<=` of sets. */\nexport function isSubset(small: ReadonlySet<Untyped>, large: ReadonlySet<Untyped>): boolean {\n  return [...small].every((item) => large.has(item));\n}",
      needs: ['Untyped'],
    },
    symmetricDifference: {
      text: "/** Python's `^` of sets. */\nexport function symmetricDifference<T>(left: ReadonlySet<T>, right: ReadonlySet<T>): Set<T> {\n  return new Set([\n    ...[...left].filter((item) => !right.has(item)),\n    ...[...right].filter((item) => !left.has(item)),\n  ]);\n}",
      needs: [],
    },
    floorDiv: {
      text: "/** Python's `//`: rounds towards minus infinity. */\nexport function floorDiv(left: number, right: number): number {\n  if (right === 0) throw new ZeroDivisionError('integer division or modulo by zero');\n  return Math.floor(left / right);\n}",
      needs: ['ZeroDivisionError', 'or'],
    },
    divide: {
      text: "/** Python's `/`, which does not divide by zero. */\nexport function divide(left: number, right: number): number {\n  if (right === 0) throw new ZeroDivisionError('division by zero');\n  return left / right;\n}",
      needs: ['ZeroDivisionError'],
    },
    mod: {
      text: "/** Python's `%` of numbers: has the sign of the divisor. */\nexport function mod(left: number, right: number): number {\n  if (right === 0) throw new ZeroDivisionError('integer modulo by zero');\n  return ((left % right) + right) % right;\n}",
      needs: ['ZeroDivisionError'],
    },
    divmod: {
      text: "/** Python's `divmod()`. */\nexport function divmod(left: number, right: number): [quotient: number, remainder: number] {\n  return [floorDiv(left, right), mod(left, right)];\n}",
      needs: ['floorDiv', 'mod'],
    },
    int: {
      text: "/** Python's `int()`: whole numbers alone, or it throws. */\nexport function int(value: unknown, base = 10): number {\n  if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);\n  if (typeof value === 'boolean') return Number(value);\n  const text = (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value))\n    .trim()\n    .toLowerCase()\n    .replace(/(?<=\\w)_(?=\\w)/g, '');\n  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);\n  const plain = text.replace(\n    base === 16 ? /^([+-]?)0x/ : base === 2 ? /^([+-]?)0b/ : base === 8 ? /^([+-]?)0o/ : /^([+-]?)/,\n    '$1',\n  );\n  if (typeof value === 'number' || value == null || !new RegExp(`^[+-]?[${digits}]+$`).test(plain)) {\n    throw new ValueError(`invalid literal for int() with base ${base}: '${value}'`);\n  }\n  return Number.parseInt(plain, base) || 0;\n}",
      needs: ['ValueError'],
    },
    float: {
      text: "/** Python's `float()`. */\nexport function float(value: unknown): number {\n  if (typeof value === 'number') return value;\n  if (typeof value === 'boolean') return Number(value);\n  const text = (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value))\n    .trim()\n    .toLowerCase();\n  if (/^[+-]?(\\d+(_\\d+)*\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?$/.test(text)) return Number(text.replaceAll('_', ''));\n  const special = /^([+-]?)(inf(?:inity)?|nan)$/.exec(text);\n  if (!special) throw new ValueError(`could not convert string to float: '${value}'`);\n  return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;\n}",
      needs: ['ValueError'],
    },
    round: {
      text: "/** Python's `round()`: halves go to the even neighbour. */\nexport function round(value: number, digits = 0): number {\n  if (digits > 0) return Number(fixed(value, digits));\n  const scale = 10 ** -digits;\n  const scaled = value / scale;\n  const rounded = Math.round(scaled);\n  return (Math.abs(scaled % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded) * scale || 0;\n}",
      needs: ['fixed'],
    },
    fixed: {
      text: "/** Python's `'%.1f'`: unlike `toFixed`, a half goes to the even digit. */\nexport function fixed(value: number, digits: number): string {\n  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';\n  // A tie is exact in binary, and so has few digits: more of them tell it from its neighbours.\n  const exact = Math.abs(value) < 1e21 ? value.toFixed(Math.min(digits + 30, 100)) : `${BigInt(value)}.`;\n  const point = exact.indexOf('.') + 1;\n  if (!/^50*$/.test(exact.slice(point + digits))) return value.toFixed(digits);\n  const kept = exact.slice(0, point + digits).replace(/\\.$/, '');\n  return /[02468]$/.test(kept) ? kept : value.toFixed(digits);\n}",
      needs: ['and'],
    },
    range: {
      text: "/** Python's `range()`. */\nexport function range(start: number, stop?: number, step = 1): number[] {\n  const [first, end] = stop === undefined ? [0, start] : [start, stop];\n  return Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, i) => first + i * step);\n}",
      needs: ['first'],
    },
    sum: {
      text: "/** Python's `sum()`. */\nexport function sum(items: Iterable<number | boolean>, start = 0): number {\n  let total = start;\n  for (const item of items) total += Number(item);\n  return total;\n}",
      needs: [],
    },
    compare: {
      text: "/** Python's order: by value, lists item by item. */\nexport function compare(left: Untyped, right: Untyped): number {\n  if (Array.isArray(left) && Array.isArray(right)) {\n    const i = left.findIndex((item, at) => at >= right.length || !equal(item, right[at]));\n    return i < 0 || i >= right.length ? left.length - right.length : compare(left[i], right[i]);\n  }\n  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);\n  if (typeof left?.isLess === 'function') return left.isLess(right) ? -1 : right.isLess(left) ? 1 : 0;\n  if (left == null || right == null || isPlain(left) || isPlain(right))\n    throw new TypeError('these have no order');\n  return left < right ? -1 : left > right ? 1 : 0;\n}",
      needs: ['Untyped', 'equal', 'at', 'isPlain', 'compareText'],
    },
    sorted: {
      text: "/** Python's `sorted()`. */\nexport function sorted<T>(items: Iterable<T>, key?: ((item: T) => unknown) | null, reverse?: boolean): T[];\nexport function sorted(\n  items: Untyped,\n  key?: ((item: Untyped) => unknown) | null,\n  reverse?: boolean,\n): Untyped[];\nexport function sorted(\n  items: Untyped,\n  key?: ((item: Untyped) => unknown) | null,\n  reverse = false,\n): Untyped[] {\n  const keyed = iterate(items).map((item) => [key ? key(item) : item, item]);\n  keyed.sort(([a], [b]) => (reverse ? compare(b, a) : compare(a, b)));\n  return keyed.map(([, item]) => item);\n}",
      needs: ['Untyped', 'iterate', 'compare'],
    },
    sort: {
      text: "/** Python's `list.sort()`, which sorts the list itself. */\nexport function sort<T>(list: T[], key?: ((item: T) => unknown) | null, reverse = false): void {\n  for (const [i, item] of sorted(list, key, reverse).entries()) list[i] = item;\n}",
      needs: ['sorted'],
    },
    min: {
      text: "/** Python's `min()` of the items of something. */\nexport function min<T>(items: Iterable<T>, key?: (item: T) => unknown, fallback?: T): T {\n  return extreme(items, -1, key, fallback);\n}",
      needs: ['extreme'],
    },
    max: {
      text: "/** Python's `max()` of the items of something. */\nexport function max<T>(items: Iterable<T>, key?: (item: T) => unknown, fallback?: T): T {\n  return extreme(items, 1, key, fallback);\n}",
      needs: ['extreme'],
    },
    extreme: {
      text: "function extreme<T>(\n  items: Iterable<T>,\n  sign: number,\n  key: ((item: T) => unknown) | undefined,\n  fallback: T | undefined,\n): T {\n  let best: [key: unknown, item: T] | undefined;\n  for (const item of items) {\n    const value = key ? key(item) : item;\n    if (!best || compare(value, best[0]) * sign > 0) best = [value, item];\n  }\n  if (best) return best[1];\n  if (fallback === undefined) throw new ValueError('arg is an empty sequence');\n  return fallback;\n}",
      needs: ['ValueError', 'compare'],
    },
    compareText: {
      text: '/** By code point, where JavaScript goes by UTF-16 unit. */\nfunction compareText(left: string, right: string): number {\n  if (left === right) return 0;\n  const [a, b] = [Array.from(left), Array.from(right)];\n  const i = a.findIndex((character, at) => character !== b[at]);\n  if (i < 0) return -1;\n  return i >= b.length || codeOf(a[i]) > codeOf(b[i]) ? 1 : -1;\n}',
      needs: ['at', 'codeOf'],
    },
    codeOf: {
      text: "function codeOf(character = ''): number {\n  return character.codePointAt(0) ?? 0;\n}",
      needs: [],
    },
    zip: {
      text: "/** Python's `zip()`. */\nexport function zip<A, B>(a: Iterable<A>, b: Iterable<B>): [A, B][];\nexport function zip<A, B, C>(a: Iterable<A>, b: Iterable<B>, c: Iterable<C>): [A, B, C][];\nexport function zip(...lists: Iterable<Untyped>[]): Untyped[][];\nexport function zip(...lists: Iterable<Untyped>[]): Untyped[][] {\n  const [first = [], ...rest] = lists.map((list) => [...list]);\n  const length = Math.min(first.length, ...rest.map((list) => list.length));\n  return first.slice(0, length).map((item, i) => [item, ...rest.map((list) => list[i])]);\n}",
      needs: ['Untyped', 'first'],
    },
    gcd: {
      text: "/** Python's `math.gcd()`. */\nexport function gcd(left: number, right: number): number {\n  return right === 0 ? Math.abs(left) : gcd(right, left % right);\n}",
      needs: [],
    },
    gauss: {
      text: "/** Python's `random.gauss()`. */\nexport function gauss(mean = 0, deviation = 1): number {\n  return (\n    mean + deviation * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())\n  );\n}",
      needs: ['mean'],
    },
    fromBytes: {
      text: "/** Python's `int.from_bytes()`. */\nexport function fromBytes(bytes: Iterable<number>, order = 'big'): number {\n  const list = [...bytes];\n  if (order === 'little') list.reverse();\n  return list.reduce((number, byte) => number * 256 + byte, 0);\n}",
      needs: [],
    },
    toBytes: {
      text: "/** Python's `int.to_bytes()`. */\nexport function toBytes(number: number, length = 1, order = 'big'): Uint8Array {\n  const bytes = Uint8Array.from({ length }, (_, i) => Math.floor(number / 256 ** (length - 1 - i)) % 256);\n  return order === 'little' ? bytes.reverse() : bytes;\n}",
      needs: [],
    },
    joinBytes: {
      text: "/** Python's `separator.join()` of bytes. */\nexport function joinBytes(separator: Uint8Array, parts: Iterable<Uint8Array>): Uint8Array {\n  return Buffer.concat([...parts].flatMap((part, i) => (i === 0 ? [part] : [separator, part])));\n}",
      needs: [],
    },
    str: {
      text: "/** Python's `str()`. */\nexport function str(value: unknown): string {\n  if (typeof value === 'string') return value;\n  if (value instanceof Error) return messageOf(value);\n  return repr(value);\n}",
      needs: ['messageOf', 'repr'],
    },
    floatText: {
      text: "/** Python's `str()` of a number that was a `float` there: `2.0`. */\nexport function floatText(value: number): string {\n  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';\n  const size = Math.abs(value);\n  if (size !== 0 && (size < 1e-4 || size >= 1e16))\n    return value.toExponential().replace(/e([+-])(\\d)$/, 'e$10$2');\n  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);\n}",
      needs: [],
    },
    repr: {
      text: "/** Python's `repr()`. */\nexport function repr(value: unknown): string {\n  if (value === null || value === undefined) return 'None';\n  if (typeof value === 'boolean') return value ? 'True' : 'False';\n  if (typeof value === 'number')\n    return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(BigInt(value)) : floatText(value);\n  if (typeof value === 'string') return quote(value);\n  if (value instanceof Uint8Array) return `b${quote(Array.from(value, byteText).join(''), true)}`;\n  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;\n  if (value instanceof Set) return value.size ? `{${Array.from(value, repr).join(', ')}}` : 'set()';\n  if (value instanceof Map || isPlain(value)) {\n    return `{${entries(value)\n      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)\n      .join(', ')}}`;\n  }\n  return value instanceof Error ? `${value.constructor.name}(${quote(value.message)})` : String(value);\n}",
      needs: ['entries', 'isPlain', 'floatText', 'quote', 'byteText'],
    },
    quote: {
      text: "function quote(text: string, isEscaped = false): string {\n  const mark = text.includes(\"'\") && !text.includes('\"') ? '\"' : \"'\";\n  const escaped = isEscaped\n    ? text\n    : text.replaceAll('\\\\', '\\\\\\\\').replaceAll('\\n', '\\\\n').replaceAll('\\r', '\\\\r').replaceAll('\\t', '\\\\t');\n  return mark + (mark === \"'\" ? escaped.replaceAll(\"'\", \"\\\\'\") : escaped) + mark;\n}",
      needs: [],
    },
    byteText: {
      text: "function byteText(byte: number): string {\n  const short: Record<number, string> = { 9: '\\\\t', 10: '\\\\n', 13: '\\\\r', 92: '\\\\\\\\' };\n  return (\n    short[byte] ??\n    (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\\\x${byte.toString(16).padStart(2, '0')}`)\n  );\n}",
      needs: [],
    },
    format: {
      text: "/** Python's `format(value, spec)`, which f-strings and `str.format` use. */\nexport function format(value: Untyped, spec: string): string {\n  if (value instanceof Date) return strftime(value, spec);\n  const parts = /^(?:(.)?([<>=^]))?([+ -])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?$/su.exec(spec);\n  if (!parts) throw new ValueError(`Invalid format specifier '${spec}'`);\n  const [, fill, align, sign, prefix, zero, width, group, precision, type] = parts;\n  const isNumber = typeof value === 'number' || (typeof value === 'boolean' && type !== undefined);\n  let text = isNumber ? numberText(Number(value), type, precision, group, prefix) : str(value);\n  if (!isNumber && precision !== undefined) text = Array.from(text).slice(0, Number(precision)).join('');\n  if (isNumber && !text.startsWith('-') && (sign === '+' || sign === ' ')) text = sign + text;\n  return pad(\n    text,\n    Number(width ?? 0),\n    fill ?? (zero && isNumber ? '0' : ' '),\n    align ?? (zero && isNumber ? '=' : isNumber ? '>' : '<'),\n  );\n}",
      needs: ['Untyped', 'ValueError', 'str', 'numberText', 'pad', 'strftime'],
    },
    numberText: {
      text: "function numberText(\n  value: number,\n  type: string | undefined,\n  precision: string | undefined,\n  group: string | undefined,\n  prefix: string | undefined,\n): string {\n  const bases: Record<string, number> = { b: 2, o: 8, x: 16, X: 16 };\n  const base = bases[type ?? ''];\n  if (base) {\n    const digits = Math.abs(value).toString(base);\n    return (\n      (value < 0 ? '-' : '') + (prefix ? `0${type}` : '') + (type === 'X' ? digits.toUpperCase() : digits)\n    );\n  }\n  if (type === 'c') return String.fromCodePoint(value);\n  let text: string;\n  if (type === 'f' || type === 'F') text = fixed(value, Number(precision ?? 6));\n  else if (type === '%') text = `${fixed(value * 100, Number(precision ?? 6))}%`;\n  else if (type === 'e' || type === 'E')\n    text = value.toExponential(Number(precision ?? 6)).replace(/e([+-])(\\d)$/, 'e$10$2');\n  else if (type === 'g' || (precision !== undefined && type === undefined))\n    text = general(value, Number(precision ?? 6) || 1);\n  else text = str(value);\n  if (type === 'E') text = text.toUpperCase();\n  return group\n    ? text.replace(\n        /^(-?)(\\d+)/,\n        (_, minus: string, digits: string) => minus + digits.replace(/\\B(?=(\\d{3})+$)/g, group),\n      )\n    : text;\n}",
      needs: ['fixed', 'str', 'general'],
    },
    general: {
      text: "function general(value: number, precision: number): string {\n  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);\n  if (exponent < -4 || exponent >= precision) {\n    return value\n      .toExponential(precision - 1)\n      .replace(/\\.?0+e/, 'e')\n      .replace(/e([+-])(\\d)$/, 'e$10$2');\n  }\n  const text = fixed(value, Math.max(precision - 1 - exponent, 0));\n  return text.includes('.') ? text.replace(/\\.?0+$/, '') : text;\n}",
      needs: ['fixed'],
    },
    pad: {
      text: "function pad(text: string, width: number, fill: string, align: string): string {\n  const missing = width - Array.from(text).length;\n  if (missing <= 0) return text;\n  if (align === '<') return text + fill.repeat(missing);\n  if (align === '>') return fill.repeat(missing) + text;\n  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));\n  const sign = /^[+ -]?/.exec(text)?.[0] ?? '';\n  return sign + fill.repeat(missing) + text.slice(sign.length);\n}",
      needs: [],
    },
    formatText: {
      text: "/** Python's `template.format(...)`: positional arguments as a list, the others by name. */\nexport function formatText(\n  template: string,\n  args: readonly unknown[],\n  named: Readonly<Record<string, unknown>> = {},\n): string {\n  let next = 0;\n  return template.replace(\n    /\\{\\{|\\}\\}|\\{([^{}:!]*)(?:!([rsa]))?(?::((?:[^{}]|\\{[^{}]*\\})*))?\\}/g,\n    (all: string, field?: string, conversion?: string, spec = '') => {\n      if (field === undefined) return all.slice(1);\n      const [name = '', ...path] = field.split(/\\.|\\[|\\]\\.?/).filter((part, i) => i === 0 || part !== '');\n      let value: Untyped = name === '' ? args[next++] : /^\\d+$/.test(name) ? args[Number(name)] : named[name];\n      if (value === undefined && !(name in named)) {\n        throw name === '' || /^\\d+$/.test(name)\n          ? new IndexError('Replacement index out of range')\n          : new KeyError(name);\n      }\n      for (const part of path) value = value instanceof Map ? value.get(part) : value[part];\n      const inner = spec.includes('{')\n        ? spec.replace(/\\{(\\w*)\\}/g, (_: string, key: string) =>\n            str(key === '' ? args[next++] : (named[key] ?? args[Number(key)])),\n          )\n        : spec;\n      return format(conversion === 'r' ? repr(value) : value, inner);\n    },\n  );\n}",
      needs: ['Untyped', 'KeyError', 'IndexError', 'range', 'str', 'repr', 'format', 'named'],
    },
    percent: {
      text: "/** Python's `template % values`. A tuple is given as a list, anything else by itself. */\nexport function percent(template: string, values: Untyped): string {\n  const list = Array.isArray(values) ? values : [values];\n  let next = 0;\n  return template.replace(\n    /%(?:\\((\\w+)\\))?([-+0 #]*)(\\*|\\d+)?(?:\\.(\\d+))?([sdifFeEgGrxXoc%])/g,\n    (_: string, name?: string, flags = '', width?: string, precision?: string, type = 's') => {\n      if (type === '%') return '%';\n      const columns = width === '*' ? list[next++] : width;\n      const value =\n        name === undefined ? list[next++] : values instanceof Map ? values.get(name) : values[name];\n      const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';\n      const text =\n        type === 's' || type === 'r'\n          ? format(type === 'r' ? repr(value) : str(value), precision === undefined ? '' : `.${precision}`)\n          : format(\n              'di'.includes(type) ? Math.trunc(value) : value,\n              sign + ('di'.includes(type) ? 'd' : (precision === undefined ? '' : `.${precision}`) + type),\n            );\n      const isNumber = type !== 's' && type !== 'r';\n      return pad(\n        text,\n        Number(columns ?? 0),\n        flags.includes('0') && isNumber && !flags.includes('-') ? '0' : ' ',\n        flags.includes('-') ? '<' : flags.includes('0') && isNumber ? '=' : '>',\n      );\n    },\n  );\n}",
      needs: ['Untyped', 'str', 'repr', 'format', 'pad'],
    },
    split: {
      text: "/** Python's `text.split()`, with no more than `most` cuts: at `separator`, or where white space is. */\nexport function split(text: string, separator: string | null = null, most = -1): string[] {\n  if (separator === null) {\n    const words = text.trim();\n    if (most < 0) return words === '' ? [] : words.split(/\\s+/);\n    const parts: string[] = [];\n    let rest = words;\n    while (rest !== '' && parts.length < most) {\n      const cut = /\\s+/.exec(rest);\n      if (!cut) break;\n      parts.push(rest.slice(0, cut.index));\n      rest = rest.slice(cut.index + cut[0].length);\n    }\n    return rest === '' ? parts : [...parts, rest];\n  }\n  const parts = text.split(separator);\n  return most < 0 || parts.length <= most + 1\n    ? parts\n    : [...parts.slice(0, most), parts.slice(most).join(separator)];\n}",
      needs: [],
    },
    rsplit: {
      text: "/** Python's `text.rsplit()`: what cuts there are, are made from the right. */\nexport function rsplit(text: string, separator: string | null = null, most = -1): string[] {\n  const parts = separator === null ? split(text) : text.split(separator);\n  if (most < 0 || parts.length <= most + 1) return parts;\n  const kept = parts.length - most;\n  const last = parts.slice(kept);\n  if (separator !== null) return [parts.slice(0, kept).join(separator), ...last];\n  // What is left of the last ones keeps its own spaces.\n  const rest = last.reduceRight((left, part) => left.slice(0, left.lastIndexOf(part)), text);\n  return [rest.trim(), ...last];\n}",
      needs: ['split'],
    },
    splitlines: {
      text: "/** Python's `text.splitlines()`. */\nexport function splitlines(text: string): string[] {\n  const lines = text.split(/\\r\\n|[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]/);\n  if (lines.at(-1) === '') lines.pop();\n  return lines;\n}",
      needs: [],
    },
    strip: {
      text: "/** Python's `text.strip(characters)`, at the start, the end or both. */\nexport function strip(text: string, characters: string, side: 'both' | 'start' | 'end' = 'both'): string {\n  const set = new Set(characters);\n  const all = Array.from(text);\n  let [start, end] = [0, all.length];\n  if (side !== 'end') while (start < end && set.has(all[start] as string)) start++;\n  if (side !== 'start') while (end > start && set.has(all[end - 1] as string)) end--;\n  return all.slice(start, end).join('');\n}",
      needs: [],
    },
    partition: {
      text: "/** Python's `text.partition(separator)`. */\nexport function partition(\n  text: string,\n  separator: string,\n): [before: string, separator: string, after: string] {\n  const i = text.indexOf(separator);\n  return i < 0 ? [text, '', ''] : [text.slice(0, i), separator, text.slice(i + separator.length)];\n}",
      needs: [],
    },
    rpartition: {
      text: "/** Python's `text.rpartition(separator)`. */\nexport function rpartition(\n  text: string,\n  separator: string,\n): [before: string, separator: string, after: string] {\n  const i = text.lastIndexOf(separator);\n  return i < 0 ? ['', '', text] : [text.slice(0, i), separator, text.slice(i + separator.length)];\n}",
      needs: [],
    },
    capitalize: {
      text: "/** Python's `text.capitalize()`. */\nexport function capitalize(text: string): string {\n  const [first = '', ...rest] = text;\n  return first.toUpperCase() + rest.join('').toLowerCase();\n}",
      needs: ['first'],
    },
    title: {
      text: "/** Python's `text.title()`. */\nexport function title(text: string): string {\n  return text.toLowerCase().replace(/\\p{L}+/gu, capitalize);\n}",
      needs: ['capitalize'],
    },
    count: {
      text: "/** Python's `text.count(part)` and `list.count(item)`. */\nexport function count(items: string | readonly unknown[], item: unknown): number {\n  if (typeof items === 'string') return items.split(item as string).length - 1;\n  return items.filter((other) => equal(other, item)).length;\n}",
      needs: ['equal'],
    },
    escapeHtml: {
      text: "/** Python's `html.escape()`. */\nexport function escapeHtml(text: string, quotes = true): string {\n  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');\n  return quotes ? plain.replaceAll('\"', '&quot;').replaceAll(\"'\", '&#x27;') : plain;\n}",
      needs: [],
    },
    strftime: {
      text: "/** Python's `strftime`, in the time zone of the machine unless `utc` is said. */\nexport function strftime(date: Date, template: string, utc = false): string {\n  const local = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);\n  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];\n  const months = [\n    'January',\n    'February',\n    'March',\n    'April',\n    'May',\n    'June',\n    'July',\n    'August',\n    'September',\n    'October',\n    'November',\n    'December',\n  ];\n  const two = (n: number) => String(n).padStart(2, '0');\n  const fields: Record<string, () => string> = {\n    Y: () => String(local.getUTCFullYear()),\n    y: () => two(local.getUTCFullYear() % 100),\n    m: () => two(local.getUTCMonth() + 1),\n    d: () => two(local.getUTCDate()),\n    H: () => two(local.getUTCHours()),\n    I: () => two(local.getUTCHours() % 12 || 12),\n    M: () => two(local.getUTCMinutes()),\n    S: () => two(local.getUTCSeconds()),\n    f: () => String(local.getUTCMilliseconds() * 1000).padStart(6, '0'),\n    p: () => (local.getUTCHours() < 12 ? 'AM' : 'PM'),\n    A: () => days[local.getUTCDay()] as string,\n    a: () => (days[local.getUTCDay()] as string).slice(0, 3),\n    B: () => months[local.getUTCMonth()] as string,\n    b: () => (months[local.getUTCMonth()] as string).slice(0, 3),\n    j: () =>\n      String(Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 0)) / 86_400_000)).padStart(\n        3,\n        '0',\n      ),\n    w: () => String(local.getUTCDay()),\n    Z: () => (utc ? 'UTC' : ''),\n    z: () => (utc ? '+0000' : ''),\n    '%': () => '%',\n  };\n  const long = template\n    .replaceAll('%F', '%Y-%m-%d')\n    .replaceAll('%T', '%H:%M:%S')\n    .replaceAll('%c', '%a %b %d %H:%M:%S %Y')\n    .replaceAll('%x', '%m/%d/%y')\n    .replaceAll('%X', '%H:%M:%S');\n  return long.replace(/%([a-zA-Z%])/g, (all: string, name: string) => fields[name]?.() ?? all);\n}",
      needs: [],
    },
    isoformat: {
      text: "/** Python's `datetime.isoformat()` of a time without a zone. */\nexport function isoformat(date: Date, separator = 'T'): string {\n  const fraction = date.getMilliseconds() ? '.%f' : '';\n  return strftime(date, `%Y-%m-%d${separator}%H:%M:%S${fraction}`);\n}",
      needs: ['strftime'],
    },
    urlencode: {
      text: "/** What `urlencode()` of Microdot does: less than `encodeURIComponent()`. */\nexport function urlencode(text: string): string {\n  return text\n    .replaceAll('+', '%2B')\n    .replaceAll(' ', '+')\n    .replaceAll('%', '%25')\n    .replaceAll('?', '%3F')\n    .replaceAll('#', '%23')\n    .replaceAll('&', '%26')\n    .replaceAll('=', '%3D');\n}",
      needs: [],
    },
    indexOf: {
      text: "/** Python's `index()`, which throws where there is none. */\nexport function indexOf(items: string | readonly unknown[], item: unknown): number {\n  const index =\n    typeof items === 'string'\n      ? items.indexOf(item as string)\n      : items.findIndex((other) => equal(other, item));\n  if (index < 0) throw new ValueError('not in list');\n  return index;\n}",
      needs: ['ValueError', 'equal'],
    },
    findAll: {
      text: "/** Python's `re.findall()`: whole matches, or their groups. */\nexport function findAll(pattern: RegExp, text: string): Untyped[] {\n  return Array.from(text.matchAll(pattern), (match) =>\n    match.length === 1 ? match[0] : match.length === 2 ? match[1] : match.slice(1),\n  );\n}",
      needs: ['Untyped'],
    },
    fromIsoformat: {
      text: "/** Python's `datetime.fromisoformat()`: a time without a zone is local. */\nexport function fromIsoformat(text: string): Date {\n  const date = new Date(/^\\d{4}-\\d\\d-\\d\\d$/.test(text) ? `${text}T00:00:00` : text);\n  if (Number.isNaN(date.getTime())) throw new ValueError(`Invalid isoformat string: '${text}'`);\n  return date;\n}",
      needs: ['ValueError', 'isoformat'],
    },
    replacer: {
      text: "/** What `replace` is given, of a function that Python's `re.sub` would give a match. */\nexport function replacer(by: (match: RegExpExecArray) => string): (...parts: Untyped[]) => string {\n  return (...parts) => {\n    const groups = typeof parts.at(-1) === 'object' ? parts.pop() : undefined;\n    const input = parts.pop();\n    const index = parts.pop();\n    return by(Object.assign(parts, { index, input, groups }) as unknown as RegExpExecArray);\n  };\n}",
      needs: ['Untyped'],
    },
    translation: {
      text: "/** Python's `str.maketrans()` of texts: what each character becomes, and those that are left out. */\nexport function translation(from: string, to: string, without = ''): Map<string, string> {\n  const target = [...to];\n  const table = new Map([...from].map((character, i) => [character, target[i] ?? '']));\n  for (const character of without) table.set(character, '');\n  return table;\n}",
      needs: [],
    },
    translate: {
      text: "/** Python's `text.translate()`. */\nexport function translate(text: string, table: ReadonlyMap<string, string>): string {\n  return Array.from(text, (character) => table.get(character) ?? character).join('');\n}",
      needs: [],
    },
    expandTabs: {
      text: "/** Python's `text.expandtabs()`. */\nexport function expandTabs(text: string, size = 8): string {\n  let column = 0;\n  return Array.from(text, (character) => {\n    const written = character === '\\t' ? ' '.repeat(size - (column % size)) : character;\n    column = character === '\\n' ? 0 : column + written.length;\n    return written;\n  }).join('');\n}",
      needs: [],
    },
    swapCase: {
      text: "/** Python's `text.swapcase()`. */\nexport function swapCase(text: string): string {\n  return Array.from(text, (character) =>\n    character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase(),\n  ).join('');\n}",
      needs: [],
    },
    sleep: {
      text: "/** Python's `asyncio.sleep()` and `time.sleep()`, in seconds. */\nexport function sleep(seconds: number): Promise<void> {\n  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));\n}",
      needs: [],
    },
    collect: {
      text: '/** The items of something asynchronous, as a list. */\nexport async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {\n  const list: T[] = [];\n  for await (const item of items) list.push(item);\n  return list;\n}',
      needs: [],
    },
    waitFor: {
      text: "/** Python's `asyncio.wait_for()`. */\nexport async function waitFor<T>(promise: Promise<T>, seconds: number | null): Promise<T> {\n  if (seconds === null) return promise;\n  let timer: ReturnType<typeof setTimeout> | undefined;\n  const late = new Promise<never>((_, reject) => {\n    timer = setTimeout(() => reject(new TimeoutError('timed out')), seconds * 1000);\n  });\n  try {\n    return await Promise.race([promise, late]);\n  } finally {\n    clearTimeout(timer);\n  }\n}",
      needs: ['TimeoutError'],
    },
    TimeoutError: {
      text: "/** Python's `asyncio.TimeoutError`. */\nexport class TimeoutError extends Error {}",
      needs: [],
    },
    CancelledError: {
      text: "/** Python's `asyncio.CancelledError`. */\nexport class CancelledError extends Error {}",
      needs: [],
    },
    createTask: {
      text: "/** Python's `asyncio.create_task()`: it runs on by itself, and what it throws is logged. */\nexport function createTask<T>(promise: Promise<T>): Task<T> {\n  return new Task(promise);\n}",
      needs: ['Task'],
    },
    Task: {
      text: "/** Python's `asyncio.Task`. A promise cannot be cancelled from outside: `cancel()` leaves it running, unheard. */\nexport class Task<T> implements PromiseLike<T> {\n  readonly #promise: Promise<T>;\n  #done = false;\n  #cancel!: () => void;\n\n  constructor(promise: Promise<T>) {\n    const cancelled = new Promise<never>((_, reject) => {\n      this.#cancel = () => reject(new CancelledError('cancelled'));\n    });\n    this.#promise = Promise.race([promise, cancelled]);\n    this.#promise.then(\n      () => {\n        this.#done = true;\n      },\n      (error) => {\n        this.#done = true;\n        if (!(error instanceof CancelledError)) console.error(error);\n      },\n    );\n  }\n\n  done(): boolean {\n    return this.#done;\n  }\n\n  cancel(): void {\n    this.#cancel();\n  }\n\n  then<A = T, B = never>(\n    resolved?: ((value: T) => A | PromiseLike<A>) | null,\n    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,\n  ): PromiseLike<A | B> {\n    return this.#promise.then(resolved, rejected);\n  }\n}",
      needs: ['CancelledError'],
    },
    Event: {
      text: "/** Python's `asyncio.Event`. */\nexport class Event {\n  #isSet = false;\n  #waiting: (() => void)[] = [];\n\n  set(): void {\n    this.#isSet = true;\n    for (const resolve of this.#waiting.splice(0)) resolve();\n  }\n\n  clear(): void {\n    this.#isSet = false;\n  }\n\n  isSet(): boolean {\n    return this.#isSet;\n  }\n\n  async wait(): Promise<boolean> {\n    if (!this.#isSet) await new Promise<void>((resolve) => this.#waiting.push(resolve));\n    return true;\n  }\n}",
      needs: ['clear'],
    },
    Lock: {
      text: "/** Python's `asyncio.Lock`: `await lock.acquire()`, and `lock.release()` in a `finally`. */\nexport class Lock {\n  #isLocked = false;\n  #waiting: (() => void)[] = [];\n\n  locked(): boolean {\n    return this.#isLocked;\n  }\n\n  async acquire(): Promise<true> {\n    if (this.#isLocked) await new Promise<void>((resolve) => this.#waiting.push(resolve));\n    this.#isLocked = true;\n    return true;\n  }\n\n  release(): void {\n    const next = this.#waiting.shift();\n    if (next) next();\n    else this.#isLocked = false;\n  }\n}",
      needs: [],
    },
    Queue: {
      text: "/** Python's `asyncio.Queue`. */\nexport class Queue<T> {\n  readonly #items: T[] = [];\n  readonly #takers: (() => void)[] = [];\n  readonly #givers: (() => void)[] = [];\n  readonly #maxSize: number;\n  #unfinished = 0;\n  #joining: (() => void)[] = [];\n\n  constructor(maxSize = 0) {\n    this.#maxSize = maxSize;\n  }\n\n  qsize(): number {\n    return this.#items.length;\n  }\n\n  empty(): boolean {\n    return this.#items.length === 0;\n  }\n\n  full(): boolean {\n    return this.#maxSize > 0 && this.#items.length >= this.#maxSize;\n  }\n\n  async put(item: T): Promise<void> {\n    while (this.full()) await new Promise<void>((resolve) => this.#givers.push(resolve));\n    this.putNowait(item);\n  }\n\n  putNowait(item: T): void {\n    if (this.full()) throw new QueueFull('the queue is full');\n    this.#items.push(item);\n    this.#unfinished++;\n    this.#takers.shift()?.();\n  }\n\n  async get(): Promise<T> {\n    while (this.empty()) await new Promise<void>((resolve) => this.#takers.push(resolve));\n    return this.getNowait();\n  }\n\n  /** Says that an item has been dealt with. */\n  taskDone(): void {\n    this.#unfinished--;\n    if (this.#unfinished === 0) for (const resolve of this.#joining.splice(0)) resolve();\n  }\n\n  /** Waits until every item has been dealt with. */\n  async join(): Promise<void> {\n    if (this.#unfinished > 0) await new Promise<void>((resolve) => this.#joining.push(resolve));\n  }\n\n  getNowait(): T {\n    if (this.empty()) throw new QueueEmpty('the queue is empty');\n    const item = this.#items.shift() as T;\n    this.#givers.shift()?.();\n    return item;\n  }\n}",
      needs: ['get', 'QueueEmpty', 'QueueFull'],
    },
    QueueEmpty: {
      text: "/** Python's `asyncio.QueueEmpty`. */\nexport class QueueEmpty extends Error {}",
      needs: [],
    },
    QueueFull: {
      text: "/** Python's `asyncio.QueueFull`. */\nexport class QueueFull extends Error {}",
      needs: [],
    },
    Semaphore: {
      text: "/** Python's `asyncio.Semaphore`: so many at a time. */\nexport class Semaphore {\n  #free: number;\n  #waiting: (() => void)[] = [];\n\n  constructor(free = 1) {\n    this.#free = free;\n  }\n\n  locked(): boolean {\n    return this.#free === 0;\n  }\n\n  async acquire(): Promise<true> {\n    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));\n    else this.#free--;\n    return true;\n  }\n\n  release(): void {\n    const next = this.#waiting.shift();\n    if (next) next();\n    else this.#free++;\n  }\n}",
      needs: [],
    },
    gatherAll: {
      text: "/** Python's `asyncio.gather(..., return_exceptions=True)`: an error stands where a result would. */\nexport async function gatherAll(promises: readonly unknown[]): Promise<Untyped[]> {\n  const results = await Promise.allSettled(promises);\n  return results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason));\n}",
      needs: ['Untyped'],
    },
    respond: {
      text: "/** The response for what a Python handler may return as a tuple: body, status, headers. */\nexport function respond(value: Untyped): HandlerResult {\n  if (!Array.isArray(value)) return toJson(value);\n  const [first, second, third] = value;\n  if (typeof first === 'number') return new Response('', first, second);\n  const body = toJson(first);\n  return typeof second === 'number' ? new Response(body, second, third) : new Response(body, 200, second);\n}",
      needs: ['Untyped', 'toJson', 'first'],
    },
    toJson: {
      text: "/** What Python's `json` makes of dictionaries with keys of any kind. */\nexport function toJson(value: Untyped): Untyped {\n  if (Array.isArray(value)) return value.map(toJson);\n  if (value instanceof Map || isPlain(value)) {\n    return Object.fromEntries(entries(value).map(([key, item]) => [String(key), toJson(item)]));\n  }\n  return value;\n}",
      needs: ['Untyped', 'entries', 'isPlain'],
    },
    dumps: {
      text: "/** What Python's `json.dumps()` writes, to the letter: for what is read as text, signed or measured. */\nexport function dumps(\n  value: Untyped,\n  {\n    indent,\n    sortKeys = false,\n    ensureAscii = true,\n    separators,\n  }: { indent?: number; sortKeys?: boolean; ensureAscii?: boolean; separators?: readonly string[] } = {},\n): string {\n  const [comma = ', ', colon = ': '] = separators ?? [indent === undefined ? ', ' : ',', ': '];\n  const quoted = (text: string) =>\n    ensureAscii\n      ? JSON.stringify(text).replace(\n          /[\\u0080-\\uffff]/g,\n          (unit) => `\\\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,\n        )\n      : JSON.stringify(text);\n  const around = (open: string, items: string[], close: string, depth: number): string => {\n    if (indent === undefined || items.length === 0) return open + items.join(comma) + close;\n    const line = (level: number) => `\\n${' '.repeat(indent * level)}`;\n    return open + line(depth + 1) + items.join(comma + line(depth + 1)) + line(depth) + close;\n  };\n  const write = (item: Untyped, depth: number): string => {\n    if (item === null || item === undefined) return 'null';\n    if (typeof item === 'string') return quoted(item);\n    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);\n    if (Array.isArray(item))\n      return around(\n        '[',\n        item.map((each) => write(each, depth + 1)),\n        ']',\n        depth,\n      );\n    if (item instanceof Map || isPlain(item)) {\n      const pairs = entries(item).map(([key, each]) => [String(key), each] as const);\n      if (sortKeys) pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));\n      const items = pairs.map(([key, each]) => quoted(key) + colon + write(each, depth + 1));\n      return around('{', items, '}', depth);\n    }\n    return typeof item.toJSON === 'function' ? write(item.toJSON(), depth) : JSON.stringify(item);\n  };\n  return write(value, 0);\n}",
      needs: ['Untyped', 'entries', 'isPlain'],
    },
    TextFile: {
      text: "/** Python's `open()` for text. Close it, or leave that to `finally`. */\nexport class TextFile {\n  readonly #descriptor: number;\n  #rest: string | undefined;\n\n  constructor(path: string, mode = 'r') {\n    this.#descriptor = openSync(path, mode.replace(/[bt]/g, ''));\n  }\n\n  read(): string {\n    this.#rest ??= readFileSync(this.#descriptor, 'utf8');\n    const text = this.#rest;\n    this.#rest = '';\n    return text;\n  }\n\n  readline(): string {\n    this.#rest ??= readFileSync(this.#descriptor, 'utf8');\n    const end = this.#rest.indexOf('\\n') + 1 || this.#rest.length;\n    const line = this.#rest.slice(0, end);\n    this.#rest = this.#rest.slice(end);\n    return line;\n  }\n\n  readlines(): string[] {\n    const text = this.read();\n    return text === '' ? [] : (text.match(/[^\\n]*\\n|[^\\n]+$/g) ?? []);\n  }\n\n  write(text: string): number {\n    writeSync(this.#descriptor, text);\n    return text.length;\n  }\n\n  /** Nothing waits to be written. */\n  flush(): void {}\n\n  close(): void {\n    closeSync(this.#descriptor);\n  }\n\n  [Symbol.iterator](): Iterator<string> {\n    return this.readlines()[Symbol.iterator]();\n  }\n}",
      needs: [],
    },
    BinaryFile: {
      text: "/** Python's `open()` for bytes. */\nexport class BinaryFile {\n  readonly #descriptor: number;\n\n  constructor(path: string, mode = 'rb') {\n    this.#descriptor = openSync(path, mode.replace('b', ''));\n  }\n\n  read(length = -1): Uint8Array {\n    if (length < 0) return readFileSync(this.#descriptor);\n    const buffer = new Uint8Array(length);\n    return buffer.subarray(0, readSync(this.#descriptor, buffer));\n  }\n\n  write(bytes: Uint8Array): number {\n    return writeSync(this.#descriptor, bytes);\n  }\n\n  /** Nothing waits to be written. */\n  flush(): void {}\n\n  close(): void {\n    closeSync(this.#descriptor);\n  }\n}",
      needs: [],
    },
    StringIO: {
      text: "/** Python's `io.StringIO`. */\nexport class StringIO {\n  #text: string;\n  #at = 0;\n\n  constructor(text = '') {\n    this.#text = text;\n  }\n\n  write(text: string): number {\n    this.#text = this.#text.slice(0, this.#at) + text + this.#text.slice(this.#at + text.length);\n    this.#at += text.length;\n    return text.length;\n  }\n\n  getvalue(): string {\n    return this.#text;\n  }\n\n  read(): string {\n    const text = this.#text.slice(this.#at);\n    this.#at = this.#text.length;\n    return text;\n  }\n\n  readline(): string {\n    const end = this.#text.indexOf('\\n', this.#at) + 1 || this.#text.length;\n    const line = this.#text.slice(this.#at, end);\n    this.#at = end;\n    return line;\n  }\n\n  seek(at: number): void {\n    this.#at = at;\n  }\n\n  close(): void {\n    this.#text = '';\n  }\n\n  *[Symbol.iterator](): Generator<string, void> {\n    for (let line = this.readline(); line !== ''; line = this.readline()) yield line;\n  }\n}",
      needs: ['at'],
    },
    untilStop: {
      text: '/** What `__next__` gives, until it raises `StopIteration`. */\nexport function* untilStop<T>(next: () => T): Generator<T, void> {\n  try {\n    while (true) yield next();\n  } catch (error) {\n    if (!(error instanceof StopIteration)) throw error;\n  }\n}',
      needs: ['StopIteration'],
    },
    untilStopAsync: {
      text: '/** What `__anext__` gives, until it raises `StopAsyncIteration`. */\nexport async function* untilStopAsync<T>(next: () => Promise<T>): AsyncGenerator<T, void> {\n  try {\n    while (true) yield await next();\n  } catch (error) {\n    if (!(error instanceof StopIteration)) throw error;\n  }\n}',
      needs: ['StopIteration'],
    },
    sliceOf: {
      text: "/** Python's `itertools.islice()`: some of what may have no end. */\nexport function sliceOf<T>(items: Iterable<T>, start: number, stop: number): T[] {\n  const list: T[] = [];\n  if (stop <= 0) return list;\n  let at = 0;\n  for (const item of items) {\n    if (at >= start) list.push(item);\n    at++;\n    if (at >= stop) break;\n  }\n  return list;\n}",
      needs: ['at'],
    },
    groupBy: {
      text: "/** Python's `itertools.groupby()`: what comes one after the other with the same key. */\nexport function groupBy<T>(\n  items: Iterable<T>,\n  key: (item: T) => Untyped = (item) => item,\n): [key: Untyped, group: T[]][] {\n  const groups: [Untyped, T[]][] = [];\n  for (const item of items) {\n    const value = key(item);\n    const last = groups.at(-1);\n    if (last && equal(last[0], value)) last[1].push(item);\n    else groups.push([value, [item]]);\n  }\n  return groups;\n}",
      needs: ['Untyped', 'equal'],
    },
    accumulate: {
      text: "/** Python's `itertools.accumulate()`. */\nexport function accumulate(\n  items: Iterable<Untyped>,\n  by: (a: Untyped, b: Untyped) => Untyped = (a, b) => a + b,\n): Untyped[] {\n  const list: Untyped[] = [];\n  for (const item of items) list.push(list.length === 0 ? item : by(list.at(-1), item));\n  return list;\n}",
      needs: ['Untyped'],
    },
    takeWhile: {
      text: "/** Python's `itertools.takewhile()`. */\nexport function takeWhile<T>(test: (item: T) => unknown, items: Iterable<T>): T[] {\n  const list: T[] = [];\n  for (const item of items) {\n    if (!test(item)) break;\n    list.push(item);\n  }\n  return list;\n}",
      needs: [],
    },
    dropWhile: {
      text: "/** Python's `itertools.dropwhile()`. */\nexport function dropWhile<T>(test: (item: T) => unknown, items: Iterable<T>): T[] {\n  const list = [...items];\n  const first = list.findIndex((item) => !test(item));\n  return first < 0 ? [] : list.slice(first);\n}",
      needs: ['first'],
    },
    zipLongest: {
      text: "/** Python's `itertools.zip_longest()`. */\nexport function zipLongest(fill: Untyped, ...lists: Iterable<Untyped>[]): Untyped[][] {\n  const arrays = lists.map((list) => [...list]);\n  const length = Math.max(0, ...arrays.map((list) => list.length));\n  return Array.from({ length }, (_, i) => arrays.map((list) => (i < list.length ? list[i] : fill)));\n}",
      needs: ['Untyped'],
    },
    product: {
      text: "/** Python's `itertools.product()`. */\nexport function product(...lists: Iterable<Untyped>[]): Untyped[][] {\n  return lists.reduce<Untyped[][]>(\n    (done, list) => done.flatMap((start) => [...list].map((item) => [...start, item])),\n    [[]],\n  );\n}",
      needs: ['Untyped'],
    },
    permutations: {
      text: "/** Python's `itertools.permutations()`. */\nexport function permutations<T>(items: Iterable<T>, length?: number): T[][] {\n  const list = [...items];\n  if (length === 0) return [[]];\n  return list.flatMap((item, i) =>\n    permutations([...list.slice(0, i), ...list.slice(i + 1)], (length ?? list.length) - 1).map((rest) => [\n      item,\n      ...rest,\n    ]),\n  );\n}",
      needs: [],
    },
    combinations: {
      text: "/** Python's `itertools.combinations()`. */\nexport function combinations<T>(items: Iterable<T>, length: number): T[][] {\n  if (length === 0) return [[]];\n  const list = [...items];\n  return list.flatMap((item, i) =>\n    combinations(list.slice(i + 1), length - 1).map((rest) => [item, ...rest]),\n  );\n}",
      needs: [],
    },
    pairwise: {
      text: "/** Python's `itertools.pairwise()`. */\nexport function pairwise<T>(items: Iterable<T>): [T, T][] {\n  const list = [...items];\n  return list.slice(1).map((item, i) => [list[i] as T, item]);\n}",
      needs: [],
    },
    cycle: {
      text: "/** Python's `itertools.cycle()`. */\nexport function* cycle<T>(items: Iterable<T>): Generator<T, void> {\n  const list = [...items];\n  while (list.length > 0) yield* list;\n}",
      needs: [],
    },
    median: {
      text: "/** Python's `statistics.median()`. */\nexport function median(numbers: Iterable<number>): number {\n  const list = [...numbers].sort((a, b) => a - b);\n  const half = Math.floor(list.length / 2);\n  const [low, high] = [list[list.length % 2 === 0 ? half - 1 : half] as number, list[half] as number];\n  return (low + high) / 2;\n}",
      needs: [],
    },
    first: {
      text: "/** Python's `next(iterator, default)`. */\nexport function first<T, D>(items: Iterable<T>, fallback: D): T | D {\n  for (const item of items) return item;\n  return fallback;\n}",
      needs: [],
    },
    Context: {
      text: '/** What `contextlib.contextmanager` makes of a generator: `with` runs it up to its `yield`, and later to its end. */\nexport class Context<T> {\n  readonly #steps: Generator<T, unknown, unknown>;\n\n  constructor(steps: Generator<T, unknown, unknown>) {\n    this.#steps = steps;\n  }\n\n  enter(): T {\n    return this.#steps.next().value as T;\n  }\n\n  /** True where the generator has dealt with the error. */\n  exit(_type: unknown, error: unknown, _traceback: unknown): boolean {\n    if (error === null) return Boolean(this.#steps.next().done);\n    return Boolean(this.#steps.throw(error).done);\n  }\n}',
      needs: [],
    },
    AsyncContext: {
      text: '/** What `contextlib.asynccontextmanager` makes of a generator. */\nexport class AsyncContext<T> {\n  readonly #steps: AsyncGenerator<T, unknown, unknown>;\n\n  constructor(steps: AsyncGenerator<T, unknown, unknown>) {\n    this.#steps = steps;\n  }\n\n  async enter(): Promise<T> {\n    return (await this.#steps.next()).value as T;\n  }\n\n  /** True where the generator has dealt with the error. */\n  async exit(_type: unknown, error: unknown, _traceback: unknown): Promise<boolean> {\n    if (error === null) return Boolean((await this.#steps.next()).done);\n    return Boolean((await this.#steps.throw(error)).done);\n  }\n}',
      needs: [],
    },
    SIZES: {
      text: "/** How long the values are that the letters of Python's `struct` stand for. */\nconst SIZES: Readonly<Record<string, number>> = {\n  x: 1,\n  c: 1,\n  b: 1,\n  B: 1,\n  '?': 1,\n  h: 2,\n  H: 2,\n  i: 4,\n  I: 4,\n  l: 4,\n  L: 4,\n  q: 8,\n  Q: 8,\n  f: 4,\n  d: 8,\n};",
      needs: [],
    },
    layout: {
      text: "/** The parts of a format, each with its place. Without one of `<>!=` in front, values stand where their size divides, as in C. */\nfunction layout(format: string): {\n  parts: { letter: string; count: number; at: number }[];\n  size: number;\n  little: boolean;\n} {\n  const isAligned = !/^[<>!=]/.test(format);\n  const parts: { letter: string; count: number; at: number }[] = [];\n  let size = 0;\n  for (const [, digits = '', letter = ''] of format.replace(/^[@=<>!]/, '').matchAll(/(\\d*)([a-zA-Z?])/g)) {\n    const count = digits === '' ? 1 : Number(digits);\n    const each = letter === 's' ? count : SIZES[letter];\n    if (each === undefined) throw new ValueError(`bad char in struct format: ${letter}`);\n    for (let i = 0; i < (letter === 's' ? 1 : count); i++) {\n      if (isAligned && letter !== 's') size = Math.ceil(size / each) * each;\n      if (letter !== 'x') parts.push({ letter, count, at: size });\n      size += each;\n    }\n  }\n  return { parts, size, little: !/^[>!]/.test(format) };\n}",
      needs: ['ValueError', 'format', 'count', 'SIZES'],
    },
    structSize: {
      text: "/** Python's `struct.calcsize()`. */\nexport function structSize(format: string): number {\n  return layout(format).size;\n}",
      needs: ['format', 'layout'],
    },
    pack: {
      text: "/** Python's `struct.pack()`. */\nexport function pack(format: string, ...values: Untyped[]): Uint8Array {\n  const { parts, size, little } = layout(format);\n  if (parts.length !== values.length)\n    throw new ValueError(`pack expected ${parts.length} items for packing (got ${values.length})`);\n  const bytes = new Uint8Array(size);\n  const view = new DataView(bytes.buffer);\n  for (const [i, { letter, count, at }] of parts.entries()) {\n    const value = values[i];\n    if (letter === 's' || letter === 'c') bytes.set((value as Uint8Array).subarray(0, count), at);\n    else if (letter === 'f') view.setFloat32(at, value, little);\n    else if (letter === 'd') view.setFloat64(at, value, little);\n    else if (/[qQ]/.test(letter)) view.setBigInt64(at, BigInt(value), little);\n    else if (/[hH]/.test(letter)) view.setInt16(at, value, little);\n    else if (/[iIlL]/.test(letter)) view.setInt32(at, value, little);\n    else view.setInt8(at, Number(value));\n  }\n  return bytes;\n}",
      needs: ['Untyped', 'ValueError', 'at', 'format', 'count', 'layout'],
    },
    unpack: {
      text: "/** Python's `struct.unpack()` and `struct.unpack_from()`. */\nexport function unpack(format: string, bytes: Uint8Array, offset = 0): Untyped[] {\n  const { parts, size, little } = layout(format);\n  if (bytes.length < offset + size) throw new ValueError(`unpack requires a buffer of ${size} bytes`);\n  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);\n  return parts.map(({ letter, count, at }) => {\n    switch (letter) {\n      case 's':\n      case 'c':\n        return bytes.slice(offset + at, offset + at + count);\n      case 'b':\n        return view.getInt8(at);\n      case '?':\n        return view.getUint8(at) !== 0;\n      case 'h':\n        return view.getInt16(at, little);\n      case 'H':\n        return view.getUint16(at, little);\n      case 'i':\n      case 'l':\n        return view.getInt32(at, little);\n      case 'I':\n      case 'L':\n        return view.getUint32(at, little);\n      case 'q':\n        return Number(view.getBigInt64(at, little));\n      case 'Q':\n        return Number(view.getBigUint64(at, little));\n      case 'f':\n        return view.getFloat32(at, little);\n      case 'd':\n        return view.getFloat64(at, little);\n      default:\n        return view.getUint8(at);\n    }\n  });\n}",
      needs: ['Untyped', 'ValueError', 'at', 'format', 'count', 'layout'],
    },
    crc32: {
      text: "/** Python's `zlib.crc32()`. */\nexport function crc32(bytes: Uint8Array, start = 0): number {\n  let crc = ~start;\n  for (const byte of bytes) {\n    crc ^= byte;\n    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);\n  }\n  return ~crc >>> 0;\n}",
      needs: [],
    },
    CsvWriter: {
      text: "/** Python's `csv.writer()`. */\nexport class CsvWriter {\n  readonly #file: { write(text: string): unknown };\n  readonly #delimiter: string;\n\n  constructor(file: { write(text: string): unknown }, { delimiter = ',' }: { delimiter?: string } = {}) {\n    this.#file = file;\n    this.#delimiter = delimiter;\n  }\n\n  writerow(values: Iterable<unknown>): void {\n    const quoted = Array.from(values, (value) => {\n      const text = value == null ? '' : str(value);\n      return text.includes(this.#delimiter) || /[\"\\r\\n]/.test(text)\n        ? `\"${text.replaceAll('\"', '\"\"')}\"`\n        : text;\n    });\n    this.#file.write(`${quoted.join(this.#delimiter)}\\r\\n`);\n  }\n\n  writerows(rows: Iterable<Iterable<unknown>>): void {\n    for (const row of rows) this.writerow(row);\n  }\n}",
      needs: ['str'],
    },
    CsvDictWriter: {
      text: "/** Python's `csv.DictWriter()`. */\nexport class CsvDictWriter {\n  readonly #rows: CsvWriter;\n  readonly #names: readonly string[];\n\n  constructor(\n    file: { write(text: string): unknown },\n    names: readonly string[],\n    options: { delimiter?: string } = {},\n  ) {\n    this.#rows = new CsvWriter(file, options);\n    this.#names = names;\n  }\n\n  writeheader(): void {\n    this.#rows.writerow(this.#names);\n  }\n\n  writerow(row: Untyped): void {\n    this.#rows.writerow(this.#names.map((name) => row[name] ?? ''));\n  }\n\n  writerows(rows: Iterable<Untyped>): void {\n    for (const row of rows) this.writerow(row);\n  }\n}",
      needs: ['Untyped', 'CsvWriter'],
    },
    csvRows: {
      text: "/** Python's `csv.reader()`. */\nexport function csvRows(\n  lines: Iterable<string>,\n  { delimiter = ',' }: { delimiter?: string } = {},\n): string[][] {\n  const rows: string[][] = [];\n  let [row, field, isQuoted]: [string[], string, boolean] = [[], '', false];\n  for (const line of lines) {\n    const text = line.replace(/\\r?\\n$/, '');\n    if (text === '' && !isQuoted) continue;\n    for (let i = 0; i < text.length; i++) {\n      const character = text[i] as string;\n      if (isQuoted && character === '\"' && text[i + 1] === '\"') field += text[++i];\n      else if (character === '\"') isQuoted = !isQuoted;\n      else if (character === delimiter && !isQuoted) {\n        row.push(field);\n        field = '';\n      } else field += character;\n    }\n    if (isQuoted) field += '\\n';\n    else {\n      rows.push([...row, field]);\n      [row, field] = [[], ''];\n    }\n  }\n  return rows;\n}",
      needs: [],
    },
    csvRecords: {
      text: "/** Python's `csv.DictReader()`. */\nexport function csvRecords(\n  lines: Iterable<string>,\n  options: { delimiter?: string } = {},\n): Record<string, string>[] {\n  const [names = [], ...rows] = csvRows(lines, options);\n  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));\n}",
      needs: ['csvRows'],
    },
    ArgumentOptions: {
      text: 'interface ArgumentOptions {\n  default?: Untyped;\n  type?: (text: string) => unknown;\n  action?: string;\n  dest?: string;\n  required?: boolean;\n  help?: string;\n}',
      needs: ['Untyped'],
    },
    ArgumentParser: {
      text: "/** Python's `argparse.ArgumentParser`: options with a value, flags, and arguments by their places. */\nexport class ArgumentParser {\n  readonly #known: { names: string[]; key: string; options: ArgumentOptions }[] = [];\n\n  addArgument(names: string[], options: ArgumentOptions = {}): void {\n    const long = names.find((name) => name.startsWith('--')) ?? (names[0] as string);\n    const key = options.dest ?? long.replace(/^-+/, '').replaceAll('-', '_');\n    this.#known.push({\n      names,\n      key: key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),\n      options,\n    });\n  }\n\n  parseArgs(given: readonly string[] = process.argv.slice(2)): Untyped {\n    const result: Record<string, unknown> = {};\n    const isFlag = ({ action }: ArgumentOptions) => /^store_(true|false)$/.test(action ?? '');\n    for (const { key, options } of this.#known)\n      result[key] = options.default ?? (isFlag(options) ? options.action === 'store_false' : null);\n    const places = this.#known.filter(({ names }) => !names[0]?.startsWith('-'));\n    for (let i = 0; i < given.length; i++) {\n      const [name, inline] = (given[i] as string).split(/=(.*)/s) as [string, string?];\n      const found = name.startsWith('-')\n        ? this.#known.find(({ names }) => names.includes(name))\n        : places.shift();\n      if (!found) this.#fail(`unrecognized arguments: ${given[i]}`);\n      const { key, options } = found;\n      if (name.startsWith('-') && isFlag(options)) result[key] = options.action === 'store_true';\n      else {\n        const text = name.startsWith('-') ? (inline ?? given[++i]) : given[i];\n        if (text === undefined) this.#fail(`argument ${name}: expected one argument`);\n        result[key] = options.type ? options.type(text) : text;\n      }\n    }\n    return result;\n  }\n\n  #fail(message: string): never {\n    console.error(`error: ${message}`);\n    process.exit(2);\n  }\n}",
      needs: ['Untyped', 'ArgumentOptions'],
    },
    boundedList: {
      text: "/** Python's `deque(maxlen=...)`: what is one too many falls out at the other end. */\nexport function boundedList<T>(most: number, items: Iterable<T> = []): T[] {\n  return new BoundedList(most, items);\n}",
      needs: ['BoundedList'],
    },
    BoundedList: {
      text: 'class BoundedList<T> extends Array<T> {\n  // What is made of it, by `slice` and its like, is a list without bounds.\n  static override get [Symbol.species](): ArrayConstructor {\n    return Array;\n  }\n\n  readonly #most: number;\n\n  constructor(most: number, items: Iterable<T>) {\n    super();\n    this.#most = most;\n    this.push(...items);\n  }\n\n  override push(...items: T[]): number {\n    super.push(...items);\n    if (this.length > this.#most) super.splice(0, this.length - this.#most);\n    return this.length;\n  }\n\n  override unshift(...items: T[]): number {\n    super.unshift(...items);\n    if (this.length > this.#most) super.splice(this.#most);\n    return this.length;\n  }\n}',
      needs: ['and', 'get', 'slice'],
    },
    sample: {
      text: "/** Python's `random.sample()`. */\nexport function sample<T>(items: Iterable<T>, count: number): T[] {\n  const list = [...items];\n  for (let i = 0; i < count; i++) {\n    const other = i + Math.floor(Math.random() * (list.length - i));\n    [list[i], list[other]] = [list[other] as T, list[i] as T];\n  }\n  return list.slice(0, count);\n}",
      needs: ['count'],
    },
    choices: {
      text: "/** Python's `random.choices()`. */\nexport function choices<T>(items: Iterable<T>, count: number): T[] {\n  const list = [...items];\n  return Array.from({ length: count }, () => list[Math.floor(Math.random() * list.length)] as T);\n}",
      needs: ['count'],
    },
    countFrom: {
      text: "/** Python's `itertools.count()`. */\nexport function* countFrom(start = 0, step = 1): Generator<number, never> {\n  for (let number = start; ; number += step) yield number;\n}",
      needs: [],
    },
    mean: {
      text: "/** Python's `statistics.mean()`. */\nexport function mean(numbers: Iterable<number>): number {\n  const list = [...numbers];\n  return list.reduce((sum, number) => sum + number, 0) / list.length;\n}",
      needs: ['sum'],
    },
    replaceFields: {
      text: "/** Python's `dataclasses.replace()` and `_replace()` of named tuples: a copy with some fields changed. */\nexport function replaceFields<T extends object>(object: T, changes: Partial<T>): T {\n  return Object.assign(Object.create(Object.getPrototypeOf(object)), object, changes);\n}",
      needs: [],
    },
    quoteUrl: {
      text: "/** Python's `urllib.parse.quote()`. */\nexport function quoteUrl(text: string, safe = '/'): string {\n  return encodeURIComponent(text)\n    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)\n    .replace(/%[0-9A-F]{2}/g, (code) => {\n      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));\n      return character < '\\x80' && safe.includes(character) ? character : code;\n    });\n}",
      needs: [],
    },
    quotePlus: {
      text: "/** Python's `urllib.parse.quote_plus()`. */\nexport function quotePlus(text: string): string {\n  return quoteUrl(text, '').replaceAll('%20', '+');\n}",
      needs: ['quoteUrl'],
    },
    unquote: {
      text: "/** Python's `urllib.parse.unquote()`: what is no code stays as it is. */\nexport function unquote(text: string): string {\n  const decoder = new TextDecoder();\n  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>\n    decoder.decode(Uint8Array.from(codes.slice(1).split('%'), (code) => Number.parseInt(code, 16))),\n  );\n}",
      needs: [],
    },
    unquotePlus: {
      text: "/** Python's `urllib.parse.unquote_plus()`. */\nexport function unquotePlus(text: string): string {\n  return unquote(text.replaceAll('+', ' '));\n}",
      needs: ['unquote'],
    },
    encodeQuery: {
      text: "/** Python's `urllib.parse.urlencode()`. */\nexport function encodeQuery(pairs: Iterable<readonly [unknown, unknown]>): string {\n  return Array.from(pairs, ([name, value]) => `${quotePlus(String(name))}=${quotePlus(String(value))}`).join(\n    '&',\n  );\n}",
      needs: ['quotePlus'],
    },
    parseQuery: {
      text: "/** Python's `urllib.parse.parse_qs()`. */\nexport function parseQuery(text: string): Record<string, string[]> {\n  const found: Record<string, string[]> = {};\n  for (const part of text.split('&')) {\n    const [name = '', ...value] = part.split('=');\n    if (value.join('=') === '') continue;\n    found[unquotePlus(name)] ??= [];\n    found[unquotePlus(name)]?.push(unquotePlus(value.join('=')));\n  }\n  return found;\n}",
      needs: ['unquotePlus'],
    },
    UrlParts: {
      text: "/** The parts of a URL, as Python's `urllib.parse.urlparse()` has them. */\nexport interface UrlParts {\n  readonly scheme: string;\n  readonly netloc: string;\n  readonly path: string;\n  readonly query: string;\n  readonly fragment: string;\n  readonly hostname: string | null;\n  readonly port: number | null;\n}",
      needs: [],
    },
    parseUrl: {
      text: "/** Python's `urllib.parse.urlparse()`, which takes everything for a URL. */\nexport function parseUrl(url: string): UrlParts {\n  const [, scheme = '', netloc = '', path = '', query = '', fragment = ''] =\n    /^(?:([a-z][a-z0-9+.-]*):)?(?:\\/\\/([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$/is.exec(url) ?? [];\n  const [, hostname = '', port] = /^(?:.*@)?(\\[.*\\]|[^:]*)(?::(\\d*))?$/.exec(netloc) ?? [];\n  return {\n    scheme: scheme.toLowerCase(),\n    netloc,\n    path,\n    query,\n    fragment,\n    hostname: hostname === '' ? null : hostname.toLowerCase().replace(/^\\[(.*)\\]$/, '$1'),\n    port: port ? Number(port) : null,\n  };\n}",
      needs: ['UrlParts'],
    },
    compareDigest: {
      text: "/** Python's `hmac.compare_digest()`: takes as long where the two differ as where they do not. */\nexport function compareDigest(left: string | Uint8Array, right: string | Uint8Array): boolean {\n  const [a, b] = [Buffer.from(left as string), Buffer.from(right as string)];\n  return a.length === b.length && timingSafeEqual(a, b);\n}",
      needs: [],
    },
    unescapeHtml: {
      text: "/** Python's `html.unescape()`, of the references that `escape()` makes and of those by number. */\nexport function unescapeHtml(text: string): string {\n  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '\"', apos: \"'\", nbsp: '\\xa0' };\n  return text.replace(/&(?:#x([0-9a-f]+)|#(\\d+)|(\\w+));/gi, (whole, hex, decimal, name) => {\n    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));\n    return decimal ? String.fromCodePoint(Number(decimal)) : (named[name] ?? whole);\n  });\n}",
      needs: ['named'],
    },
    localtime: {
      text: "/** Python's `time.localtime()`: year, month, day, hour, minute, second, weekday, day of the year, daylight saving. */\nexport function localtime(seconds: number = Date.now() / 1000): number[] {\n  const date = new Date(seconds * 1000);\n  const start = new Date(date.getFullYear(), 0, 1);\n  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate());\n  return [\n    date.getFullYear(),\n    date.getMonth() + 1,\n    date.getDate(),\n    date.getHours(),\n    date.getMinutes(),\n    date.getSeconds(),\n    weekday(date),\n    Math.round((day.getTime() - start.getTime()) / 86_400_000) + 1,\n    0,\n  ];\n}",
      needs: ['weekday'],
    },
    gmtime: {
      text: "/** Python's `time.gmtime()`. */\nexport function gmtime(seconds: number = Date.now() / 1000): number[] {\n  return localtime(seconds + new Date(seconds * 1000).getTimezoneOffset() * 60);\n}",
      needs: ['localtime'],
    },
    fromTimeTuple: {
      text: '/** The time that `localtime()` took apart. */\nexport function fromTimeTuple(parts: readonly number[]): Date {\n  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;\n  return new Date(year, month - 1, day, hour, minute, second);\n}',
      needs: [],
    },
    utcNow: {
      text: "/** Python's `datetime.utcnow()`: the time in Greenwich, as if it were the one here. */\nexport function utcNow(): Date {\n  const now = new Date();\n  return new Date(now.getTime() + now.getTimezoneOffset() * 60_000);\n}",
      needs: [],
    },
    dayOf: {
      text: "/** Python's `datetime.date()`: the day of a time, at midnight. */\nexport function dayOf(date: Date): Date {\n  return new Date(date.getFullYear(), date.getMonth(), date.getDate());\n}",
      needs: [],
    },
    addSeconds: {
      text: '/** A day and whole days: clocks that are put forward or back on the way do not count. */\nexport function addSeconds(date: Date, seconds: number): Date {\n  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + Math.floor(seconds / 86400));\n}',
      needs: [],
    },
    utcDay: {
      text: "/** Python's `datetime.date()` of a time in UTC. */\nexport function utcDay(date: Date): Date {\n  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());\n}",
      needs: [],
    },
    isoUtc: {
      text: "/** Python's `datetime.isoformat()` of a time in UTC that knows its zone. */\nexport function isoUtc(date: Date, separator = 'T'): string {\n  const [whole = '', fraction = ''] = date.toISOString().replace('Z', '').split('.');\n  return `${whole.replace('T', separator)}${fraction === '000' ? '' : `.${fraction}000`}+00:00`;\n}",
      needs: [],
    },
    isoDay: {
      text: "/** Python's `date.isoformat()`. */\nexport function isoDay(date: Date): string {\n  const two = (number: number) => String(number).padStart(2, '0');\n  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;\n}",
      needs: [],
    },
    weekday: {
      text: "/** Python's `date.weekday()`: Monday is 0. */\nexport function weekday(date: Date): number {\n  return (date.getDay() + 6) % 7;\n}",
      needs: [],
    },
    strptime: {
      text: "/** Python's `datetime.strptime()`, with the codes for numbers. */\nexport function strptime(text: string, format: string): Date {\n  const codes: Record<string, string> = {\n    Y: '\\\\d{4}',\n    m: '\\\\d\\\\d?',\n    d: '\\\\d\\\\d?',\n    H: '\\\\d\\\\d?',\n    M: '\\\\d\\\\d?',\n    S: '\\\\d\\\\d?',\n    f: '\\\\d{1,6}',\n    y: '\\\\d\\\\d',\n  };\n  const order: string[] = [];\n  const pattern = format.replace(/%(.)|[.*+?^${}()|[\\]\\\\/-]/g, (whole, code?: string) => {\n    if (code === undefined) return `\\\\${whole}`;\n    if (code === '%') return '%';\n    if (!codes[code]) throw new ValueError(`'${code}' is a bad directive in format '${format}'`);\n    order.push(code);\n    return `(${codes[code]})`;\n  });\n  const match = new RegExp(`^${pattern}$`).exec(text);\n  if (!match) throw new ValueError(`time data '${text}' does not match format '${format}'`);\n  const part = (code: string, otherwise: number) => {\n    const at = order.indexOf(code);\n    return at < 0 ? otherwise : Number(match[at + 1]);\n  };\n  const short = part('y', 0);\n  const year = order.includes('y') ? short + (short < 69 ? 2000 : 1900) : part('Y', 1900);\n  const fraction = order.includes('f')\n    ? Number((match[order.indexOf('f') + 1] as string).padEnd(3, '0').slice(0, 3))\n    : 0;\n  const date = new Date(\n    year,\n    part('m', 1) - 1,\n    part('d', 1),\n    part('H', 0),\n    part('M', 0),\n    part('S', 0),\n    fraction,\n  );\n  if (date.getMonth() !== part('m', 1) - 1 || date.getDate() !== part('d', 1))\n    throw new ValueError('day is out of range for month');\n  return date;\n}",
      needs: ['ValueError', 'at', 'range', 'format'],
    },
    replaceParts: {
      text: "/** Python's `date.replace()`: a copy with some parts changed. */\nexport function replaceParts(\n  date: Date,\n  parts: {\n    year?: number;\n    month?: number;\n    day?: number;\n    hour?: number;\n    minute?: number;\n    second?: number;\n    microsecond?: number;\n  },\n): Date {\n  return new Date(\n    parts.year ?? date.getFullYear(),\n    (parts.month ?? date.getMonth() + 1) - 1,\n    parts.day ?? date.getDate(),\n    parts.hour ?? date.getHours(),\n    parts.minute ?? date.getMinutes(),\n    parts.second ?? date.getSeconds(),\n    parts.microsecond === undefined ? date.getMilliseconds() : parts.microsecond / 1000,\n  );\n}",
      needs: [],
    },
    spanText: {
      text: "/** A span of time, in seconds, as Python's `str()` has it: `2 days, 3:00:00`. */\nexport function spanText(seconds: number): string {\n  const days = Math.floor(seconds / 86400);\n  const rest = seconds - days * 86400;\n  const two = (number: number) => String(number).padStart(2, '0');\n  const fraction = Math.round((rest % 1) * 1e6);\n  const time = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(Math.floor(rest) % 60)}`;\n  const whole = fraction === 0 ? time : `${time}.${String(fraction).padStart(6, '0')}`;\n  return days === 0 ? whole : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${whole}`;\n}",
      needs: [],
    },
    attributeName: {
      text: '/** What an attribute of a Python object is called here. */\nexport function attributeName(name: string): string {\n  return /[a-z]/.test(name)\n    ? name.replace(/(?<=[^_])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())\n    : name;\n}',
      needs: [],
    },
    setAttribute: {
      text: "/** Python's `setattr()`, with a name that is only known at run time. */\nexport function setAttribute(object: Untyped, name: string, value: unknown): void {\n  object[attributeName(name)] = value;\n}",
      needs: ['Untyped', 'attributeName'],
    },
    getAttribute: {
      text: "/** Python's `getattr()`, with a name that is only known at run time. */\nexport function getAttribute(object: Untyped, name: string, fallback?: Untyped): Untyped {\n  const value = object[attributeName(name)];\n  if (value === undefined && fallback === undefined) throw new TypeError(`there is no attribute '${name}'`);\n  return value ?? fallback ?? null;\n}",
      needs: ['Untyped', 'attributeName'],
    },
    named: {
      text: "/** A function with the name that it has in Python, for what asks for its `__name__`. */\nexport function named<T extends object>(name: string, f: T): T {\n  return Object.defineProperty(f, 'name', { value: name });\n}",
      needs: [],
    },
    isInstance: {
      text: "/** Python's `isinstance()`, with a type that is only known at run time, or with several of them. */\nexport function isInstance(value: unknown, type: Untyped): boolean {\n  if (Array.isArray(type)) return type.some((each) => isInstance(value, each));\n  switch (type) {\n    case String:\n      return typeof value === 'string';\n    case Boolean:\n      return typeof value === 'boolean';\n    case int:\n      return Number.isInteger(value) || typeof value === 'boolean';\n    case float:\n      return typeof value === 'number';\n    case Array:\n      return Array.isArray(value);\n    case Object:\n      return isPlain(value);\n    default:\n      return value instanceof type;\n  }\n}",
      needs: ['Untyped', 'isPlain', 'int', 'float'],
    },
    typeName: {
      text: "/** Python's `type(value).__name__`. */\nexport function typeName(value: unknown): string {\n  if (value == null) return 'NoneType';\n  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';\n  if (isPlain(value) || value instanceof Map) return 'dict';\n  if (Array.isArray(value)) return 'list';\n  const names: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', function: 'function' };\n  if (value instanceof Uint8Array) return 'bytes';\n  return names[typeof value] ?? (value instanceof Set ? 'set' : (value as object).constructor.name);\n}",
      needs: ['isPlain', 'int', 'float', 'str'],
    },
    Enum: {
      text: "/** Python's `Enum`: its members are what it has of itself. */\nexport class Enum<V> {\n  readonly name: string;\n  readonly value: V;\n\n  constructor(name: string, value: V) {\n    this.name = name;\n    this.value = value;\n  }\n\n  /** All of them, in their order. */\n  static members<T>(this: new (name: string, value: never) => T): T[] {\n    return Object.values(this).filter((each) => each instanceof this);\n  }\n\n  /** The one with a value. */\n  static of<T extends Enum<unknown>>(this: new (name: string, value: never) => T, value: unknown): T {\n    for (const each of Object.values(this)) if (each instanceof this && each.value === value) return each;\n    throw new ValueError(`${typeof value === 'string' ? `'${value}'` : value} is not a valid ${this.name}`);\n  }\n\n\n  toString(): string {\n    return `${this.constructor.name}.${this.name}`;\n  }\n\n  valueOf(): V {\n    return this.value;\n  }\n\n  toJSON(): V {\n    return this.value;\n  }\n}",
      needs: ['ValueError'],
    },
    Thread: {
      text: "/** Python's `threading.Thread` and `Timer`: what it runs takes turns with everything else, at each `await`. */\nexport class Thread {\n  readonly #job: () => unknown;\n  readonly #delay: number;\n  #timer: ReturnType<typeof setTimeout> | undefined;\n  #ended: Promise<void> | undefined;\n  #isAlive = false;\n\n  constructor(job: () => unknown, seconds = 0) {\n    this.#job = job;\n    this.#delay = seconds * 1000;\n  }\n\n  start(): void {\n    this.#isAlive = true;\n    this.#ended = new Promise((resolve) => {\n      const run = async () => {\n        try {\n          await this.#job();\n        } catch (error) {\n          console.error(error);\n        }\n        this.#isAlive = false;\n        resolve();\n      };\n      this.#timer = setTimeout(run, this.#delay);\n    });\n  }\n\n  cancel(): void {\n    clearTimeout(this.#timer);\n    this.#isAlive = false;\n  }\n\n  isAlive(): boolean {\n    return this.#isAlive;\n  }\n\n  async join(): Promise<void> {\n    await this.#ended;\n  }\n}",
      needs: [],
    },
    startThread: {
      text: "/** MicroPython's `_thread.start_new_thread()`. */\nexport function startThread(job: () => unknown): void {\n  new Thread(job).start();\n}",
      needs: ['Thread'],
    },
  };
