import { FilterArgumentError, PyArithmeticError, PyTypeError, UndefinedError } from '../errors.ts';
import { type FunctionTable, named } from '../methods/parameters.ts';
import { add } from '../runtime/arithmetic.ts';
import { isEqual, order } from '../runtime/compare.ts';
import type { RenderContext } from '../runtime/context.ts';
import { DictView, entriesOf, hashKey, sizeOf } from '../runtime/dict.ts';
import { each, isGenerator, toList } from '../runtime/iterate.ts';
import { Range } from '../runtime/range.ts';
import { like, toMarkup, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMapping, isMarkup, isString, markup, type Tuple, tuple, typeName } from '../runtime/values.ts';
import { getterOf, ignoreCase, noItems, sortKeyGetter } from './attributes.ts';

/** A tuple with a name for each of its two parts, as `groupby` gives them. */
function group(grouper: unknown, list: unknown[]): Tuple {
  return Object.defineProperties(tuple([grouper, list]), {
    grouper: { value: grouper },
    list: { value: list },
  });
}

const keyOf = (
  context: RenderContext,
  isCaseSensitive: unknown,
  attribute: unknown,
): ((value: unknown) => unknown) =>
  sortKeyGetter(context, attribute, isTrue(isCaseSensitive) ? (value) => value : ignoreCase);

const extreme = (sign: 1 | -1) =>
  named(
    ['case_sensitive', 'attribute'],
    function (this: RenderContext, value: unknown, isCaseSensitive?: unknown, attribute?: unknown): unknown {
      const key = keyOf(this, isCaseSensitive, attribute);
      const [first, ...rest] = toList(value);
      return rest.reduce((best, item) => (order(key(item), key(best)) * sign > 0 ? item : best), first);
    },
  );

/** The length of what has one: code points of text, keys of a dictionary. */
function length(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string')
    return /[\ud800-\udfff]/.test(value) ? Array.from(value).length : value.length;
  if (isMarkup(value)) return length(value.val);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Range || value instanceof Set || value instanceof DictView) return value.size;
  if (isMapping(value)) return sizeOf(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
}

function toReversible(value: unknown): unknown[] {
  if (isGenerator(value)) throw new PyTypeError("'generator' object is not reversible");
  return toList(value);
}

// What Python gives as generators are generators here: they have no length, and are gone through once.

function* reversed(list: readonly unknown[]): Generator<unknown> {
  for (let i = list.length - 1; i >= 0; i--) yield list[i];
}

