import { PyLookupError, PyTypeError, PyValueError } from '../errors.ts';
import { isEqual, order } from '../runtime/compare.ts';
import { toList } from '../runtime/iterate.ts';
import { isTrue } from '../runtime/truth.ts';
import { isInteger, typeName } from '../runtime/values.ts';
import { type FunctionTable, named, withArities } from './parameters.ts';

type List = unknown[];

/** Where a value is in a list. */
function index(this: List, value: unknown, start = 0, stop = this.length): number {
  const found = this.findIndex((part, i) => i >= start && i < stop && isEqual(part, value));
  if (found === -1) throw new PyValueError('the value is not in the list');
  return found;
}

function count(this: List, value: unknown): number {
  return this.filter((part) => isEqual(part, value)).length;
}

const SEARCHING = { index: [1, 3], count: 1 } as const;

export const tupleMethods: FunctionTable = withArities({ index, count }, SEARCHING);

/** Python's methods of lists. They change the list, also one of the context. */
export const listMethods: FunctionTable = withArities(
  {
    index,
    count,
    append(this: List, value: unknown): null {
      this.push(value);
      return null;
    },
    extend(this: List, values: unknown): null {
      for (const value of [...toList(values)]) this.push(value);
      return null;
    },
    insert(this: List, at: number, value: unknown): null {
      this.splice(at, 0, value);
      return null;
    },
    pop(this: List, at: unknown = -1): unknown {
      if (!isInteger(at))
        throw new PyTypeError(`'${typeName(at)}' object cannot be interpreted as an integer`);
      if (this.length === 0) throw new PyLookupError('INDEX', 'pop from empty list');
      const i = Number(at) < 0 ? Number(at) + this.length : Number(at);
      if (i < 0 || i >= this.length) throw new PyLookupError('INDEX', 'pop index out of range');
      return this.splice(i, 1)[0];
    },
    remove(this: List, value: unknown): null {
      const i = this.findIndex((part) => isEqual(part, value));
      if (i === -1) throw new PyValueError('list.remove(x): x not in list');
      this.splice(i, 1);
      return null;
    },
    reverse(this: List): null {
      Array.prototype.reverse.call(this);
      return null;
    },
    sort: named(
      ['key', 'reverse'],
      function (this: List, key: unknown = null, reverse: unknown = false): null {
        const keyOf = (value: unknown): unknown => (typeof key === 'function' ? key(value) : value);
        const sign = isTrue(reverse) ? -1 : 1;
        Array.prototype.sort.call(this, (a: unknown, b: unknown) => sign * order(keyOf(a), keyOf(b)));
        return null;
      },
    ),
    copy(this: List): List {
      return [...this];
    },
    clear(this: List): null {
      this.length = 0;
      return null;
    },
  },
  { ...SEARCHING, append: 1, extend: 1, insert: 2, pop: [0, 1], remove: 1, sort: [0, 2] },
);
