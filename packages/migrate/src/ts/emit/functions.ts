import { walk } from '../../python/fields.ts';
import type { FunctionDef, Statement } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { extrasOf, handedOn, returnedFunction } from '../infer/decorators.ts';
import { fallsThrough } from '../infer/never.ts';
import { block, type Js, LEVEL } from '../js.ts';
import {
  allParameters,
  type ClassInfo,
  type FunctionInfo,
  firstParameter,
  isOverridden,
  isStatic,
  parameterBinding,
  positional,
} from '../program.ts';
import { isMap } from '../types/print.ts';
import { bodyWaits } from './awaits.ts';
import { Declarations } from './declare.ts';
import type { Emitter } from './emitter.ts';
import { parameterList } from './parameters.ts';
import { enclosing, restName } from './wrappers.ts';
import type { Writer } from './writer.ts';

/** Whether it is `async` here: where Python's is, or where it waits. */
export function isAsyncHere(e: Emitter, info: FunctionInfo): boolean {
  if (info.isAsync) return true;
  if (!info.isCoroutine) return false;
  return info.isGenerator || !info.role || bodyWaits(e.program, info);
}

export function exportKeyword(w: Writer, node: FunctionDef): string {
  const binding = w.e.module.bindings.scopeOf(node).names.get(node.name);
  return w.isModule && binding && w.e.out.exported.has(binding) ? 'export ' : '';
}

export function signature(
  w: Writer,
  info: FunctionInfo,
): { generic: string; parameters: string; result: string } {
  const { e } = w;
  const result = info.isNever
    ? ': never'
    : isRecursive(info) || returnsOpenRecord(info) || isOverridden(e.program, info)
      ? `: ${promised(e, info, info.returns.is('none') ? 'void' : e.printType(info.returns))}`
      : '';
  const inner = info.wraps === 'decorator' ? returnedFunction(e.program, info) : undefined;
  if (inner && extrasOf(e.program, inner).length > 0)
    return {
      generic: '',
      parameters: `(${e.names.get(allParameters(info)[0] as string)}: ${handlerWithExtras(e, info, inner)})`,
      result: '',
    };
  if (info.wraps === 'decorator')
    return {
      generic: decoratorGeneric(e, info),
      parameters: `(${e.names.get(allParameters(info)[0] as string)}: ${handlerType(e, info)})`,
      result: `: ${handlerType(e, info)}`,
    };
  if (info.wraps === 'wrapper')
    return {
      generic: '',
      parameters: wrapperParameters(e, info),
      result: `: ${promised(e, info, handlerResult(e, info))}`,
    };
  return { generic: '', parameters: parameterList(e, info), result };
}

/** Others put into the dictionary what this function does not: TypeScript has to hear of it. */
function returnsOpenRecord(info: FunctionInfo): boolean {
  if (info.isHandler || info.isGenerator || info.node.nodeType === 'Lambda') return false;
  const cell = info.returns.atom('dict')?.cell;
  if (!cell || isMap(cell) || info.returns.single?.kind !== 'dict') return false;
  return cell.isDynamic || [...cell.fields.keys()].some((name) => cell.isOptional(name));
}

function promised(e: Emitter, info: FunctionInfo, type: string): string {
  return isAsyncHere(e, info) && !info.isGenerator ? `Promise<${type}>` : type;
}

function handlerResult(e: Emitter, info: FunctionInfo): string {
  const name = e.importName('@microdot/core', 'HandlerResult', true);
  return isAsyncHere(e, info) ? name : `${e.importName('@microdot/core', 'Maybe', true)}<${name}>`;
}

/** A decorator takes and gives a function of the request and of whatever else there is. */
function decoratorGeneric(e: Emitter, info: FunctionInfo): string {
  const wrapper = returnedFunction(e.program, info);
  return wrapper && hasRest(wrapper) ? '<Rest extends unknown[]>' : '';
}

function handlerType(e: Emitter, info: FunctionInfo): string {
  const wrapper = returnedFunction(e.program, info);
  const extra = wrapper
    ? positional(wrapper)
        .slice(1)
        .map((name) => `, ${e.names.get(name)}: any`)
        .join('')
    : '';
  if (extra === '' && wrapper && hasRest(wrapper)) {
    e.usesWrapped = true;
    return 'Wrapped<Rest>';
  }
  const rest = wrapper && hasRest(wrapper) ? ', ...rest: Rest' : '';
  return `(request: ${requestType(e)}${extra}${rest}) => ${resultType(e)}`;
}

/** The type of the functions that a decorator takes and gives. */
export function wrappedType(e: Emitter): string {
  return `type Wrapped<Rest extends unknown[]> = (request: ${requestType(e)}, ...rest: Rest) => ${resultType(e)};`;
}

function resultType(e: Emitter): string {
  return `${e.importName('@microdot/core', 'Maybe', true)}<${e.importName('@microdot/core', 'HandlerResult', true)}>`;
}

export function requestType(e: Emitter): string {
  return `${e.importName('@microdot/core', 'Request', true)}${e.globalsArgument()}`;
}

/** The function that a wrapper with a session calls. */
function handlerWithExtras(e: Emitter, decorator: FunctionInfo, wrapper: FunctionInfo): string {
  const extras = handedOn(decorator, wrapper).map(
    (node, i) =>
      `${node.nodeType === 'Name' ? e.names.get(node.id) : `extra${i}`}: ${e.printType(e.type(node))}, `,
  );
  return `(request: ${requestType(e)}, ${extras.join('')}...rest: any[]) => ${resultType(e)}`;
}

function hasRest(info: FunctionInfo): boolean {
  return Boolean(info.node.args.vararg || info.node.args.kwarg);
}

