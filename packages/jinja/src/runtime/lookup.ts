import { PyTypeError, UndefinedError } from '../errors.ts';
import { createMethodOf, type Method } from '../methods/methodOf.ts';
import { getKey, hashKey, hasKey } from './dict.ts';
import { Range } from './range.ts';
import { like } from './text.ts';
import { isInteger, isMapping, isMarkup, isString, PyFloat, typeName } from './values.ts';

const methodOf = createMethodOf({ attribute: getAttribute, item: getItem });

/**
 * `target.name`: a method of Python's, or else an item. Nothing that JavaScript has put there: a string, a list or an object from
 * JSON has no properties but its own, so that no way leads to a prototype, or to `Function`.
 *
 * @param hint what the target is in the template, for the message.
 */
export function getAttribute(target: unknown, name: string, hint?: string): unknown {
  const method = methodOf(target, name);
  if (method !== undefined && !hasOwnFunction(target, name)) return bound(method, target);
  return getProperty(target, name, hint);
}

/** An attribute and never an item, as the filter `attr` gives it: of a dictionary its methods alone. */
export function getOnlyAttribute(target: unknown, name: string): unknown {
  if (isMapping(target)) {
    const method = methodOf(target, name);
    return method === undefined ? undefined : bound(method, target);
  }
  return getAttribute(target, name);
}

/** The same as `getAttribute`, except that what is undefined has attributes, which are undefined. */
export function getAttributeChained(target: unknown, name: string): unknown {
  return target === undefined ? undefined : getAttribute(target, name);
}

/** An object with a function under the name of one of Python's methods, such as `get`, is asked itself. */
function hasOwnFunction(target: unknown, name: string): boolean {
  if (typeof target !== 'object' || target === null || Array.isArray(target) || isMarkup(target))
    return false;
  if (target instanceof Map || !Object.hasOwn(target, name)) return false;
  return typeof (target as Record<string, unknown>)[name] === 'function';
}

/** `target[index]`: an item, or else a method. Out of range is undefined. */
export function getItem(target: unknown, index: unknown, hint?: string): unknown {
  if (typeof target === 'object' && target !== null && !Array.isArray(target) && isMapping(target)) {
    const value = isHashable(index) ? getKey(target, index) : undefined;
    if (value !== undefined) return value;
  } else {
    const at = toIndex(index);
    if (at !== undefined) return getIndex(target, at, hint);
  }
  if (!isString(index)) {
    if (target === undefined) throw undefinedTarget(hint, index);
    return undefined;
  }
  const name = index.toString();
  const own = getProperty(target, name, hint);
  if (own !== undefined) return own;
  const method = methodOf(target, name);
  return method === undefined ? undefined : bound(method, target);
}

export function getItemChained(target: unknown, index: unknown): unknown {
  return target === undefined ? undefined : getItem(target, index);
}

function isHashable(key: unknown): boolean {
  try {
    hashKey(key);
    return true;
  } catch {
    return false;
  }
}

function toIndex(index: unknown): number | undefined {
  if (typeof index === 'number') return index;
  if (typeof index === 'boolean') return Number(index);
  return undefined;
}

function getIndex(target: unknown, index: number, hint?: string): unknown {
  if (Array.isArray(target)) return target[index < 0 ? index + target.length : index];
  if (isString(target)) {
    const text = target.toString();
    // Only text with surrogates has code points that are two units.
    const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    const char = points[index < 0 ? index + points.length : index];
    return char === undefined ? undefined : like(target, char);
  }
  if (target instanceof Range) return target.at(index);
  if (ArrayBuffer.isView(target)) return (target as Uint8Array)[index];
  if (target === undefined) throw undefinedTarget(hint, index);
  return undefined;
}

/** What Python's numbers have for attributes. */
function numberPart(value: number | boolean | PyFloat, name: string): unknown {
  const isWhole = isInteger(value);
  if (name === 'real') return typeof value === 'boolean' ? Number(value) : value;
  if (name === 'imag') return isWhole ? 0 : new PyFloat(0);
  if (!isWhole) return undefined;
  if (name === 'numerator') return Number(value);
  return name === 'denominator' ? 1 : undefined;
}

/** An own property, or one of the class of an object. The root of all objects has none that a template may see. */
function getProperty(target: unknown, name: string, hint?: string): unknown {
  switch (typeof target) {
    case 'object':
      break;
    case 'function':
      // What is enumerable was put there by somebody. `prototype` and the like are not.
      return Object.prototype.propertyIsEnumerable.call(target, name)
        ? (target as unknown as Record<string, unknown>)[name]
        : undefined;
    case 'undefined':
      throw undefinedTarget(hint, name);
    case 'number':
    case 'boolean':
      return numberPart(target, name);
    default:
      return undefined;
  }
  if (target === null || isMarkup(target)) return undefined;
  if (target instanceof PyFloat) return numberPart(target, name);
  if (target instanceof Map) return hasKey(target, name) ? getKey(target, name) : undefined;
  if (Array.isArray(target)) {
    // Positions are numbers: `list['0']` is undefined.
    return name !== 'length' && !/^\d+$/.test(name) && Object.hasOwn(target, name)
      ? (target as unknown as Record<string, unknown>)[name]
      : undefined;
  }
  const properties = target as Record<string, unknown>;
  if (Object.hasOwn(properties, name)) return properties[name];
  return name === 'constructor' || name === '__proto__' ? undefined : getInherited(properties, name);
}

function getInherited(target: Record<string, unknown>, name: string): unknown {
  let prototype: unknown = Object.getPrototypeOf(target);
  while (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    if (Object.hasOwn(prototype as object, name)) {
      const value = target[name];
      return typeof value === 'function' ? bound(value as Method, target) : value;
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

function bound(method: Method, target: unknown): unknown {
  return Object.assign(method.bind(target), method);
}

function undefinedTarget(hint: string | undefined, name: unknown): UndefinedError {
  return new UndefinedError(
    hint === undefined ? `undefined has no attribute '${String(name)}'` : `'${hint}' is undefined`,
  );
}

/** The function that `target.name(...)` calls, with `target` as its `this`. */
export function findMethod(target: unknown, name: string, hint: string): Method {
  if (target === undefined) throw undefinedTarget(hint, name);
  const method = hasOwnFunction(target, name) ? undefined : methodOf(target, name);
  if (method !== undefined) return method;
  const value = getProperty(target, name, hint);
  if (typeof value === 'function') return value as Method;
  if (value === undefined) {
    throw new UndefinedError(`'${typeName(target)} object' has no attribute '${name}'`);
  }
  return notCallable(value, name);
}

/** @throws what calling it means in Python; except for objects that can be called, as `loop` in a recursive loop. */
export function notCallable(value: unknown, hint: string): Method {
  if (typeof value === 'object' && value !== null && '~call' in value) {
    const callable = value as { '~call': Method };
    return (...args) => callable['~call'](...args);
  }
  throw value === undefined
    ? new UndefinedError(`'${hint}' is undefined`)
    : new PyTypeError(`'${typeName(value)}' object is not callable`);
}
