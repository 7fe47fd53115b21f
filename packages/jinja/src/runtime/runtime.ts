import { locate, PyTypeError, TemplateNotFound, TemplateRuntimeError, UndefinedError } from '../errors.ts';
import { KEYWORDS } from '../methods/parameters.ts';
import type { AnyFunction } from '../nunjucks.ts';
import type { Settings } from '../settings.ts';
import * as arithmetic from './arithmetic.ts';
import { settleAlong } from './attributePath.ts';
import { blocksOf, renderedText, superOf } from './blockFunctions.ts';
import { callWith, fromCallback, makeContent, toKeywords } from './call.ts';
import { collect, type Rendering } from './collect.ts';
import * as comparison from './compare.ts';
import type { RenderContext } from './context.ts';
import { Cursor } from './cursor.ts';
import { Dict, hashKey } from './dict.ts';
import { settle, toList, unpack } from './iterate.ts';
import * as lookup from './lookup.ts';
import { Loop } from './loop.ts';
import { MISSING, makeMacro } from './macro.ts';
import type { TemplateModule } from './module.ts';
import type { RUNTIME_NAMES } from './names.ts';
import { Namespace } from './namespace.ts';
import type { Compiled, Program } from './program.ts';
import type { Run } from './run.ts';
import { settleDeep } from './settleDeep.ts';
import { slice } from './slice.ts';
import { toHtml, toRepr, toText } from './text.ts';
import { isTrue } from './truth.ts';
import {
  isString,
  isThenable,
  MACRO,
  markup,
  Tuple,
  toFloat,
  tuple,
  typeName,
  unhashable,
} from './values.ts';

/** In the place of a name that has not been set so far. */
const UNSET: unique symbol = Symbol('unset');

/** All that the code of templates may use. */
export type Runtime = Readonly<Record<(typeof RUNTIME_NAMES)[number], unknown>>;

/** The code of a template as a function, as `precompile` writes it. */
export type Factory = ((runtime: Runtime) => Compiled) & { readonly settings?: Partial<Settings> };

export const runtime: Runtime = {
  ...arithmetic,
  ...comparison,
  KEYWORDS,
  MACRO,
  MISSING,
  UNSET,
  Cursor,
  Dict,
  Loop,
  blocksOf,
  callWith,
  checkRequired,
  collect,
  contentOf: (run: Run, render: () => Rendering) => makeContent(() => collect(run, render())),
  defined,
  exported,
  failArguments,
  failExtends,
  filter: (context: RenderContext, name: string) => registered(context.env.filters, 'filter', name),
  filtered,
  findMethod: lookup.findMethod,
  fromCallback,
  getAttribute: lookup.getAttribute,
  getAttributeChained: lookup.getAttributeChained,
  getItem: lookup.getItem,
  getItemChained: lookup.getItemChained,
  hashable,
  isT: isThenable,
  isTrue,
  load,
  locate,
  makeMacro,
  markup,
  namespaceOf,
  notCallable: lookup.notCallable,
  printOther,
  printRaw: (value: unknown) => (value === null ? '' : toText(value)),
  renderedText,
  setAttribute,
  settle,
  settleAlong,
  settleDeep,
  shown: (value: unknown, name: string) => (value === undefined ? `{{ ${name} }}` : value),
  slice,
  superOf,
  test: (context: RenderContext, name: string) => registered(context.env.tests, 'test', name),
  templateName,
  toFloat,
  toHtml,
  toKeywords,
  toList,
  toText,
  tuple,
  unpack,
  withoutUnset,
};

/** A filter or test; one that does not exist fails when it is called, as it may stand behind a condition. */
function registered(
  functions: Readonly<Record<string, AnyFunction>>,
  kind: 'filter' | 'test',
  name: string,
): AnyFunction {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return (
    known ??
    (() => {
      throw new TemplateRuntimeError(`No ${kind} named '${name}' found.`);
    })
  );
}

function defined(value: unknown, name: string): unknown {
  if (value === undefined) throw new UndefinedError(`'${name}' is undefined`);
  return value;
}

/** @throws PyTypeError for what cannot be a key */
function hashable(key: unknown): unknown {
  if (!(key instanceof Tuple)) hashKey(key);
  return key;
}

/** What a template exports under a name. */
function exported(module: TemplateModule, name: string): unknown {
  return Object.hasOwn(module, name) ? (module as unknown as Record<string, unknown>)[name] : undefined;
}

/** The names that were set, without those that were not. */
function withoutUnset(locals: Record<string, unknown>): Record<string, unknown> {
  for (const name of Object.keys(locals)) if (locals[name] === UNSET) delete locals[name];
  return locals;
}

/** What a tag of others gives: nothing for null, as in nunjucks. */
function printOther(value: unknown, isEscaped: boolean): string {
  if (value === null) return '';
  return isEscaped ? toHtml(value) : toText(value);
}

/** What a `{% filter %}` block prints: text that the template has made, which is what it is. */
function filtered(value: unknown): string {
  if (isString(value)) return value.toString();
  throw new PyTypeError(`sequence item 0: expected str instance, ${typeName(value)} found`);
}

/** @throws TemplateRuntimeError for what is none */
function namespaceOf(target: unknown): Namespace {
  if (target instanceof Namespace) return target;
  throw new TemplateRuntimeError(`cannot assign attribute on non-namespace object (${typeName(target)})`);
}

function setAttribute(target: Namespace, name: string, value: unknown): void {
  Namespace.prototype.set.call(target, name, value);
}

function checkRequired(context: RenderContext, name: string): void {
  if (!context.blocks.isOverridden(name))
    throw new TemplateRuntimeError(`Required block '${name}' not found`);
}

function failArguments(name: string): never {
  throw new PyTypeError(`${name} does not take as many arguments`);
}

function failExtends(): never {
  throw new TemplateRuntimeError('extended multiple times');
}

/** A name that must be one: None is not the name of a template, and no list of them. */
function templateName(name: unknown): unknown {
  if (Array.isArray(name) && !(name instanceof Tuple)) throw unhashable(name);
  if (name === null || typeof name === 'number' || typeof name === 'boolean' || name instanceof Tuple) {
    throw new TemplateNotFound(`${toRepr(name)} is no template`);
  }
  return name;
}

/** The template of a name, or the first that there is of several; null where there is none, and that does not matter. */
function load(
  context: RenderContext,
  run: Run,
  parent: string,
  name: unknown,
  ignoreMissing: boolean,
): Program | null | PromiseLike<Program | null> {
  const orNull = (error: unknown): null => {
    if (ignoreMissing && error instanceof TemplateNotFound) return null;
    throw error;
  };
  try {
    const program = context.env.loadProgram(name, parent, run);
    return isThenable(program) ? (program as PromiseLike<Program>).then(null, orNull) : (program as Program);
  } catch (error) {
    return orNull(error);
  }
}
