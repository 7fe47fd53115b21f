import { PythonError } from '../errors.ts';
import { SafeString } from '../safe.ts';
import { hasKey, hasMethods, valueAt } from './compare.ts';
import { isInt, numberOf, toIndex } from './numbers.ts';
import { repr, textOf } from './text.ts';
import { isDict, isNone, Range, Tuple, typeName } from './values.ts';

/**
 * `object[key]`. What an object has from its prototype, such as `constructor`, is no item.
 *
 * @throws PythonError `KeyError`, `IndexError`, or `TypeError`.
 */
export function item(object: unknown, key: unknown): unknown {
  // The usual case: text or a number of an object literal. No prototype of those has either.
  if (typeof key === 'string' && typeof object === 'object' && object?.constructor === Object) {
    const value = (object as Record<string, unknown>)[key];
    if (typeof value === 'string' || typeof value === 'number') return value;
  }
  return itemOf(object, key);
}

function itemOf(object: unknown, key: unknown): unknown {
  if (Array.isArray(object)) return at(object, key, 'list');
  if (isDict(object)) {
    if (hasKey(object, key)) return valueAt(object, key);
    throw new PythonError('KeyError', repr(key));
  }
  const text = textOf(object);
  if (text !== undefined) return at(isPlain(text) ? text : [...text], key, 'string');
  if (object instanceof Tuple) return at(object.items, key, 'tuple');
  if (object instanceof Range) return at(object, key, 'range object');
  if (hasMethods(object, 'get', 'has')) {
    const map = object as Map<unknown, unknown>;
    if (map.has(key)) return map.get(key);
    throw new PythonError('KeyError', repr(key));
  }
  throw new PythonError('TypeError', `'${typeName(object)}' object is not subscriptable`);
}

function at(sequence: { at(i: number): unknown; length: number }, key: unknown, what: string): unknown {
  if (!isInt(key)) {
    throw new PythonError('TypeError', `${what} indices must be integers or slices, not ${typeName(key)}`);
  }
  const index = numberOf(key) as number;
  if (index >= sequence.length || index < -sequence.length) {
    throw new PythonError('IndexError', `${what} index out of range`);
  }
  return sequence.at(index);
}

/** True of text whose code units are its characters. */
export function isPlain(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}

/** `object[start:stop:step]`, of texts, lists, tuples and ranges. */
export function slice(object: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  const by = isNone(step) ? 1 : toIndex(step);
  if (by === 0) throw new PythonError('ValueError', 'slice step cannot be zero');
  const text = textOf(object);
  if (text !== undefined) {
    const sliced =
      by === 1 && isPlain(text)
        ? text.slice(isNone(start) ? 0 : toIndex(start), isNone(stop) ? undefined : toIndex(stop))
        : sliceItems([...text], start, stop, by).join('');
    return object instanceof SafeString ? new SafeString(sliced) : sliced;
  }
  if (Array.isArray(object)) return sliceItems(object, start, stop, by);
  if (object instanceof Tuple) return new Tuple(sliceItems(object.items, start, stop, by));
  if (object instanceof Range) return sliceRange(object, start, stop, by);
  throw new PythonError('TypeError', `'${typeName(object)}' object is not subscriptable`);
}

function sliceItems(items: readonly unknown[], start: unknown, stop: unknown, step: number): unknown[] {
  const [from, to] = bounds(items.length, start, stop, step);
  const taken: unknown[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) taken.push(items[i]);
  return taken;
}

function sliceRange(range: Range, start: unknown, stop: unknown, step: number): Range {
  const [from, to] = bounds(range.length, start, stop, step);
  const at = (index: number): number => range.start + index * range.step;
  return new Range(at(from), at(to), range.step * step);
}

/** From which index a slice goes, and before which it ends. */
function bounds(length: number, start: unknown, stop: unknown, step: number): [from: number, to: number] {
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: unknown, missing: number): number => {
    if (isNone(value)) return missing;
    const index = toIndex(value);
    return Math.min(Math.max(index < 0 ? index + length : index, low), high);
  };
  return [bound(start, step > 0 ? low : high), bound(stop, step > 0 ? high : low)];
}
