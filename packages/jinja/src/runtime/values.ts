import { JinjaError, PyTypeError } from '../errors.ts';
import { NunjucksSafeString, type SafeString } from '../nunjucks.ts';

/**
 * A float whose value is whole. JavaScript has one kind of number, Python two, and prints them differently: `4 / 2` is `2.0`. Only
 * what a template computes can be one; a whole number in a context is an integer.
 */
export class PyFloat extends Number {}

/** The result of an operation that gives a float, whatever its value. */
export function toFloat(value: number): number | PyFloat {
  return Number.isInteger(value) ? new PyFloat(value) : value;
}

/** Marks macros among functions. */
export const MACRO: unique symbol = Symbol('macro');

/** A tuple. Where a list will do, a tuple does. */
export class Tuple extends Array<unknown> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export function tuple(values: Iterable<unknown>): Tuple {
  const made = new Tuple();
  for (const value of values) made.push(value);
  return made;
}

/** Text that is HTML already, and is not escaped again: what Jinja calls Markup, and nunjucks SafeString. */
export type Markup = SafeString;

/** @throws JinjaError `INVALID_OPTION` for what is no text */
export function markup(text: string | Markup): Markup {
  if (typeof text !== 'string' && !isMarkup(text)) {
    throw new JinjaError('INVALID_OPTION', `markup() takes text, not ${typeof text}`);
  }
  return new NunjucksSafeString(text);
}

export function isMarkup(value: unknown): value is Markup {
  return value instanceof NunjucksSafeString;
}

/** A string, marked as safe or not. */
export function isString(value: unknown): value is string | Markup {
  return typeof value === 'string' || value instanceof NunjucksSafeString;
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** An object that is a dictionary, of whatever realm: its prototype is the root, or there is none. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export type Mapping = Record<string, unknown> | Map<unknown, unknown>;

export function isMapping(value: unknown): value is Mapping {
  return value instanceof Map || isPlainObject(value);
}

export function isNumber(value: unknown): value is number | bigint | boolean | PyFloat {
  return (
    typeof value === 'number' ||
    value instanceof PyFloat ||
    typeof value === 'bigint' ||
    typeof value === 'boolean'
  );
}

/** True of Python's ints, as which numbers without a fraction pass. */
export function isInteger(value: unknown): value is number | bigint | boolean {
  return typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value);
}

/** The name of a value's type in Python, for messages. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'Undefined';
  if (value === null) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'function') return 'function';
  if (isMarkup(value)) return 'Markup';
  if (isInteger(value)) return 'int';
  if (isNumber(value)) return 'float';
  if (value instanceof Tuple) return 'tuple';
  if (Array.isArray(value)) return 'list';
  if (isMapping(value)) return 'dict';
  if (value instanceof Set) return 'set';
  if (typeof (value as { next?: unknown }).next === 'function') return 'generator';
  const { name } = (value as { constructor?: { name?: unknown } }).constructor ?? {};
  return typeof name === 'string' ? name : 'object';
}

export function unhashable(value: unknown): PyTypeError {
  return new PyTypeError(`unhashable type: '${typeName(value)}'`);
}
