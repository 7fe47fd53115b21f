import { PythonError } from '../errors.ts';
import { escapeHtml, SafeString } from '../safe.ts';
import type { Attributes } from './attributes.ts';
import { Builtin, call } from './call.ts';
import { dictMethods, listMethods, pair, setMethods, tupleMethods } from './collectionMethods.ts';
import { dictKey, order } from './compare.ts';
import { format } from './format.ts';
import { isPlain } from './items.ts';
import { iterate, toList } from './iterate.ts';
import type { Named } from './method.ts';
import { numberMethods } from './numberMethods.ts';
import { fixed, isFloat, isInt, numberOf, roundHalfEven, toFloat, toIndex, toInt } from './numbers.ts';
import { add, floordiv, mod, pow } from './operators.ts';
import { parseFloatText, parseIntText } from './parseNumber.ts';
import { sorted } from './sorted.ts';
import { strMethods } from './strMethods.ts';
import { ascii, repr, str, textOf, toText, truth } from './text.ts';
import { entriesOf, isDict, isNone, Range, Tuple, typeName } from './values.ts';

type Run = (args: readonly unknown[], named: Named) => unknown;

/** The functions that every template knows, by name; those of Python, and `safe` and `escape`. */
export function builtins(attributes: Attributes): ReadonlyMap<string, Builtin> {
  const all = [
    ...Object.entries(functions).map(([name, run]) => new Builtin(name, run)),
    ...Object.entries(types).map(([name, { run, methods }]) => new Builtin(name, run, methods)),
    new Builtin('getattr', ([object, name, ...otherwise]) => {
      try {
        return attributes.attribute(object, toText(name));
      } catch (error) {
        if (otherwise.length > 0 && (error as Error).name === 'AttributeError') return otherwise[0];
        throw error;
      }
    }),
    new Builtin('hasattr', ([object, name]) => {
      try {
        attributes.attribute(object, toText(name));
        return true;
      } catch (error) {
        if ((error as Error).name === 'AttributeError') return false;
        throw error;
      }
    }),
  ];
  return new Map(all.map((builtin) => [builtin.name, builtin]));
}

const functions: Readonly<Record<string, Run>> = {
  safe: ([value]) => new SafeString(str(value)),
  escape: ([value]) => (value instanceof SafeString ? value : new SafeString(escapeHtml(str(value)))),
  len: ([value]) => lengthOf(value),
  range: ([first, second, step = 1]) => rangeOf(first, second, toIndex(step)),
  repr: ([value]) => repr(value),
  ascii: ([value]) => ascii(value),
  format: ([value, spec = '']) => format(value, toText(spec)),
  chr: ([code]) => characterOf(toIndex(code)),
  ord: ([character]) => toText(character).codePointAt(0),
  hex: ([value]) => inBase(value, 16, '0x'),
  oct: ([value]) => inBase(value, 8, '0o'),
  bin: ([value]) => inBase(value, 2, '0b'),
  abs: ([value]) =>
    isFloat(value) ? toFloat(Math.abs(numberOf(value) as number)) : Math.abs(toIndex(value)),
  round: ([value, digits]) => round(value, digits),
  divmod: ([a, b]) => new Tuple([floordiv(a, b), mod(a, b)]),
  pow: ([a, b, modulus]) => (isNone(modulus) ? pow(a, b) : mod(pow(a, b), modulus)),
  sum: ([items, start = 0], named) => toList(items).reduce(add, named.get('start') ?? start),
  min: (args, named) => extreme('min', args, named, 1),
  max: (args, named) => extreme('max', args, named, -1),
  any: ([items]) => some(items, true),
  all: ([items]) => !some(items, false),
  sorted: ([items], named) => sorted(items, named),
  reversed: ([items]) => toList(items).reverse(),
  enumerate: ([items, start = 0], named) => enumerated(items, toIndex(named.get('start') ?? start)),
  zip: (lists, named) => zipped(lists, truth(named.get('strict'))),
  map: ([callee, ...lists]) => mapped(callee, lists),
  filter: ([callee, items]) => filtered(callee, items),
  iter: ([items]) => iterate(items)[Symbol.iterator](),
  next: ([iterator, ...otherwise]) => nextOf(iterator, otherwise),
  callable: ([value]) => typeof value === 'function' || value instanceof Builtin,
  isinstance: ([value, type]) => isInstance(value, type),
};

