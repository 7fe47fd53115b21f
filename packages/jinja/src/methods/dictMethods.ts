import { PyLookupError } from '../errors.ts';
import { Dict, DictView, deleteKey, entriesOf, getKey, hasKey, keysOf, setKey } from '../runtime/dict.ts';
import { toList, unpack } from '../runtime/iterate.ts';
import { toRepr } from '../runtime/text.ts';
import { isMapping, type Mapping, type Tuple, tuple } from '../runtime/values.ts';
import { type FunctionTable, isKeywords, withArities } from './parameters.ts';

/** Python's methods of dictionaries. They change the dictionary, also one of the context. */
export const dictMethods: FunctionTable = {
  // Its keyword arguments are keys.
  update(this: Mapping, ...sources: unknown[]): null {
    for (const source of sources) for (const [key, value] of pairsOf(source)) setKey(this, key, value);
    return null;
  },
  ...withArities(
    {
      items(this: Mapping): DictView {
        return new DictView(this, 'items');
      },
      keys(this: Mapping): DictView {
        return new DictView(this, 'keys');
      },
      values(this: Mapping): DictView {
        return new DictView(this, 'values');
      },
      get(this: Mapping, key: unknown, fallback: unknown = null): unknown {
        return hasKey(this, key) ? getKey(this, key) : fallback;
      },
      pop(this: Mapping, key: unknown, ...fallback: unknown[]): unknown {
        if (!hasKey(this, key)) {
          if (fallback.length === 0) throw new PyLookupError('KEY', toRepr(key));
          return fallback[0];
        }
        const value = getKey(this, key);
        deleteKey(this, key);
        return value;
      },
      popitem(this: Mapping): Tuple {
        const last = entriesOf(this).at(-1);
        if (!last) throw new PyLookupError('KEY', "'popitem(): dictionary is empty'");
        deleteKey(this, last[0]);
        return tuple(last);
      },
      setdefault(this: Mapping, key: unknown, value: unknown = null): unknown {
        if (!hasKey(this, key)) setKey(this, key, value);
        return getKey(this, key);
      },
      copy(this: Mapping): Mapping {
        return this instanceof Map ? Dict.from(this) : Object.assign(Object.create(null) as object, this);
      },
      clear(this: Mapping): null {
        for (const key of keysOf(this)) deleteKey(this, key);
        return null;
      },
      fromkeys(this: Mapping, keys: unknown, value: unknown = null): Mapping {
        return fromEntries(toList(keys).map((key) => [key, value]));
      },
    },
    { get: [1, 2], pop: [1, 2], setdefault: [1, 2], fromkeys: [1, 2] },
  ),
};

/** What `dict()` and `update()` take: a mapping, keyword arguments, or pairs. */
export function pairsOf(source: unknown): [unknown, unknown][] {
  if (isKeywords(source)) return Object.entries(source).filter(([key]) => key !== '__keywords');
  if (isMapping(source)) return entriesOf(source);
  return toList(source).map((pair) => unpack(pair, 2) as [unknown, unknown]);
}

/** A dictionary with names for keys is an object, as functions of an application know it. */
export function fromEntries(entries: readonly (readonly [unknown, unknown])[]): Mapping {
  if (!entries.every(([key]) => typeof key === 'string' && !/^\d+$/.test(key))) return Dict.from(entries);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) object[key as string] = value;
  return object;
}