function* batch(value: unknown, size: unknown, fill: unknown = null): Generator<unknown[]> {
  let row: unknown[] = [];
  for (const item of each(value)) {
    if (row.length === Number(size)) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  if (fill !== null) while (row.length < Number(size)) row.push(fill);
  yield row;
}

function* slice(value: unknown, slices: unknown, fill: unknown = null): Generator<unknown[]> {
  const n = Number(slices);
  const list = [...toList(value)];
  if (n === 0) throw new PyArithmeticError('ZERO_DIVISION', 'integer division or modulo by zero');
  const [size, longer] = [Math.floor(list.length / n), list.length % n];
  for (let i = 0; i < n; i++) {
    const part = list.splice(0, size + (i < longer ? 1 : 0));
    if (fill !== null && i >= longer) part.push(fill);
    yield part;
  }
}

function* unique(
  this: RenderContext,
  value: unknown,
  isCaseSensitive?: unknown,
  attribute?: unknown,
): Generator<unknown> {
  const key = keyOf(this, isCaseSensitive, attribute);
  const seen = new Set<unknown>();
  for (const item of each(value)) {
    const id = hashKey(key(item));
    if (!seen.has(id)) yield item;
    seen.add(id);
  }
}

function* items(value: unknown): Generator<unknown> {
  if (value === undefined) return;
  if (!isMapping(value)) throw new PyTypeError('Can only get item pairs from a mapping.');
  for (const entry of entriesOf(value)) yield tuple(entry);
}

export const sequenceFilters: FunctionTable = {
  length,
  count: length,
  list: (value: unknown): unknown[] => [...toList(value)],
  /** No more is taken of a stream. */
  first: (value: unknown): unknown => (isGenerator(value) ? value.next().value : toList(value)[0]),
  last: (value: unknown): unknown => {
    const found = toReversible(value).at(-1);
    // Python goes through markup backwards by position, and a part of markup is markup.
    return isMarkup(value) && typeof found === 'string' ? markup(found) : found;
  },
  reverse(value: unknown): unknown {
    if (isString(value)) return like(value, Array.from(value.toString()).reverse().join(''));
    if (isGenerator(value)) return Array.from(value).reverse();
    try {
      return reversed(toList(value));
    } catch {
      throw new FilterArgumentError('argument must be iterable');
    }
  },
  random: (value: unknown): unknown => {
    const list = toList(value);
    length(value);
    return list[Math.floor(Math.random() * list.length)];
  },
  join: named(
    ['d', 'attribute'],
    function (this: RenderContext, value: unknown, separator: unknown = '', attribute?: unknown): unknown {
      const get = attribute === undefined || attribute === null ? undefined : getterOf(this, attribute);
      const list = get ? toList(value).map(get) : toList(value);
      if (this.env.undefined === 'strict' && list.includes(undefined)) {
        throw new UndefinedError('an item is undefined');
      }
      const hasMarkup = isMarkup(separator) || list.some(isMarkup);
      if (!this.autoescape || !hasMarkup) return list.map(toText).join(toText(separator));
      return markup(list.map((part) => toMarkup(part).val).join(toMarkup(separator).val));
    },
  ),
  batch: named(['linecount', 'fill_with'], batch, 1),
  slice: named(['slices', 'fill_with'], slice, 1),
  sort: named(
    ['reverse', 'case_sensitive', 'attribute'],
    function (
      this: RenderContext,
      value: unknown,
      reverse?: unknown,
      isCaseSensitive?: unknown,
      attribute?: unknown,
    ): unknown[] {
      const key = keyOf(this, isCaseSensitive, attribute);
      const sign = isTrue(reverse) ? -1 : 1;
      const keyed = toList(value).map((item) => [key(item), item] as const);
      // What is undefined in both has no order, and needs none.
      const isLenient = this.env.undefined !== 'strict';
      const compare = (a: unknown, b: unknown): number =>
        isLenient && a === undefined && b === undefined ? 0 : sign * order(a, b);
      return keyed.toSorted(([a], [b]) => compare(a, b)).map(([, item]) => item);
    },
  ),
  unique: named(['case_sensitive', 'attribute'], unique),
  max: extreme(1),
  min: extreme(-1),
  groupby: named(
    ['attribute', 'default', 'case_sensitive'],
    function (
      this: RenderContext,
      value: unknown,
      attribute: unknown,
      fallback?: unknown,
      isCaseSensitive?: unknown,
    ): Tuple[] {
      const get = getterOf(this, attribute, fallback);
      const key = isTrue(isCaseSensitive) ? get : (item: unknown): unknown => ignoreCase(get(item));
      const keyed = toList(value)
        .map((item) => [key(item), item] as const)
        .toSorted(([a], [b]) => order(a, b));
      const groups: Tuple[] = [];
      let previous: unknown;
      for (const [id, item] of keyed) {
        const last = groups.at(-1);
        if (last && isEqual(previous, id)) (last[1] as unknown[]).push(item);
        // The name of a group is what the first of it has, whose case may be another than that of the rest.
        else groups.push(group(get(item), [item]));
        previous = id;
      }
      return groups;
    },
    1,
  ),
  dictsort: named(
    ['case_sensitive', 'by', 'reverse'],
    (value: unknown, isCaseSensitive?: unknown, by: unknown = 'key', reverse?: unknown): unknown[] => {
      const at = { key: 0, value: 1 }[toText(by)];
      if (at === undefined) throw new FilterArgumentError('You can only sort by either "key" or "value"');
      if (!isMapping(value)) throw noItems(value);
      const key = isTrue(isCaseSensitive) ? (part: unknown): unknown => part : ignoreCase;
      const sign = isTrue(reverse) ? -1 : 1;
      const sorted = entriesOf(value).toSorted((a, b) => sign * order(key(a[at]), key(b[at])));
      return sorted.map((entry) => tuple(entry));
    },
  ),
  sum: named(
    ['attribute', 'start'],
    function (this: RenderContext, value: unknown, attribute?: unknown, start: unknown = 0): unknown {
      const get = attribute === undefined || attribute === null ? undefined : getterOf(this, attribute);
      if (isString(start)) throw new PyTypeError("sum() can't sum strings [use ''.join(seq) instead]");
      return toList(value).reduce((total, item) => add(total, get ? get(item) : item), start);
    },
  ),
  items,
};
