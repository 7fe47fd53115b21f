import { isGenerator, Resumed } from './iterate.ts';
import { getItem } from './lookup.ts';
import { isString, isThenable } from './values.ts';

/** What has come of promises that were waited for because a path leads through them. */
const known = new WeakMap<object, { readonly value: unknown }>();

/** Reads values along one or more paths. */
export type Getter = (value: unknown) => unknown;

/** The parts of `author.name`: items, where numbers are positions. */
function partsOf(path: unknown): readonly unknown[] {
  if (!isString(path)) return [path];
  return path
    .toString()
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export interface PathOptions {
  /** What stands for a value that is undefined; null for nothing. */
  readonly fallback?: unknown;
  /** Whether what is undefined has attributes, which are undefined. */
  readonly isChainable?: boolean;
}

/** What `attribute='author.name'` reads. @throws UndefinedError where something on the way is undefined */
export function attributeGetter(path: unknown, { fallback, isChainable }: PathOptions = {}): Getter {
  const parts = partsOf(path);
  return (value) => {
    let found = settled(value);
    for (const part of parts) {
      if (found === undefined && isChainable) break;
      found = settled(getItem(found, part));
      if (found === undefined) found = fallback ?? undefined;
    }
    return found;
  };
}

function settled(value: unknown): unknown {
  if (!isThenable(value)) return value;
  const outcome = known.get(value);
  return outcome ? outcome.value : value;
}

/**
 * A list once the promises are there that `attributeGetter` meets in it: those on the path of an attribute, or of several with commas
 * between them. Whatever else its items promise is not waited for.
 */
export function settleAlong(values: unknown, path: unknown): unknown {
  const paths = isString(path) ? path.toString().split(',') : [path];
  const parts = paths.map((each) => partsOf(isString(each) ? each.toString().trim() : each));
  if (Array.isArray(values)) return settleList(values, parts);
  return isGenerator(values) ? settleRest(values, parts) : values;
}

function settleList(list: readonly unknown[], paths: readonly (readonly unknown[])[]): unknown {
  const waits = paths.flatMap((parts) => list.map((item) => settleFrom(item, parts)).filter(isThenable));
  return waits.length === 0 ? list : Promise.all(waits).then(() => list);
}

/** What comes in one by one goes on doing so, unless there is something to wait for in the first. */
function settleRest(values: IterableIterator<unknown>, paths: readonly (readonly unknown[])[]): unknown {
  const first = values.next();
  if (first.done) return values;
  const isSettled = !isThenable(settleList([first.value], paths));
  return isSettled ? new Resumed(first.value, values) : settleList([first.value, ...values], paths);
}

/** A promise where there is something to wait for. What is undefined, or fails, is for the filter to find out. */
function settleFrom(start: unknown, parts: readonly unknown[]): unknown {
  let found = start;
  for (let i = 0; ; i++) {
    if (isThenable(found)) return found.then(remember(found, parts.slice(i)));
    if (i === parts.length || typeof found !== 'object' || found === null) return undefined;
    found = getItem(found, parts[i]);
  }
}

const remember =
  (promise: object, rest: readonly unknown[]) =>
  (value: unknown): unknown => {
    known.set(promise, { value });
    return settleFrom(value, rest);
  };
