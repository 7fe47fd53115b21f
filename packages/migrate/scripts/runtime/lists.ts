/** Python's `deque(maxlen=...)`: what is one too many falls out at the other end. */
export function boundedList<T>(most: number, items: Iterable<T> = []): T[] {
  return new BoundedList(most, items);
}

class BoundedList<T> extends Array<T> {
  // What is made of it, by `slice` and its like, is a list without bounds.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  readonly #most: number;

  constructor(most: number, items: Iterable<T>) {
    super();
    this.#most = most;
    this.push(...items);
  }

  override push(...items: T[]): number {
    super.push(...items);
    if (this.length > this.#most) super.splice(0, this.length - this.#most);
    return this.length;
  }

  override unshift(...items: T[]): number {
    super.unshift(...items);
    if (this.length > this.#most) super.splice(this.#most);
    return this.length;
  }
}

/** Python's `random.sample()`. */
export function sample<T>(items: Iterable<T>, count: number): T[] {
  const list = [...items];
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(Math.random() * (list.length - i));
    [list[i], list[other]] = [list[other] as T, list[i] as T];
  }
  return list.slice(0, count);
}

/** Python's `random.choices()`. */
export function choices<T>(items: Iterable<T>, count: number): T[] {
  const list = [...items];
  return Array.from({ length: count }, () => list[Math.floor(Math.random() * list.length)] as T);
}

/** Python's `itertools.count()`. */
export function* countFrom(start = 0, step = 1): Generator<number, never> {
  for (let number = start; ; number += step) yield number;
}

/** Python's `statistics.mean()`. */
export function mean(numbers: Iterable<number>): number {
  const list = [...numbers];
  return list.reduce((sum, number) => sum + number, 0) / list.length;
}

/** Python's `dataclasses.replace()` and `_replace()` of named tuples: a copy with some fields changed. */
export function replaceFields<T extends object>(object: T, changes: Partial<T>): T {
  return Object.assign(Object.create(Object.getPrototypeOf(object)), object, changes);
}
