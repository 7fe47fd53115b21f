import { PythonError, type TemplateError } from '../errors.ts';
import { escapeHtml, SafeString } from '../safe.ts';
import { Builtin, namedObject, toJavaScript } from './call.ts';
import { dictMethods, listMethods, setMethods, tupleMethods } from './collectionMethods.ts';
import { formatText } from './formatText.ts';
import { toList } from './iterate.ts';
import { type Method, type Named, NO_NAMES } from './method.ts';
import { numberMethods } from './numberMethods.ts';
import { strMethods } from './strMethods.ts';
import { str } from './text.ts';
import { unavailableAttribute } from './unavailable.ts';
import { isDict, isPlainObject, PyFloat, Tuple, typeName } from './values.ts';

/** How `object.name` is looked up. */
export interface Attributes {
  /**
   * Where it is not called: a method that can be, or a property of an object of the application.
   *
   * @throws PythonError `AttributeError`
   * @throws TemplateError `UNSUPPORTED_PYTHON` of what Python has there.
   */
  attribute(object: unknown, name: string): unknown;
  /** `object.name(...)` */
  callMethod(object: unknown, name: string, args: readonly unknown[], named?: Named): unknown;
}

/** @param ofDicts whether `user.name` is `user['name']` where `user` is an object literal. In Python it is not. */
export function attributes(ofDicts: boolean): Attributes {
  const attribute = (object: unknown, name: string): unknown => {
    const method = methodOf(object, name);
    if (method) return new Builtin(name, (args, named) => method(object as never, args, named));
    if (object instanceof Builtin && object.methods.has(name)) {
      return new Builtin(name, ([self, ...args], named) => callMethod(self, name, args, named));
    }
    const value = property(object, name, ofDicts);
    return typeof value === 'function' ? value.bind(object) : value;
  };
  const callMethod = (object: unknown, name: string, args: readonly unknown[], named = NO_NAMES): unknown => {
    const method = methodOf(object, name);
    if (method) return method(object as never, args, named);
    if (object instanceof Builtin && object.methods.has(name)) {
      return callMethod(args[0], name, args.slice(1), named);
    }
    const callee = property(object, name, ofDicts);
    if (callee instanceof Builtin) return callee.run(args, named);
    if (typeof callee === 'function') {
      return Reflect.apply(callee, object, [...args.map(toJavaScript), ...namedObject(named)]);
    }
    throw new PythonError('TypeError', `'${typeName(callee)}' object is not callable`);
  };
  return { attribute, callMethod };
}

/** A method of one of Python's own types. */
function methodOf(object: unknown, name: string): Method<never> | undefined {
  const methods = methodsOf(object);
  return methods && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

function methodsOf(object: unknown): Readonly<Record<string, Method<never>>> | undefined {
  if (typeof object === 'string') return textMethods;
  if (typeof object === 'number' || object instanceof PyFloat) return numberMethods;
  if (typeof object !== 'object' || object === null) return undefined;
  if (Array.isArray(object)) return listMethods;
  if (isDict(object)) return dictMethods;
  if (object instanceof Tuple) return tupleMethods;
  if (object instanceof Set) return setMethods;
  return object instanceof SafeString ? safeTextMethods : undefined;
}

/** Python's own lookup, which `{user.name}` in a format has, whatever the environment says. */
const lookUp = attributes(false).attribute;

const textMethods: Readonly<Record<string, Method<string>>> = {
  ...strMethods,
  format: (text, args, named) => formatText(text, args, named, lookUp),
  format_map: (text, [values]) => formatText(text, [], values, lookUp),
};

/** Safe text gives plain text, which is escaped; `join` and `format` escape what is put into it, and it stays safe. */
const safeTextMethods: Readonly<Record<string, Method<SafeString>>> = {
  ...Object.fromEntries(
    Object.entries(textMethods).map(([name, method]): [string, Method<SafeString>] => [
      name,
      (text, args, named) => method(String(text), args, named),
    ]),
  ),
  join: (text, [items]) => new SafeString(toList(items).map(escaped).join(String(text))),
  format: (text, args, named) =>
    new SafeString(
      formatText(
        String(text),
        args.map(escapedText),
        new Map(Array.from(named, ([name, value]) => [name, escapedText(value)])),
        lookUp,
      ),
    ),
};

function escaped(value: unknown): string {
  return value instanceof SafeString ? String(value) : escapeHtml(str(value));
}

function escapedText(value: unknown): unknown {
  return typeof value === 'string' ? escapeHtml(value) : value;
}

/**
 * A property of an object of the application. What every object has is none, as it leads to `Function`, and so to
 * anything that the process may do.
 */
function property(object: unknown, name: string, ofDicts: boolean): unknown {
  if (typeof object !== 'object' || object === null || object instanceof Builtin) throw missing(object, name);
  if (name in Object.prototype || name === 'prototype' || !(name in object)) throw missing(object, name);
  if (isDict(object)) {
    if (!(ofDicts && isPlainObject(object))) throw missing(object, name, `: write ['${name}']`);
  } else if (methodsOf(object)) {
    // The lists of JavaScript have methods of their own: none of them is meant.
    throw missing(object, name);
  }
  return (object as Record<string, unknown>)[name];
}

function missing(object: unknown, name: string, instead = ''): TemplateError {
  const unavailable = methodsOf(object) && unavailableAttribute(typeName(object), name);
  if (unavailable) return unavailable;
  const message = `'${typeName(object)}' object has no attribute '${name}'${instead}`;
  return new PythonError('AttributeError', message);
}
