import { DictView } from './dict.ts';
import { Range } from './range.ts';
import { isMarkup, isPlainObject, PyFloat } from './values.ts';

/** What Python takes for true: nothing that is empty, zero, None or undefined. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    case 'object':
      return value !== null && isTrueObject(value);
    case 'bigint':
      return value !== 0n;
    default:
      return true;
  }
}

function isTrueObject(value: object): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMarkup(value)) return value.val !== '';
  if (value instanceof PyFloat) return Number(value) !== 0;
  if (value instanceof Map || value instanceof Set || value instanceof DictView || value instanceof Range) {
    return value.size > 0;
  }
  return !isPlainObject(value) || Object.keys(value).length > 0;
}
