import { PyTypeError, UndefinedError } from './errors.ts';
import { type FunctionTable, named, withoutArguments } from './methods/parameters.ts';
import type { AnyFunction } from './nunjucks.ts';
import { modulo } from './runtime/arithmetic.ts';
import { contains, isEqual, isGreater, isGreaterOrEqual, isLess, isLessOrEqual } from './runtime/compare.ts';
import type { RenderContext } from './runtime/context.ts';
import { DictView } from './runtime/dict.ts';
import { isAsyncIterable, isIterable } from './runtime/iterate.ts';
import { Loop } from './runtime/loop.ts';
import { Range } from './runtime/range.ts';
import { toText } from './runtime/text.ts';
import { isInteger, isMapping, isMarkup, isNumber, isString, PyFloat, typeName } from './runtime/values.ts';

function remainder(value: unknown, divisor: number): number {
  if (value === undefined) throw new UndefinedError('the value is undefined');
  if (!isNumber(value))
    throw new PyTypeError(`unsupported operand type(s) for %: '${typeName(value)}' and 'int'`);
  return Number(modulo(value, divisor));
}

const isSequence = (value: unknown): boolean =>
  value === undefined ||
  isString(value) ||
  Array.isArray(value) ||
  isMapping(value) ||
  value instanceof Range;

/** Jinja's tests, with what is tested first. */
const tests: FunctionTable = {
  defined: (value: unknown) => value !== undefined,
  undefined: (value: unknown) => value === undefined,
  none: (value: unknown) => value === null,
  boolean: (value: unknown) => typeof value === 'boolean',
  true: (value: unknown) => value === true,
  false: (value: unknown) => value === false,
  integer: (value: unknown) => typeof value !== 'boolean' && isInteger(value),
  float: (value: unknown) =>
    value instanceof PyFloat || (typeof value === 'number' && !Number.isInteger(value)),
  number: isNumber,
  string: isString,
  mapping: isMapping,
  sequence(this: RenderContext, value: unknown): boolean {
    return isSequence(value) && !(value === undefined && this.env.undefined === 'strict');
  },
  iterable: (value: unknown) =>
    isSequence(value) || value instanceof DictView || isIterable(value) || isAsyncIterable(value),
  callable: (value: unknown) => typeof value === 'function' || value === undefined || value instanceof Loop,
  sameas: named(['other'], (value: unknown, other: unknown) => value === other, 1),
  escaped: (value: unknown) =>
    isMarkup(value) || typeof (value as { __html__?: unknown } | null)?.__html__ === 'function',
  odd: (value: unknown) => remainder(value, 2) === 1,
  even: (value: unknown) => remainder(value, 2) === 0,
  divisibleby: named(['num'], (value: unknown, divisor: unknown) => Number(modulo(value, divisor)) === 0, 1),
  lower: (value: unknown) => isCase(value, (text) => text.toLowerCase()),
  upper: (value: unknown) => isCase(value, (text) => text.toUpperCase()),
  in: named(['seq'], (value: unknown, sequence: unknown) => contains(value, sequence), 1),
  filter(this: RenderContext, value: unknown): boolean {
    return Object.hasOwn(this.env.filters, toText(value));
  },
  test(this: RenderContext, value: unknown): boolean {
    return Object.hasOwn(this.env.tests, toText(value));
  },
};

/** As Python's `isupper()`: there is a letter that has a case, and all are in it. */
function isCase(value: unknown, change: (text: string) => string): boolean {
  const text = toText(value);
  return change(text) === text && text.toLowerCase() !== text.toUpperCase();
}

const isUnequal = (a: unknown, b: unknown): boolean => !isEqual(a, b);

/** The comparisons, under all of the names that Jinja has for them. */
const comparisons = Object.fromEntries(
  [
    [isEqual, 'eq', '==', 'equalto'] as const,
    [isUnequal, 'ne', '!='] as const,
    [isLess, 'lt', '<', 'lessthan'] as const,
    [isLessOrEqual, 'le', '<='] as const,
    [isGreater, 'gt', '>', 'greaterthan'] as const,
    [isGreaterOrEqual, 'ge', '>='] as const,
  ].flatMap(([test, ...names]) => {
    const compare = named(['other'], (a: unknown, b: unknown) => test(a, b), 1);
    return names.map((name) => [name, compare] as const);
  }),
);

export const jinjaTests: Readonly<Record<string, AnyFunction>> = withoutArguments(
  { ...tests, ...comparisons },
  [],
) as Readonly<Record<string, AnyFunction>>;
