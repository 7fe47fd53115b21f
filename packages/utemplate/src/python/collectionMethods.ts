import { PythonError } from '../errors.ts';
import { contains, dictKey, eq, hasKey, valueAt } from './compare.ts';
import { iterate, toList } from './iterate.ts';
import type { Method, Named } from './method.ts';
import { toIndex } from './numbers.ts';
import { defineEntry } from './operators.ts';
import { sorted } from './sorted.ts';
import { repr } from './text.ts';
import { type Dict, DictView, entriesOf, isDict, isNone, Tuple } from './values.ts';

export const listMethods: Readonly<Record<string, Method<unknown[]>>> = {
  append: (list, [item]) => nothing(list.push(item)),
  extend: (list, [items]) => nothing(list.push(...toList(items))),
  insert: (list, [at, item]) => nothing(list.splice(toIndex(at), 0, item)),
  pop: (list, [at]) => popped(list, isNone(at) ? -1 : toIndex(at)),
  remove: (list, [item]) => nothing(list.splice(indexOf(list, item, 'list.remove(x): x not in list'), 1)),
  clear: (list) => nothing(list.splice(0)),
  copy: (list) => [...list],
  reverse: (list) => nothing(list.reverse()),
  sort: (list, _args, named) => nothing(list.splice(0, list.length, ...sorted(list, named))),
  index: (list, [item]) => indexOf(list, item, `${repr(item)} is not in list`),
  count: (list, [item]) => list.filter((one) => eq(one, item)).length,
};

export const tupleMethods: Readonly<Record<string, Method<Tuple>>> = {
  index: ({ items }, [item]) => indexOf(items, item, 'tuple.index(x): x not in tuple'),
  count: ({ items }, [item]) => items.filter((one) => eq(one, item)).length,
};

export const dictMethods: Readonly<Record<string, Method<Dict>>> = {
  items: (dict) =>
    new DictView(
      'dict_items',
      Array.from(entriesOf(dict), (entry) => new Tuple(entry)),
    ),
  keys: (dict) =>
    new DictView(
      'dict_keys',
      Array.from(entriesOf(dict), ([key]) => key),
    ),
  values: (dict) =>
    new DictView(
      'dict_values',
      Array.from(entriesOf(dict), ([, value]) => value),
    ),
  get: (dict, [key, otherwise = null]) => (hasKey(dict, key) ? valueAt(dict, key) : otherwise),
  copy: (dict) => new Map(entriesOf(dict)),
  pop: (dict, args) => poppedKey(dict, args),
  popitem: (dict) => poppedEntry(dict),
  setdefault: (dict, [key, value = null]) => {
    if (!hasKey(dict, key)) setEntry(dict, key, value);
    return valueAt(dict, key);
  },
  update: (dict, [other], named) => nothing(update(dict, other, named)),
  clear: (dict) => nothing([...entriesOf(dict)].map(([key]) => deleteEntry(dict, key))),
};

export const setMethods: Readonly<Record<string, Method<Set<unknown>>>> = {
  add: (set, [item]) => nothing(contains(set, item) || set.add(dictKey(item))),
  discard: (set, [item]) => nothing(set.delete(dictKey(item))),
  remove: (set, [item]) => {
    if (!set.delete(dictKey(item))) throw new PythonError('KeyError', repr(item));
    return null;
  },
  clear: (set) => nothing(set.clear()),
  copy: (set) => new Set(set),
  update: (set, others) =>
    nothing(others.map((other) => toList(other).map((item) => set.add(dictKey(item))))),
  union: (set, others) => new Set([...set, ...others.flatMap(toList)]),
  intersection: (set, others) =>
    new Set([...set].filter((item) => others.every((other) => contains(other, item)))),
  difference: (set, others) =>
    new Set([...set].filter((item) => !others.some((other) => contains(other, item)))),
  symmetric_difference: (set, [other]) => {
    const second = new Set(iterate(other));
    return new Set([...set, ...second].filter((item) => set.has(item) !== second.has(item)));
  },
  issubset: (set, [other]) => [...set].every((item) => contains(other, item)),
  issuperset: (set, [other]) => toList(other).every((item) => set.has(item)),
  isdisjoint: (set, [other]) => !toList(other).some((item) => set.has(item)),
};

/** What a method that only changes something returns. */
function nothing(_done: unknown): null {
  return null;
}

function popped(list: unknown[], at: number): unknown {
  if (list.length === 0) throw new PythonError('IndexError', 'pop from empty list');
  if (at >= list.length || at < -list.length) throw new PythonError('IndexError', 'pop index out of range');
  return list.splice(at, 1)[0];
}

function indexOf(items: readonly unknown[], item: unknown, message: string): number {
  const at = items.findIndex((one) => eq(one, item));
  if (at === -1) throw new PythonError('ValueError', message);
  return at;
}

function poppedKey(dict: Dict, args: readonly unknown[]): unknown {
  const [key, otherwise] = args;
  if (!hasKey(dict, key)) {
    if (args.length > 1) return otherwise;
    throw new PythonError('KeyError', repr(key));
  }
  const value = valueAt(dict, key);
  deleteEntry(dict, key);
  return value;
}

function poppedEntry(dict: Dict): Tuple {
  const last = [...entriesOf(dict)].at(-1);
  if (!last) throw new PythonError('KeyError', "'popitem(): dictionary is empty'");
  deleteEntry(dict, last[0]);
  return new Tuple(last);
}

function update(dict: Dict, other: unknown, named: Named): void {
  const entries = isNone(other) ? [] : isDict(other) ? entriesOf(other) : toList(other).map(pair);
  for (const [key, value] of [...entries, ...named]) setEntry(dict, key, value);
}

/** A key and a value, of what `dict()` and `update()` are given. */
export function pair(value: unknown): readonly [unknown, unknown] {
  const [key, item, ...more] = toList(value);
  if (item === undefined || more.length > 0) {
    throw new PythonError('ValueError', 'a dict is made of pairs of a key and a value');
  }
  return [key, item];
}

function setEntry(dict: Dict, key: unknown, value: unknown): void {
  if (dict instanceof Map) dict.set(dictKey(key), value);
  else defineEntry(dict as Record<string, unknown>, key, value);
}

function deleteEntry(dict: Dict, key: unknown): void {
  if (dict instanceof Map) dict.delete(dictKey(key));
  else Reflect.deleteProperty(dict, String(key));
}
