import { FilterArgumentError, TemplateRuntimeError } from '../errors.ts';
import { callWith } from '../runtime/call.ts';
import { isKeywords } from '../methods/parameters.ts';
import type { RenderContext } from '../runtime/context.ts';
import { toList } from '../runtime/iterate.ts';
import { toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import type { AnyFunction } from '../nunjucks.ts';
import { attributeGetter } from './attributes.ts';

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
  if (isKeywords(keywords)) {
    return (value) => callWith(f, context, [value, ...rest.slice(0, -1)], keywords, 1);
  }
  return (value) => (f as (this: unknown, ...all: unknown[]) => unknown).call(context, value, ...rest);
}

const select = (isWanted: boolean, byAttribute: boolean) =>
  function (this: RenderContext, values: unknown, ...args: unknown[]): unknown[] {
    if (byAttribute && args.length === 0) throw new FilterArgumentError('Missing parameter for attribute name');
    const get = byAttribute ? attributeGetter(args[0]) : (value: unknown): unknown => value;
    const rest = byAttribute ? args.slice(1) : args;
    const holds = rest.length > 0 ? applied(this, 'test', rest) : (value: unknown): unknown => value;
    return toList(values).filter((value) => isTrue(holds(get(value))) === isWanted);
  };

function map(this: RenderContext, values: unknown, ...args: unknown[]): unknown {
  const [keywords] = args;
  if (args.length === 1 && isKeywords(keywords)) {
    const { attribute, default: fallback, __keywords, ...others } = keywords;
    const unknown = Object.keys(others)[0];
    if (attribute === undefined) throw new FilterArgumentError('map requires a filter argument');
    if (unknown !== undefined) throw new FilterArgumentError(`Unexpected keyword argument '${unknown}'`);
    return toList(values).map(attributeGetter(attribute, fallback));
  }
  if (args.length === 0) throw new FilterArgumentError('map requires a filter argument');
  const list = toList(values).map(applied(this, 'filter', args));
  return list;
}

export const selectionFilters = {
  select: select(true, false),
  reject: select(false, false),
  selectattr: select(true, true),
  rejectattr: select(false, true),
  map,
} as const;
