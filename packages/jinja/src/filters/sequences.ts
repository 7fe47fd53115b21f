import { FilterArgumentError, PyTypeError, PyValueError } from '../errors.ts';
import { named } from '../methods/parameters.ts';
import { add } from '../runtime/arithmetic.ts';
import { isEqual, order } from '../runtime/compare.ts';
import type { RenderContext } from '../runtime/context.ts';
import { DictView, entriesOf, hashKey, sizeOf } from '../runtime/dict.ts';
import { toList } from '../runtime/iterate.ts';
import { Range } from '../runtime/range.ts';
import { escape, like, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMapping, isMarkup, isString, markup, Tuple, typeName, tuple } from '../runtime/values.ts';
import { attributeGetter, ignoreCase, sortKeyGetter } from './attributes.ts';

/** A list with a name for each of its two parts, as `groupby` gives them. */
class Group extends Tuple {
  get grouper(): unknown {
    return this[0];
  }

  get list(): unknown {
    return this[1];
  }
}

const keyOf = (isCaseSensitive: unknown, attribute: unknown): ((value: unknown) => unknown) => {
  const get = sortKeyGetter(attribute);
  return isTrue(isCaseSensitive) ? get : (value) => ignoreCase(get(value));
};

const extreme = (sign: 1 | -1) =>
  named(['case_sensitive', 'attribute'], (value: unknown, isCaseSensitive?: unknown, attribute?: unknown): unknown => {
    const key = keyOf(isCaseSensitive, attribute);
    const [first, ...rest] = toList(value);
    return rest.reduce((best, each) => (order(key(each), key(best)) * sign > 0 ? each : best), first);
  });

/** The length of what has one: code points of text, keys of a dictionary. */
function length(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return /[\ud800-\udfff]/.test(value) ? Array.from(value).length : value.length;
  if (isMarkup(value)) return length(value.val);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Range || value instanceof Set || value instanceof DictView) return value.size;
  if (isMapping(value)) return sizeOf(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
}

function count(value: unknown, name: string): number {
  const n = Number(value);
  if (!Number.isInteger(n)) throw new PyTypeError(`${name} must be an integer, not ${typeName(value)}`);
  if (n === 0) throw new PyValueError(`${name} must not be 0`);
  return n;
}

export const sequenceFilters = {
  length,
  count: length,
  list: (value: unknown): unknown[] => [...toList(value)],
  first: (value: unknown): unknown => (isString(value) ? Array.from(value.toString())[0] : toList(value)[0]),
  last: (value: unknown): unknown => toList(value).at(-1),
  reverse(value: unknown): unknown {
    return isString(value)
      ? like(value, Array.from(value.toString()).reverse().join(''))
      : toList(value).toReversed();
  },
  random: (value: unknown): unknown => {
    const list = toList(value);
    return list[Math.floor(Math.random() * list.length)];
  },
  join: named(
    ['d', 'attribute'],
    function (this: RenderContext, value: unknown, separator: unknown = '', attribute?: unknown): unknown {
      const get = attribute === undefined || attribute === null ? undefined : attributeGetter(attribute);
      const list = get ? toList(value).map(get) : toList(value);
      const hasMarkup = isMarkup(separator) || list.some(isMarkup);
      if (!this.autoescape || !hasMarkup) return list.map(toText).join(toText(separator));
      return markup(list.map((part) => escape(part).val).join(escape(separator).val));
    },
  ),
  batch: named(['linecount', 'fill_with'], (value: unknown, size: unknown, fill?: unknown): unknown[][] => {
    const n = count(size, 'linecount');
    const list = toList(value);
    const rows: unknown[][] = [];
    for (let i = 0; i < list.length; i += n) rows.push(list.slice(i, i + n));
    const last = rows.at(-1);
    if (last && fill !== undefined && fill !== null) while (last.length < n) last.push(fill);
    return rows;
  }),
  slice: named(['slices', 'fill_with'], (value: unknown, slices: unknown, fill?: unknown): unknown[][] => {
    const n = count(slices, 'slices');
    const list = toList(value);
    const [size, longer] = [Math.floor(list.length / n), list.length % n];
    let at = 0;
    return Array.from({ length: n }, (_, i) => {
      const part = list.slice(at, at + size + (i < longer ? 1 : 0));
      at += part.length;
      if (fill !== undefined && fill !== null && i >= longer) part.push(fill);
      return part;
    });
  }),
  sort: named(
    ['reverse', 'case_sensitive', 'attribute'],
    (value: unknown, reverse?: unknown, isCaseSensitive?: unknown, attribute?: unknown): unknown[] => {
      const key = keyOf(isCaseSensitive, attribute);
      const sign = isTrue(reverse) ? -1 : 1;
      const keyed = toList(value).map((each) => [key(each), each] as const);
      return keyed.toSorted(([a], [b]) => sign * order(a, b)).map(([, each]) => each);
    },
  ),
  unique: named(['case_sensitive', 'attribute'], (value: unknown, isCaseSensitive?: unknown, attribute?: unknown) => {
    const key = keyOf(isCaseSensitive, attribute);
    const seen = new Set<unknown>();
    return toList(value).filter((each) => {
      const id = hashKey(key(each));
      return seen.has(id) ? false : seen.add(id);
    });
  }),
  max: extreme(1),
  min: extreme(-1),
  groupby: named(
    ['attribute', 'default', 'case_sensitive'],
    (value: unknown, attribute: unknown, fallback?: unknown, isCaseSensitive?: unknown): Group[] => {
      const get = attributeGetter(attribute, fallback);
      const key = isTrue(isCaseSensitive) ? get : (each: unknown): unknown => ignoreCase(get(each));
      const keyed = toList(value)
        .map((each) => [key(each), each] as const)
        .toSorted(([a], [b]) => order(a, b));
      const groups: Group[] = [];
      let previous: unknown;
      for (const [id, each] of keyed) {
        const group = groups.at(-1);
        if (group && isEqual(previous, id)) (group[1] as unknown[]).push(each);
        else {
          const next = new Group();
          // The name of a group is what the first of it has, whose case may be another than that of the rest.
          next.push(get(each), [each]);
          groups.push(next);
        }
        previous = id;
      }
      return groups;
    },
  ),
  dictsort: named(
    ['case_sensitive', 'by', 'reverse'],
    (value: unknown, isCaseSensitive?: unknown, by: unknown = 'key', reverse?: unknown): unknown[] => {
      const at = { key: 0, value: 1 }[toText(by)];
      if (at === undefined) throw new FilterArgumentError('You can only sort by either "key" or "value"');
      if (!isMapping(value)) throw new PyTypeError(`'${typeName(value)}' object has no attribute 'items'`);
      const key = isTrue(isCaseSensitive) ? (part: unknown): unknown => part : ignoreCase;
      const sign = isTrue(reverse) ? -1 : 1;
      const sorted = entriesOf(value).toSorted((a, b) => sign * order(key(a[at]), key(b[at])));
      return sorted.map((entry) => tuple(entry));
    },
  ),
  sum: named(['attribute', 'start'], (value: unknown, attribute?: unknown, start: unknown = 0): unknown => {
    const get = attribute === undefined || attribute === null ? undefined : attributeGetter(attribute);
    return toList(value).reduce((total, each) => add(total, get ? get(each) : each), start);
  }),
  items: (value: unknown): unknown => {
    if (value === undefined) return [];
    if (!isMapping(value)) throw new PyTypeError('Can only get item pairs from a mapping.');
    return entriesOf(value).map((entry) => tuple(entry));
  },
} as const;
