import { StopIteration } from './errors.ts';
import { equal } from './items.ts';
import type { Untyped } from './untyped.ts';

/** What `__next__` gives, until it raises `StopIteration`. */
export function* untilStop<T>(next: () => T): Generator<T, void> {
  try {
    while (true) yield next();
  } catch (error) {
    if (!(error instanceof StopIteration)) throw error;
  }
}

/** What `__anext__` gives, until it raises `StopAsyncIteration`. */
export async function* untilStopAsync<T>(next: () => Promise<T>): AsyncGenerator<T, void> {
  try {
    while (true) yield await next();
  } catch (error) {
    if (!(error instanceof StopIteration)) throw error;
  }
}

/** Python's `itertools.islice()`: some of what may have no end. */
export function sliceOf<T>(items: Iterable<T>, start: number, stop: number): T[] {
  const list: T[] = [];
  if (stop <= 0) return list;
  let at = 0;
  for (const item of items) {
    if (at >= start) list.push(item);
    at++;
    if (at >= stop) break;
  }
  return list;
}

/** Python's `itertools.groupby()`: what comes one after the other with the same key. */
export function groupBy<T>(
  items: Iterable<T>,
  key: (item: T) => Untyped = (item) => item,
): [key: Untyped, group: T[]][] {
  const groups: [Untyped, T[]][] = [];
  for (const item of items) {
    const value = key(item);
    const last = groups.at(-1);
    if (last && equal(last[0], value)) last[1].push(item);
    else groups.push([value, [item]]);
  }
  return groups;
}

/** Python's `itertools.accumulate()`. */
export function accumulate(
  items: Iterable<Untyped>,
  by: (a: Untyped, b: Untyped) => Untyped = (a, b) => a + b,
): Untyped[] {
  const list: Untyped[] = [];
  for (const item of items) list.push(list.length === 0 ? item : by(list.at(-1), item));
  return list;
}

/** Python's `itertools.takewhile()`. */
export function takeWhile<T>(test: (item: T) => unknown, items: Iterable<T>): T[] {
  const list: T[] = [];
  for (const item of items) {
    if (!test(item)) break;
    list.push(item);
  }
  return list;
}

/** Python's `itertools.dropwhile()`. */
export function dropWhile<T>(test: (item: T) => unknown, items: Iterable<T>): T[] {
  const list = [...items];
  const first = list.findIndex((item) => !test(item));
  return first < 0 ? [] : list.slice(first);
}

/** Python's `itertools.zip_longest()`. */
export function zipLongest(fill: Untyped, ...lists: Iterable<Untyped>[]): Untyped[][] {
  const arrays = lists.map((list) => [...list]);
  const length = Math.max(0, ...arrays.map((list) => list.length));
  return Array.from({ length }, (_, i) => arrays.map((list) => (i < list.length ? list[i] : fill)));
}

/** Python's `itertools.product()`. */
export function product(...lists: Iterable<Untyped>[]): Untyped[][] {
  return lists.reduce<Untyped[][]>(
    (done, list) => done.flatMap((start) => [...list].map((item) => [...start, item])),
    [[]],
  );
}

/** Python's `itertools.permutations()`. */
export function permutations<T>(items: Iterable<T>, length?: number): T[][] {
  const list = [...items];
  if (length === 0) return [[]];
  return list.flatMap((item, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)], (length ?? list.length) - 1).map((rest) => [
      item,
      ...rest,
    ]),
  );
}

/** Python's `itertools.combinations()`. */
export function combinations<T>(items: Iterable<T>, length: number): T[][] {
  if (length === 0) return [[]];
  const list = [...items];
  return list.flatMap((item, i) =>
    combinations(list.slice(i + 1), length - 1).map((rest) => [item, ...rest]),
  );
}

/** Python's `itertools.pairwise()`. */
export function pairwise<T>(items: Iterable<T>): [T, T][] {
  const list = [...items];
  return list.slice(1).map((item, i) => [list[i] as T, item]);
}

/** Python's `itertools.cycle()`. */
export function* cycle<T>(items: Iterable<T>): Generator<T, void> {
  const list = [...items];
  while (list.length > 0) yield* list;
}

/** Python's `statistics.median()`. */
export function median(numbers: Iterable<number>): number {
  const list = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(list.length / 2);
  const [low, high] = [list[list.length % 2 === 0 ? half - 1 : half] as number, list[half] as number];
  return (low + high) / 2;
}

/** Python's `next(iterator, default)`. */
export function first<T, D>(items: Iterable<T>, fallback: D): T | D {
  for (const item of items) return item;
  return fallback;
}
