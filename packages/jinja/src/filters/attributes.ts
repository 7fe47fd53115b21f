import { PyLookupError, UndefinedError } from '../errors.ts';
import { getItem } from '../runtime/lookup.ts';
import { isString, Tuple, tuple, typeName } from '../runtime/values.ts';

/** What asking something for its items means that is no dictionary. */
export function noItems(value: unknown): Error {
  if (value === undefined) return new UndefinedError('the value is undefined');
  return new PyLookupError('ATTRIBUTE', `'${typeName(value)}' object has no attribute 'items'`);
}

export type Getter = (value: unknown) => unknown;

/** What `attribute='author.name'` reads: a path of items, where numbers are positions. What is missing on the way is undefined. */
export function attributeGetter(path: unknown, fallback?: unknown): Getter {
  const parts = isString(path)
    ? path
        .toString()
        .split('.')
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    : [path];
  return (value) => {
    let found = value;
    for (const part of parts) {
      if (found === undefined) break;
      found = found === null ? undefined : getItem(found, part);
    }
    return found === undefined ? fallback : found;
  };
}

/** Several paths with commas between them: their values, as a tuple. */
export function sortKeyGetter(path: unknown): Getter {
  if (path === undefined || path === null) return (value) => value;
  if (!isString(path) || !path.toString().includes(',')) return attributeGetter(path);
  const getters = path
    .toString()
    .split(',')
    .map((part) => attributeGetter(part.trim()));
  return (value) => tuple(getters.map((get) => get(value)));
}

/** Makes upper and lower case equal, for sorting and grouping. */
export function ignoreCase(value: unknown): unknown {
  if (isString(value)) return value.toString().toLowerCase();
  return value instanceof Tuple ? tuple(value.map(ignoreCase)) : value;
}
