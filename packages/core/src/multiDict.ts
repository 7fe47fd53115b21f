/** How one value of a {@link MultiDict} is read: its default, and a conversion such as `Number`. */
export interface GetOptions<T, D> {
  /** What `get` returns where the key is missing; `undefined` by default. Not converted. */
  default?: D;
  /** Applied to the value: Python's `type=int` is `type: Number`. */
  type?: (value: string) => T;
}

/**
 * The decoded names and values of a query string or of a form, each name with one value or more.
 *
 * Microdot's `MultiDict`. Iterating gives `[name, value]` for every value, names in the order in which they first
 * appeared; as JSON it is `{ name: [values] }`.
 */
export class MultiDict {
  readonly #values: Map<string, string[]> = new Map();

  constructor(entries?: Iterable<readonly [string, string]>) {
    if (entries) for (const [key, value] of entries) this.append(key, value);
  }

  /** Adds a value to those that the key has already. */
  append(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values) values.push(value);
    else this.#values.set(key, [value]);
  }

  /** The first value of a key, or the default where there is none. */
  get<T = string, D = undefined>(key: string, options?: GetOptions<T, D>): T | D {
    const value = this.#values.get(key)?.[0];
    if (value === undefined) return options?.default as D;
    return options?.type ? options.type(value) : (value as T);
  }

  /** All values of a key, none where it is missing. Microdot's `getlist`. */
  getList<T = string>(key: string, options?: { type?: (value: string) => T }): T[] {
    const values = this.#values.get(key) ?? [];
    return values.map((value) => (options?.type ? options.type(value) : (value as T)));
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** The number of different keys. */
  get size(): number {
    return this.#values.size;
  }

  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  *[Symbol.iterator](): Generator<[string, string], void, undefined> {
    for (const [key, values] of this.#values) for (const value of values) yield [key, value];
  }

  /** `{ name: [values] }`, without a prototype, so that `__proto__` is a name like any other. */
  toJSON(): Record<string, string[]> {
    const json: Record<string, string[]> = Object.create(null);
    for (const [key, values] of this.#values) json[key] = values;
    return json;
  }
}
