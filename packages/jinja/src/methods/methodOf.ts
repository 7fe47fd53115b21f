import type { Look } from '../runtime/braceFormat.ts';
import { isMapping, isMarkup, isString, PyFloat, Tuple } from '../runtime/values.ts';
import { dictMethods } from './dictMethods.ts';
import { listMethods, tupleMethods } from './listMethods.ts';
import { numberMethods } from './numberMethods.ts';
import { createFormatMethods, markupMethods, stringMethods } from './stringMethods.ts';

export type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Readonly<Record<string, unknown>>;

/** Finds the method that a value has in Python, if it has one of that name. */
export function createMethodOf(look: Look): (value: unknown, name: string) => Method | undefined {
  const ofStrings: Methods = { ...stringMethods, ...createFormatMethods(look) };
  const ofMarkup: Methods = { ...ofStrings, ...markupMethods };
  const methodsOf = (value: unknown): Methods | undefined => {
    if (isMarkup(value)) return ofMarkup;
    if (isString(value)) return ofStrings;
    if (value instanceof PyFloat || typeof value === 'number') return numberMethods;
    if (Array.isArray(value)) return value instanceof Tuple ? tupleMethods : listMethods;
    return isMapping(value) ? dictMethods : undefined;
  };
  return (value, name) => {
    const methods = methodsOf(value);
    return methods && Object.hasOwn(methods, name) ? (methods[name] as Method) : undefined;
  };
}

/** Every name that may be a method's: what is not among them is a plain property. */
export const methodNames: ReadonlySet<string> = new Set([
  'format',
  'format_map',
  ...[stringMethods, markupMethods, listMethods, tupleMethods, dictMethods, numberMethods].flatMap(
    (methods) => Object.keys(methods),
  ),
]);
