import { isPlain } from './items.ts';
import { float, int } from './numbers.ts';
import type { Untyped } from './untyped.ts';

/** Python's `isinstance()`, with a type that is only known at run time, or with several of them. */
export function isInstance(value: unknown, type: Untyped): boolean {
  if (Array.isArray(type)) return type.some((each) => isInstance(value, each));
  switch (type) {
    case String:
      return typeof value === 'string';
    case Boolean:
      return typeof value === 'boolean';
    case int:
      return Number.isInteger(value) || typeof value === 'boolean';
    case float:
      return typeof value === 'number';
    case Array:
      return Array.isArray(value);
    case Object:
      return isPlain(value);
    default:
      return value instanceof type;
  }
}
