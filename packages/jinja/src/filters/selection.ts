import { FilterArgumentError, PyTypeError, TemplateRuntimeError, UndefinedError } from '../errors.ts';
import { arityOf, type FunctionTable, isKeywords } from '../methods/parameters.ts';
import type { AnyFunction } from '../nunjucks.ts';
import { callWith } from '../runtime/call.ts';
import type { RenderContext } from '../runtime/context.ts';
import { each, markComputed } from '../runtime/iterate.ts';
import { toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { getterOf } from './attributes.ts';

type Applied = (value: unknown) => unknown;

/** A filter or test by its name, with the arguments that follow that. */
function applied(context: RenderContext, kind: 'filter' | 'test', args: readonly unknown[]): Applied {
  const [name, ...rest] = args;
  const functions: Readonly<Record<string, AnyFunction>> =
    kind === 'filter' ? context.env.filters : context.env.tests;
  const key = toText(name);
  const f = Object.hasOwn(functions, key) ? functions[key] : undefined;
  if (!f) throw new TemplateRuntimeError(`No ${kind} named '${key}'.`);
  const keywords = rest.at(-1);
  const arity = arityOf(f);
  const count = rest.length + (isKeywords(keywords) ? Object.keys(keywords).length - 2 : 0);
  if (arity && (count < arity.min || count > arity.max)) {
    return () => {
      throw new PyTypeError(`${key} does not take ${count} arguments`);
    };
  }
  if (isKeywords(keywords)) {
    return (value) => callWith(f, context, [value, ...rest.slice(0, -1)], keywords, 1);
  }
  return (value) => (f as (this: unknown, ...all: unknown[]) => unknown).call(context, value, ...rest);
}

function checked(value: unknown, isStrict: boolean): unknown {
  if (value === undefined && isStrict) throw new UndefinedError('the value is undefined');
  return value;
}

const select = (isWanted: boolean, byAttribute: boolean) =>
  function* (this: RenderContext, values: unknown, ...args: unknown[]): Generator<unknown> {
    if (!isTrue(values)) return;
    if (byAttribute && (args.length === 0 || isKeywords(args[0])))
      throw new FilterArgumentError('Missing parameter for attribute name');
    const get = byAttribute ? getterOf(this, args[0]) : (value: unknown): unknown => value;
    const rest = byAttribute ? args.slice(1) : args;
    const isStrict = this.env.undefined === 'strict';
    const holds =
      rest.length > 0 ? applied(this, 'test', rest) : (value: unknown): unknown => checked(value, isStrict);
    for (const value of each(values)) if (isTrue(holds(get(value))) === isWanted) yield value;
  };

function map(this: RenderContext, values: unknown, ...args: unknown[]): Generator<unknown> {
  return markComputed(mapped(values, mapping(this, args)));
}

function* mapped(values: unknown, change: Applied): Generator<unknown> {
  if (isTrue(values)) for (const value of each(values)) yield change(value);
}

/** What `map` does to each item: it reads an attribute, or applies a filter. */
function mapping(context: RenderContext, args: readonly unknown[]): Applied {
  const [keywords] = args;
  if (args.length === 1 && isKeywords(keywords)) {
    const { attribute, default: fallback, __keywords, ...others } = keywords;
    const unknown = Object.keys(others)[0];
    if (attribute === undefined) throw new FilterArgumentError('map requires a filter argument');
    if (unknown !== undefined) throw new FilterArgumentError(`Unexpected keyword argument '${unknown}'`);
    return getterOf(context, attribute, fallback);
  }
  if (args.length === 0) throw new FilterArgumentError('map requires a filter argument');
  return applied(context, 'filter', args);
}

export const selectionFilters: FunctionTable = {
  select: select(true, false),
  reject: select(false, false),
  selectattr: select(true, true),
  rejectattr: select(false, true),
  map,
};
