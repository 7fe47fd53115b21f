import { PyTypeError, PyValueError } from '../errors.ts';
import { isGenerator, toList } from './iterate.ts';
import { Range } from './range.ts';
import { like } from './text.ts';
import { isInteger, isMapping, isString, Tuple, tuple, typeName, unhashable } from './values.ts';

/** Python's `value[start:stop:step]`, of text, lists, tuples and ranges. */
export function slice(value: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  if (isMapping(value)) throw unhashable(value);
  if (isString(value)) {
    const points = Array.from(value.toString());
    return like(value, take(points, start, stop, step).join(''));
  }
  if (value instanceof Range) {
    const { from, to, by } = bounds(value.size, start, stop, step);
    return value.slice(from, to, by);
  }
  if (!Array.isArray(value) && (typeof value !== 'object' || value === null || isGenerator(value))) {
    throw new PyTypeError(`'${typeName(value)}' object is not subscriptable`);
  }
  const taken = take(toList(value), start, stop, step);
  return value instanceof Tuple ? tuple(taken) : taken;
}

function take<T>(list: readonly T[], start: unknown, stop: unknown, step: unknown): T[] {
  const { from, count, by } = bounds(list.length, start, stop, step);
  return Array.from({ length: count }, (_, i) => list[from + i * by] as T);
}

function bounds(
  size: number,
  start: unknown,
  stop: unknown,
  step: unknown,
): { from: number; to: number; count: number; by: number } {
  const by = index(step) ?? 1;
  if (by === 0) throw new PyValueError('slice step cannot be zero');
  const [low, high] = by > 0 ? [0, size] : [-1, size - 1];
  const clamp = (value: number): number => Math.max(low, Math.min(high, value < 0 ? value + size : value));
  const first = index(start);
  const last = index(stop);
  const from = first === undefined ? (by > 0 ? low : high) : clamp(first);
  const to = last === undefined ? (by > 0 ? high : low) : clamp(last);
  return { from, to, count: Math.max(0, Math.ceil((to - from) / by)), by };
}

function index(value: unknown): number | undefined {
  if (value === null) return undefined;
  if (isInteger(value)) return Number(value);
  throw new PyTypeError('slice indices must be integers or None or have an __index__ method');
}
