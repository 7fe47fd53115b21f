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

/** Python's `type(value).__name__`. */
export function typeName(value: unknown): string {
  if (value == null) return 'NoneType';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (isPlain(value) || value instanceof Map) return 'dict';
  if (Array.isArray(value)) return 'list';
  const names: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', function: 'function' };
  if (value instanceof Uint8Array) return 'bytes';
  return names[typeof value] ?? (value instanceof Set ? 'set' : (value as object).constructor.name);
}
