import { PyLookupError, UndefinedError } from '../errors.ts';
import { attributeGetter, type Getter } from '../runtime/attributePath.ts';
import type { RenderContext } from '../runtime/context.ts';
import { isString, tuple, typeName } from '../runtime/values.ts';

/** What asking something for its items means that is no dictionary. */
export function noItems(value: unknown): Error {
  if (value === undefined) return new UndefinedError('the value is undefined');
  return new PyLookupError('ATTRIBUTE', `'${typeName(value)}' object has no attribute 'items'`);
}

/** What the argument `attribute` of a filter reads, as far as the kind of undefined values allows. */
export function getterOf({ env }: RenderContext, path: unknown, fallback?: unknown): Getter {
  return attributeGetter(path, { fallback, isChainable: env.undefined === 'chainable' });
}

/** Several paths with commas between them: their values, each changed by itself, as a tuple. */
export function sortKeyGetter(
  context: RenderContext,
  path: unknown,
  change: (part: unknown) => unknown,
): Getter {
  if (path === undefined || path === null) return change;
  if (!isString(path) || !path.toString().includes(',')) {
    const get = getterOf(context, path);
    return (value) => change(get(value));
  }
  const getters = path
    .toString()
    .split(',')
    .map((part) => getterOf(context, part.trim()));
  return (value) => tuple(getters.map((get) => change(get(value))));
}

/** Makes upper and lower case equal, for sorting and grouping: of text, and not of text within a list. */
export function ignoreCase(value: unknown): unknown {
  return isString(value) ? value.toString().toLowerCase() : value;
}