const types: Readonly<Record<string, { run: Run; methods: Iterable<string> }>> = {
  str: { run: strOf, methods: [...Object.keys(strMethods), 'format'] },
  int: {
    run: ([value = 0, base], named) => intOf(value, base ?? named.get('base')),
    methods: Object.keys(numberMethods),
  },
  float: { run: ([value = 0]) => floatOf(value), methods: Object.keys(numberMethods) },
  bool: { run: ([value]) => truth(value), methods: [] },
  list: { run: ([items]) => (isNone(items) ? [] : toList(items)), methods: Object.keys(listMethods) },
  tuple: {
    run: ([items]) => new Tuple(isNone(items) ? [] : toList(items)),
    methods: Object.keys(tupleMethods),
  },
  set: { run: ([items]) => setOf(items), methods: Object.keys(setMethods) },
  frozenset: { run: ([items]) => setOf(items), methods: Object.keys(setMethods) },
  dict: { run: ([from], named) => dictOf(from, named), methods: Object.keys(dictMethods) },
};

function strOf(args: readonly unknown[], named: Named): string {
  if (args.length > 1 || named.size > 0) {
    throw new PythonError('TypeError', 'str() is given one value here: write (a, b) for a tuple');
  }
  return args.length === 0 ? '' : str(args[0]);
}

function characterOf(code: number): string {
  if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new PythonError('ValueError', 'chr() arg not in range(0x110000)');
}

function lengthOf(value: unknown): number {
  const text = textOf(value);
  if (text !== undefined) return isPlain(text) ? text.length : [...text].length;
  if (Array.isArray(value) || value instanceof Range) return value.length;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  if (isDict(value)) return Object.keys(value).length;
  const { size, length } = Object(value) as { size?: unknown; length?: unknown };
  if (typeof value === 'object' && typeof (size ?? length) === 'number') return (size ?? length) as number;
  throw new PythonError('TypeError', `object of type '${typeName(value)}' has no len()`);
}

function rangeOf(first: unknown, second: unknown, step: number): Range {
  if (step === 0) throw new PythonError('ValueError', 'range() arg 3 must not be zero');
  return isNone(second)
    ? new Range(0, toIndex(first), step)
    : new Range(toIndex(first), toIndex(second), step);
}

function inBase(value: unknown, base: number, prefix: string): string {
  const number = toIndex(value);
  return `${number < 0 ? '-' : ''}${prefix}${Math.abs(number).toString(base)}`;
}

function round(value: unknown, digits: unknown): unknown {
  const number = numberOf(value);
  if (number === undefined) {
    throw new PythonError('TypeError', `type ${typeName(value)} doesn't define __round__ method`);
  }
  if (isNone(digits)) return toInt(roundHalfEven(number));
  const places = toIndex(digits);
  if (places >= 0) return isInt(value) ? number : toFloat(Number(fixed(number, Math.min(places, 100))));
  const unit = 10 ** -places;
  const rounded = roundHalfEven(number / unit) * unit;
  return isInt(value) ? toInt(rounded) : toFloat(rounded);
}

function extreme(name: string, args: readonly unknown[], named: Named, direction: number): unknown {
  const items = args.length > 1 ? args : toList(args[0]);
  const key = named.get('key');
  const rank = (item: unknown): unknown => (isNone(key) ? item : call(key, [item]));
  if (items.length === 0) {
    if (named.has('default')) return named.get('default');
    throw new PythonError('ValueError', `${name}() arg is an empty sequence`);
  }
  return items.reduce((best, item) => (direction * order(rank(item), rank(best)) < 0 ? item : best));
}

function some(items: unknown, wanted: boolean): boolean {
  for (const item of iterate(items)) if (truth(item) === wanted) return true;
  return false;
}

