import type { FunctionDef, Keyword } from '../../python/tree.ts';
import { type Doc, print } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { type Decorator, isRegistration } from '../infer/decorators.ts';
import { URL_ARGUMENT } from '../infer/patterns.ts';
import { block, call, type Js, member, object, primary, quoted, text } from '../js.ts';
import { defaultOf, type FunctionInfo, parameterBinding, positional } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { functionExpression, functionLines, isAsyncHere, methodAround, requestType } from './functions.ts';
import { camelCase } from './names.ts';
import type { Writer } from './writer.ts';

/** `app.get('/', (request) => ...)`: the function within the call that registers it, unless it has several uses. */
export function emitHandler(w: Writer, info: FunctionInfo, decorators: readonly Decorator[]): Doc[] {
  const { e } = w;
  const node = info.node as FunctionDef;
  const binding = e.module.bindings.scopeOf(node).names.get(node.name);
  const registrations = decorators.filter(isRegistration).reverse();
  const isNamed =
    registrations.length > 1 ||
    (binding?.references.length ?? 0) > 0 ||
    (binding !== undefined && e.out.exported.has(binding));
  const wrappers = decorators.filter(
    (decorator) => !isRegistration(decorator) && decorator.kind !== 'ignored',
  );
  const isTyped = isNamed || wrappers.some(({ kind }) => kind === 'user' || kind === 'unknown');
  const parameters = handlerParameters(e, info, isTyped);
  const isExported = w.isModule && binding !== undefined && e.out.exported.has(binding) ? 'export ' : '';
  const lines: Doc[] = [];
  let value: Js;
  const name = e.names.get(node.name);
  if (isNamed && wrappers.length === 0 && !info.isGenerator && !methodAround(e, info)) {
    lines.push(
      [
        `${isExported}${isAsyncHere(e, info) ? 'async ' : ''}function ${name}${parameters} `,
        block(functionLines(w, info)),
      ],
      '',
    );
    value = primary(name);
  } else {
    value = wrappers.reduceRight(
      (inner, decorator) => wrapped(e, decorator, inner),
      withItsName(e, info, wrappers, functionExpression(w, info, parameters)),
    );
    if (isNamed) {
      lines.push([`${isExported}const ${name} = `, value.doc, ';'], '');
      value = primary(name);
    }
  }
  for (const registration of registrations) lines.push([register(e, registration, value).doc, ';']);
  return lines;
}

/** A function whose decorators ask for its name, which an arrow function within a call does not have. */
export function withItsName(
  e: Emitter,
  { node }: FunctionInfo,
  decorators: readonly Decorator[],
  written: Js,
): Js {
  const isAsked = decorators.some((decorator) => {
    if (decorator.kind !== 'user') return false;
    const target =
      decorator.expression.nodeType === 'Call' ? decorator.expression.func : decorator.expression;
    return e.type(target).atoms.some((atom) => {
      const owner = atom.kind === 'named' ? (atom.owner as FunctionInfo | null) : null;
      return owner?.kind === 'function' && /\.__(qual)?name__\b/.test(owner.module.module.text(owner.node));
    });
  });
  return isAsked && 'name' in node ? hugging(call(e.py('named'), [text(node.name), written])) : written;
}

/** What a decorator makes of a function. */
export function wrapped(e: Emitter, decorator: Decorator, inner: Js): Js {
  switch (decorator.kind) {
    case 'with': {
      const from = {
        withSession: 'session',
        withWebSocket: 'websocket',
        withSSE: 'sse',
        withFormData: 'multipart',
      }[decorator.name];
      return hugging(call(e.use(`@microdot/${from}`, decorator.name), [inner]));
    }
    case 'guard':
      return hugging(call(member(e.expression(decorator.object), decorator.method), [inner]));
    case 'user':
    case 'unknown':
      return hugging(call(e.expression(decorator.expression), [inner]));
    default:
      return inner;
  }
}

function hugging(value: Js): Js {
  return { ...value, hugs: true };
}

/** The call that registers a handler. */
export function register(e: Emitter, decorator: Decorator, handler: Js): Js {
  switch (decorator.kind) {
    case 'route': {
      const { call: node, app } = decorator;
      const pattern = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'url_pattern')?.value;
      const path = pattern ? patternText(e, pattern) : e.refuse();
      const methods = methodsOf(decorator.call.keywords);
      const verb = decorator.verb !== 'route' ? decorator.verb : verbOf(methods);
      const target = member(e.expression(app), verb);
      if (verb !== 'route') return call(target, [path, handler]);
      const value = node.keywords.find(({ arg }) => arg === 'methods')?.value;
      const options = value
        ? [object([['methods: ', methods ? `[${methods.map(quoted).join(', ')}]` : e.expression(value).doc]])]
        : [];
      return registered(target, [path, ...options, handler]);
    }
    case 'hook':
      return call(member(e.expression(decorator.app), decorator.verb), [handler]);
    case 'error':
      return call(member(e.expression(decorator.app), 'errorHandler'), [
        decorator.key ? e.expression(decorator.key) : e.refuse(),
        handler,
      ]);
    case 'guard':
      return call(member(e.expression(decorator.object), decorator.method), [handler]);
    default:
      return e.refuse();
  }
}

