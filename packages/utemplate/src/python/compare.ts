import { PythonError } from '../errors.ts';
import { iterate } from './iterate.ts';
import { numberOf } from './numbers.ts';
import { textOf } from './text.ts';
import { unavailable } from './unavailable.ts';
import { type Dict, entriesOf, isDict, isNone, isPlainObject, Range, Tuple, typeName } from './values.ts';

/** `==`. Lists, tuples and dicts are equal where what is in them is; 1, 1.0 and True are. */
export function eq(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNone(a) || isNone(b)) return isNone(a) && isNone(b);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined || y !== undefined) return x === y && !Number.isNaN(x);
  const [s, t] = [textOf(a), textOf(b)];
  if (s !== undefined || t !== undefined) return s === t;
  const [left, right] = [sequenceOf(a), sequenceOf(b)];
  if (left && right) {
    return (
      left.kind === right.kind &&
      left.items.length === right.items.length &&
      areEqual(left.items, right.items)
    );
  }
  if (isDict(a) && isDict(b)) return areEqualDicts(a, b);
  if (a instanceof Set && b instanceof Set)
    return a.size === b.size && [...a].every((item) => contains(b, item));
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return false;
}

export function ne(a: unknown, b: unknown): boolean {
  return !eq(a, b);
}

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((item, i) => eq(item, b[i]));
}

function areEqualDicts(a: Dict, b: Dict): boolean {
  const entries = [...entriesOf(a)];
  return (
    entries.length === [...entriesOf(b)].length &&
    entries.every(([key, value]) => hasKey(b, key) && eq(value, valueAt(b, key)))
  );
}

function sequenceOf(value: unknown): { kind: string; items: readonly unknown[] } | undefined {
  if (Array.isArray(value)) return { kind: 'list', items: value };
  if (value instanceof Tuple) return { kind: 'tuple', items: value.items };
  if (value instanceof Range) return { kind: 'range', items: [...value] };
  return undefined;
}

/** `<` */
export function lt(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : compared(a, b, '<');
}

/** `<=` */
export function le(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a <= b : compared(a, b, '<=');
}

/** `>` */
export function gt(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a > b : compared(a, b, '>');
}

/** `>=` */
export function ge(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a >= b : compared(a, b, '>=');
}

/** Of sets it is whether all of one is in the other, which is no order: neither may be. */
function compared(a: unknown, b: unknown, operator: '<' | '<=' | '>' | '>='): boolean {
  if (a instanceof Set && b instanceof Set) {
    const [inner, outer] = operator.startsWith('<') ? [a, b] : [b, a];
    return (
      (operator.endsWith('=') || inner.size < outer.size) && [...inner].every((item) => contains(outer, item))
    );
  }
  const difference = order(a, b, operator);
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}

/**
 * Below 0, 0, or above 0; NaN of what is NaN.
 *
 * @throws PythonError `TypeError` of what has no order.
 */
export function order(a: unknown, b: unknown, operator = '<'): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return x - y || (x === y ? 0 : Number.NaN);
  const [s, t] = [textOf(a), textOf(b)];
  if (s !== undefined && t !== undefined) return orderOfText(s, t);
  const [left, right] = [sequenceOf(a), sequenceOf(b)];
  if (left && right && left.kind === right.kind && left.kind !== 'range') {
    return orderOfItems(left.items, right.items, operator);
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  throw new PythonError(
    'TypeError',
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** By code point, which code units are not where some are surrogates. */
function orderOfText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}

function orderOfItems(a: readonly unknown[], b: readonly unknown[], operator: string): number {
  const i = a.findIndex((item, at) => at >= b.length || !eq(item, b[at]));
  if (i === -1) return a.length - b.length;
  return i >= b.length ? 1 : order(a[i], b[i], operator);
}

/** `item in container` */
export function contains(container: unknown, item: unknown): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    const part = textOf(item);
    if (part !== undefined) return text.includes(part);
    throw new PythonError(
      'TypeError',
      `'in <string>' requires string as left operand, not ${typeName(item)}`,
    );
  }
  if (isDict(container)) return hasKey(container, item);
  if (container instanceof Set) return container.has(item) || [...container].some((one) => eq(one, item));
  if (hasMethods(container, 'has', 'get')) return Boolean((container as Map<unknown, unknown>).has(item));
  for (const one of iterate(container)) if (eq(one, item)) return true;
  return false;
}

/** Whether a dict has a key of its own. */
export function hasKey(dict: Dict, key: unknown): boolean {
  if (isPlainObject(dict)) return typeof key === 'string' && Object.hasOwn(dict, key);
  return (dict as Map<unknown, unknown>).has(dictKey(key));
}

export function valueAt(dict: Dict, key: unknown): unknown {
  if (isPlainObject(dict)) return dict[key as string];
  return (dict as Map<unknown, unknown>).get(dictKey(key));
}

/**
 * What a Map knows a key by: 1.0 is 1.
 *
 * @throws PythonError `TypeError` of what cannot be a key.
 * @throws TemplateError `UNSUPPORTED_PYTHON` of a tuple.
 */
export function dictKey(key: unknown): unknown {
  if (typeof key !== 'object' || key === null) return key;
  const simple = numberOf(key) ?? textOf(key);
  if (simple !== undefined) return simple;
  if (key instanceof Tuple) throw unavailable('a tuple as a key', 'use a str');
  if (Array.isArray(key) || isDict(key) || key instanceof Set) {
    throw new PythonError('TypeError', `unhashable type: '${typeName(key)}'`);
  }
  return key;
}

/** `is`: there is one None, one True and one False, and values without identity are what they equal. */
export function is(a: unknown, b: unknown): boolean {
  return a === b || (isNone(a) && isNone(b));
}

export function hasMethods(value: unknown, ...names: string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}