/** A short list at once, which is quicker to go through. */
function enumerated(items: unknown, start: number): Iterable<Tuple> {
  if (!Array.isArray(items) || items.length > 10_000) return enumeration(items, start);
  return items.map((item, i) => new Tuple([start + i, item]));
}

function* enumeration(items: unknown, start: number): Iterable<Tuple> {
  let i = start;
  for (const item of iterate(items)) yield new Tuple([i++, item]);
}

function* zipped(lists: readonly unknown[], isStrict: boolean): Iterable<Tuple> {
  const iterators = lists.map((list) => iterate(list)[Symbol.iterator]());
  while (iterators.length > 0) {
    const steps = iterators.map((iterator) => iterator.next());
    if (steps.some(({ done }) => done)) {
      if (!isStrict || steps.every(({ done }) => done)) return;
      throw new PythonError('ValueError', 'zip() arguments have different lengths');
    }
    yield new Tuple(steps.map(({ value }) => value));
  }
}

function* mapped(callee: unknown, lists: readonly unknown[]): Iterable<unknown> {
  for (const args of zipped(lists, false)) yield call(callee, args.items);
}

function* filtered(callee: unknown, items: unknown): Iterable<unknown> {
  for (const item of iterate(items)) if (truth(isNone(callee) ? item : call(callee, [item]))) yield item;
}

function nextOf(iterator: unknown, otherwise: readonly unknown[]): unknown {
  const { next } = Object(iterator) as { next?: unknown };
  if (typeof next !== 'function') {
    throw new PythonError('TypeError', `'${typeName(iterator)}' object is not an iterator`);
  }
  const { done, value } = Reflect.apply(next, iterator, []) as IteratorResult<unknown>;
  if (!done) return value;
  if (otherwise.length > 0) return otherwise[0];
  // What a StopIteration becomes in a generator, which a template is.
  throw new PythonError('RuntimeError', 'generator raised StopIteration');
}

const INSTANCES: Readonly<Record<string, (value: unknown) => boolean>> = {
  str: (value) => textOf(value) !== undefined,
  int: isInt,
  float: isFloat,
  bool: (value) => typeof value === 'boolean',
  list: Array.isArray,
  tuple: (value) => value instanceof Tuple,
  set: (value) => value instanceof Set,
  dict: isDict,
};

function isInstance(value: unknown, type: unknown): boolean {
  if (type instanceof Tuple) return type.items.some((one) => isInstance(value, one));
  const test = type instanceof Builtin ? INSTANCES[type.name] : undefined;
  if (test) return test(value);
  if (typeof type === 'function') return value instanceof type;
  throw new PythonError('TypeError', 'isinstance() arg 2 must be a type');
}

function intOf(value: unknown, base: unknown): number {
  const text = textOf(value);
  if (text !== undefined) return parseIntText(text, isNone(base) ? 10 : toIndex(base));
  const number = numberOf(value);
  if (number === undefined) {
    throw new PythonError(
      'TypeError',
      `int() argument must be a string or a real number, not '${typeName(value)}'`,
    );
  }
  if (Number.isNaN(number)) throw new PythonError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(number))
    throw new PythonError('OverflowError', 'cannot convert float infinity to integer');
  return toInt(Math.trunc(number));
}

function floatOf(value: unknown): unknown {
  const text = textOf(value);
  if (text !== undefined) return toFloat(parseFloatText(text));
  const number = numberOf(value);
  if (number !== undefined) return toFloat(number);
  throw new PythonError(
    'TypeError',
    `float() argument must be a string or a real number, not '${typeName(value)}'`,
  );
}

function setOf(items: unknown): Set<unknown> {
  return new Set(isNone(items) ? [] : toList(items).map(dictKey));
}

function dictOf(from: unknown, named: Named): Map<unknown, unknown> {
  const entries = isNone(from) ? [] : isDict(from) ? entriesOf(from) : toList(from).map(pair);
  return new Map<unknown, unknown>([
    ...Array.from(entries, ([key, value]) => [dictKey(key), value] as const),
    ...named,
  ]);
}