function registered(target: Js, args: readonly Js[]): Js {
  return call(
    target,
    args.map((arg, i) => (i === args.length - 1 ? arg : { doc: arg.doc, level: arg.level })),
  );
}

/** The pattern, with the names of its arguments as they are written here. */
function patternText(e: Emitter, node: NonNullable<Keyword['value']>): Js {
  const pattern = constantText(node);
  if (pattern === undefined) return e.expression(node);
  return primary(
    quoted(
      pattern.replace(
        URL_ARGUMENT,
        (_, type: string | undefined, name: string) => `<${type ?? ''}${camelCase(name)}>`,
      ),
    ),
  );
}

function methodsOf(keywords: readonly Keyword[]): string[] | undefined {
  const value = keywords.find(({ arg }) => arg === 'methods')?.value;
  if (!value) return ['GET'];
  if (value.nodeType !== 'List' && value.nodeType !== 'Tuple') return undefined;
  const names = value.elts.map(constantText);
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined;
}

function verbOf(methods: readonly string[] | undefined): string {
  const [only, ...more] = methods ?? [];
  const verb = only?.toLowerCase() ?? '';
  return more.length === 0 && ['get', 'post', 'put', 'patch', 'delete'].includes(verb) ? verb : 'route';
}

/** `(request, session, { id })`; `given` are the parameters that are filled in. */
export function handlerParameters(
  e: Emitter,
  info: FunctionInfo,
  isTyped: boolean,
  given: ReadonlySet<string> = new Set(positional(info)),
): string {
  const names = positional(info).filter((name) => given.has(name));
  const { urlArgs } = info;
  const direct = names.filter((name) => !urlArgs?.has(name));
  const parts = direct.map((name, i) => {
    const written = e.names.get(name);
    const type = e.program.bindingType(parameterBinding(info, name));
    const isSession = type.has('instance microdot.SessionDict');
    if (isSession && (isTyped || e.program.session.size > 0 || e.program.isSessionOpen))
      return `${written}: ${e.printType(type)}`;
    if (!isTyped) return written;
    return `${written}: ${i === 0 ? requestType(e) : e.printType(type)}`;
  });
  const args = urlParameter(e, info, isTyped, given);
  if (args) parts.push(args);
  const isUnused = parts.length === 1 && !isTyped && !isRead(info, direct[0] as string);
  return `(${isUnused ? '' : parts.join(', ')})`;
}

function isRead(info: FunctionInfo, name: string): boolean {
  return parameterBinding(info, name).references.length > 0;
}

function urlParameter(
  e: Emitter,
  info: FunctionInfo,
  isTyped: boolean,
  given: ReadonlySet<string>,
): string | undefined {
  const isKeyword = (name: string) => info.node.args.kwonlyargs.some(({ arg }) => arg === name);
  const urlArgs =
    info.urlArgs && new Map([...info.urlArgs].filter(([name]) => given.has(name) || isKeyword(name)));
  const { kwarg, vararg } = info.node.args;
  if (!urlArgs || urlArgs.size === 0) {
    const rest = kwarg ?? vararg;
    return rest && info.role === 'route' ? `${e.names.get(rest.arg)}${isTyped ? ': any' : ''}` : undefined;
  }
  const fields = [...urlArgs.keys()].map((name) => {
    const [key, written] = [camelCase(name), e.names.get(name)];
    const value = defaultOf(info, name);
    const target = key === written ? key : `${key}: ${written}`;
    return value ? `${target} = ${print(e.expression(value).doc, Number.POSITIVE_INFINITY)}` : target;
  });
  if (kwarg) fields.push(`...${e.names.get(kwarg.arg)}`);
  const hasDefault = [...urlArgs.keys()].some((name) => defaultOf(info, name));
  // `id = int(id)`: it is text first, and a number afterwards.
  const typeOf = (name: string) => e.program.bindingType(parameterBinding(info, name));
  const isChanged = [...urlArgs].some(([name, each]) => e.describe(each) !== e.describe(typeOf(name)));
  const type = [...urlArgs.keys()]
    .map((name) => `${camelCase(name)}${defaultOf(info, name) ? '?' : ''}: ${e.printType(typeOf(name))}`)
    .join('; ');
  return `{ ${fields.join(', ')} }${isTyped || hasDefault || isChanged ? `: { ${type} }` : ''}`;
}
