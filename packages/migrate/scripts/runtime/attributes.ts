import type { Untyped } from './untyped.ts';

/** What an attribute of a Python object is called here. */
export function attributeName(name: string): string {
  return /[a-z]/.test(name)
    ? name.replace(/(?<=[^_])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name;
}

/** Python's `setattr()`, with a name that is only known at run time. */
export function setAttribute(object: Untyped, name: string, value: unknown): void {
  object[attributeName(name)] = value;
}

/** Python's `getattr()`, with a name that is only known at run time. */
export function getAttribute(object: Untyped, name: string, fallback?: Untyped): Untyped {
  const value = object[attributeName(name)];
  if (value === undefined && fallback === undefined) throw new TypeError(`there is no attribute '${name}'`);
  return value ?? fallback ?? null;
}

/** A function with the name that it has in Python, for what asks for its `__name__`. */
export function named<T extends object>(name: string, f: T): T {
  return Object.defineProperty(f, 'name', { value: name });
}
