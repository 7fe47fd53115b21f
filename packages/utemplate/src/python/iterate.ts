import { PythonError, TemplateError } from '../errors.ts';
import { SafeString } from '../safe.ts';
import { isAsyncIterable, isPlainObject, isThenable, Range, Tuple, typeName } from './values.ts';

/**
 * What a value has in it, as a loop goes through it: the characters of text, the keys of a dict.
 *
 * @throws PythonError `TypeError` of what cannot be iterated.
 * @throws TemplateError `PROMISE` of what nothing waits for here.
 */
export function iterate(value: unknown): Iterable<unknown> {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return value;
    if (value instanceof Tuple) return value.items;
    if (value instanceof Map) return value.keys();
    if (Symbol.iterator in value) return value as Iterable<unknown>;
    if (isThenable(value) || isAsyncIterable(value)) {
      throw new TemplateError(
        'PROMISE',
        'nothing waits for a promise or an async iterable here: loop over it with {% for %}',
      );
    }
    if (value instanceof SafeString) return String(value);
    if (isPlainObject(value)) return Object.keys(value);
    if (typeof (value as { next?: unknown }).next === 'function') {
      return { [Symbol.iterator]: () => value as Iterator<unknown> };
    }
  }
  throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** Beyond this a list of numbers is a mistake, or worse: it is memory for the asking. */
const MAX_LENGTH = 10_000_000;

/** As a list of its own. */
export function toList(value: unknown): unknown[] {
  if (value instanceof Range && value.length > MAX_LENGTH) {
    throw new PythonError('OverflowError', `a range of more than ${MAX_LENGTH} cannot be a list`);
  }
  return Array.from(iterate(value));
}

/**
 * The values that go to `count` names.
 *
 * @throws PythonError `ValueError` where there are more, or fewer.
 */
export function unpack(value: unknown, count: number): readonly unknown[] {
  const items =
    value instanceof Tuple ? value.items : Array.isArray(value) ? value : firstOf(value, count + 1);
  if (items.length === count) return items;
  throw new PythonError(
    'ValueError',
    items.length > count
      ? `too many values to unpack (expected ${count})`
      : `not enough values to unpack (expected ${count}, got ${items.length})`,
  );
}

function firstOf(value: unknown, count: number): unknown[] {
  const items: unknown[] = [];
  for (const item of iterate(value)) {
    items.push(item);
    if (items.length === count) break;
  }
  return items;
}
