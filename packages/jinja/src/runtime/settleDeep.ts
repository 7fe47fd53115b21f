import { DictView } from './dict.ts';
import { settle } from './iterate.ts';
import type { Run } from './run.ts';
import { isMarkup, isPlainObject, isThenable, Tuple, tuple } from './values.ts';

/** How deep promises are looked for. What is printed or compared as a whole is hardly deeper. */
const DEPTH = 5;

/**
 * A value once the promises within it have come, for what takes it as a whole: output of a list, a comparison, `tojson`. Where there are
 * none, it is the value itself, and nothing is copied.
 */
export function settleDeep(run: Run, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isMarkup(value)) return value;
  const whole = settle(run, value);
  if (isThenable(whole)) return whole.then((list) => resolveDeep(list, DEPTH));
  return holdsPromise(whole, DEPTH) ? resolveDeep(whole, DEPTH) : whole;
}

function holdsPromise(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  if (isThenable(value)) return true;
  if (Array.isArray(value)) {
    for (const part of value) if (typeof part === 'object' && holdsPromise(part, depth - 1)) return true;
    return false;
  }
  if (value instanceof Map) return [...value.values()].some((part) => holdsPromise(part, depth - 1));
  if (value instanceof DictView) return holdsPromise(value.toArray(), depth - 1);
  if (!isPlainObject(value)) return false;
  for (const key in value) {
    const part = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof part === 'object' && holdsPromise(part, depth - 1)) return true;
  }
  return false;
}

async function resolveDeep(value: unknown, depth: number): Promise<unknown> {
  const known = await value;
  if (depth === 0 || !holdsPromise(known, depth)) return known;
  const resolve = (part: unknown): Promise<unknown> => resolveDeep(part, depth - 1);
  if (Array.isArray(known)) {
    const parts = await Promise.all(known.map(resolve));
    return known instanceof Tuple ? tuple(parts) : parts;
  }
  if (known instanceof DictView) return known.resolve(resolve);
  const isMap = known instanceof Map;
  const entries = await Promise.all(
    (isMap ? [...known] : Object.entries(known as object)).map(
      async ([key, part]): Promise<[unknown, unknown]> => [key, await resolve(part)],
    ),
  );
  return isMap ? new Map(entries) : Object.fromEntries(entries as [string, unknown][]);
}