function wrapperParameters(e: Emitter, info: FunctionInfo): string {
  const decorator = enclosing(e, info);
  const names = positional(info);
  const restType = extrasOf(e.program, info).length > 0 ? 'any[]' : decorator ? 'Rest' : 'unknown[]';
  const rest = hasRest(info) ? [`...${restName(e, info)}: ${restType}`] : [];
  return `(${[...names.map((name, i) => `${e.names.get(name)}: ${i === 0 ? requestType(e) : e.printType(e.program.bindingType(parameterBinding(info, name)))}`), ...rest].join(', ')})`;
}

function isRecursive(info: FunctionInfo): boolean {
  const { node } = info;
  if (node.nodeType === 'Lambda') return false;
  let found = false;
  for (const statement of node.body) {
    walk(statement, (inner) => {
      if (inner.nodeType === 'Name' && inner.id === node.name) found = true;
      return !found;
    });
  }
  return found;
}

/** A function as an expression: an arrow function, unless it is a generator. */
export function functionExpression(w: Writer, info: FunctionInfo, parameters: string): Js {
  const { e } = w;
  const isAsync = isAsyncHere(e, info);
  const lines = functionLines(w, info);
  if (info.isGenerator) {
    const owner = methodAround(e, info);
    const self = owner ? `(this: ${e.names.get(owner.node.name)}${parameters === '()' ? '' : ', '}` : '(';
    const head = [isAsync ? 'async ' : '', 'function* ', self, parameters.slice(1), ' '];
    return { doc: [head, block(lines), owner ? '.bind(this)' : ''], level: LEVEL.primary, hugs: true };
  }
  const head = `${isAsync ? 'async ' : ''}${parameters} => `;
  const single = lines.length === 1 ? returned(lines[0] as Doc) : undefined;
  if (single)
    return {
      doc: [head, single.isObject ? ['(', single.doc, ')'] : single.doc],
      level: LEVEL.arrow,
      hugs: true,
    };
  return { doc: [head, block(lines)], level: LEVEL.arrow, hugs: true };
}

/** The class whose object a function within a method uses: only an arrow function knows it. */
export function methodAround(e: Emitter, info: FunctionInfo): ClassInfo | undefined {
  for (let outer = info.node.parent; outer; outer = outer.parent) {
    const method = e.program.functions.get(outer);
    if (!method?.owner) continue;
    const self = isStatic(method)
      ? undefined
      : method.module.bindings.scopeWithin(method.node).names.get(firstParameter(method.node) ?? '');
    const isUsed = self?.references.some(
      ({ start, end }) => info.node.start <= start && end <= info.node.end,
    );
    return isUsed ? method.owner : undefined;
  }
  return undefined;
}

/** What the one statement of a function returns: that is all that an arrow function needs to say. */
function returned(line: Doc): { doc: Doc; isObject: boolean } | undefined {
  if (!Array.isArray(line) || line[0] !== 'return ' || line.length !== 3) return undefined;
  const doc = line[1] as Doc;
  return { doc, isObject: startsWithBrace(doc) };
}

function startsWithBrace(doc: Doc): boolean {
  if (typeof doc === 'string') return doc.startsWith('{');
  if (Array.isArray(doc)) {
    const first = (doc as readonly Doc[]).find((part) => part !== '');
    return first !== undefined && startsWithBrace(first);
  }
  const node = doc as { doc?: Doc };
  return node.doc !== undefined && startsWithBrace(node.doc);
}

/** The lines of the body of a function; `statements` in another order than Python has them. */
export function functionLines(w: Writer, info: FunctionInfo, statements?: readonly Statement[]): Doc[] {
  const { e } = w;
  const node = info.node as FunctionDef;
  const [fn, narrowed] = [e.fn, e.narrowed];
  e.fn = info;
  e.narrowed = new Set();
  try {
    const declarations = new Declarations((binding) => e.program.bindingType(binding).atoms.length > 1);
    const body = statements ?? withoutDocstring(node.body);
    declarations.plan(body, [...e.module.bindings.scopeWithin(node).names.values()]);
    const lines = w.within(declarations).lines(body, node.end);
    return [...missingKeywords(e, info), ...lines, ...lastReturn(e, info, body)];
  } finally {
    e.fn = fn;
    e.narrowed = narrowed;
  }
}

/** Where the end is reached of a function that returns something elsewhere, it returns `None`. */
function lastReturn(e: Emitter, info: FunctionInfo, body: readonly Statement[]): Doc[] {
  if (info.isHandler || info.isNever || info.isGenerator || info.returns.is('none')) return [];
  return fallsThrough(e.program, body) ? ['return null;'] : [];
}

/** `kwargs` of a wrapper that looks into them. */
function missingKeywords(e: Emitter, info: FunctionInfo): Doc[] {
  const { kwarg, vararg } = info.node.args;
  if (info.wraps !== 'wrapper' || !kwarg || !vararg) return [];
  const binding = e.module.bindings.scopeWithin(info.node).names.get(kwarg.arg);
  const isRead = binding?.references.some(({ parent }) => parent?.nodeType !== 'Keyword');
  return isRead ? [`const ${e.names.get(kwarg.arg)} = ${restName(e, info)}.at(-1) as any;`] : [];
}

export function docstring(node: { body: readonly Statement[] }): string {
  const [first] = node.body;
  return first?.nodeType === 'Expr' && first.value.nodeType === 'Constant' && first.value.type === 'str'
    ? String(first.value.value)
    : '';
}

export function withoutDocstring(body: readonly Statement[]): readonly Statement[] {
  return docstring({ body }) === '' ? body : body.slice(1);
}
