import { walk } from '../../python/fields.ts';
import type { Call, Expression, FunctionDef, Return } from '../../python/tree.ts';
import { type FunctionInfo, isApplication, type ModuleInfo, type Program } from '../program.ts';

/** What a decorator means. */
export type Decorator =
  | { readonly kind: 'route'; readonly app: Expression; readonly verb: string; readonly call: Call }
  | { readonly kind: 'hook'; readonly app: Expression; readonly verb: string }
  | { readonly kind: 'error'; readonly app: Expression; readonly key: Expression | undefined }
  /** Gives the handler one more argument. */
  | { readonly kind: 'with'; readonly name: WithName; readonly extra: string }
  /** Of an object of `microdot.auth`, `login` or `csrf`: `required`, `userLoader`, ... */
  | {
      readonly kind: 'guard';
      readonly object: Expression;
      readonly method: string;
      readonly isHandler: boolean;
    }
  | { readonly kind: 'user'; readonly expression: Expression }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'property' | 'setter' | 'static' | 'class' | 'dataclass' }
  | { readonly kind: 'unknown'; readonly expression: Expression };

type WithName = 'withSession' | 'withWebSocket' | 'withSSE' | 'withFormData';

const WITH: Readonly<Record<string, { name: WithName; extra: string }>> = {
  'microdot.with_session': { name: 'withSession', extra: 'microdot.SessionDict' },
  'microdot.with_websocket': { name: 'withWebSocket', extra: 'microdot.WebSocket' },
  'microdot.websocket': { name: 'withWebSocket', extra: 'microdot.WebSocket' },
  'microdot.with_sse': { name: 'withSSE', extra: 'microdot.SSE' },
  'microdot.with_form_data': { name: 'withFormData', extra: '' },
};

const VERBS = ['route', 'get', 'post', 'put', 'patch', 'delete'];

const HOOKS: Readonly<Record<string, string>> = {
  before_request: 'beforeRequest',
  after_request: 'afterRequest',
  after_error_request: 'afterErrorRequest',
};

/** Guards by the class of the object: the method for the object itself, and those of its attributes. */
const GUARDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'microdot.BasicAuth': {
    '': 'required',
    optional: 'optional',
    authenticate: 'authenticate',
    errorhandler: 'errorHandler',
  },
  'microdot.TokenAuth': {
    '': 'required',
    optional: 'optional',
    authenticate: 'authenticate',
    errorhandler: 'errorHandler',
  },
  'microdot.Login': { '': 'required', fresh: 'fresh', user_loader: 'userLoader' },
  'microdot.CSRF': { exempt: 'exempt', protect: 'protect' },
};

/** What only says something, or makes a function faster. */
const IGNORED =
  /^(functools\.(wraps|lru_cache|cache)|contextlib\.(async)?contextmanager|abc\.abstractmethod|typing\.(override|final|overload|no_type_check)|micropython\.(native|viper))$/;

export function classifyDecorator(program: Program, expression: Expression): Decorator {
  const call = expression.nodeType === 'Call' ? expression : undefined;
  const target = call ? call.func : expression;
  const name = nameOf(program, target);
  if (name && WITH[name]) return { kind: 'with', ...(WITH[name] as { name: WithName; extra: string }) };
  if (name && IGNORED.test(name)) return { kind: 'ignored' };
  if (name === 'dataclasses.dataclass') return { kind: 'dataclass' };
  if (name === 'builtins.staticmethod') return { kind: 'static' };
  if (name === 'builtins.classmethod') return { kind: 'class' };
  if (name === 'builtins.property') return { kind: 'property' };
  if (target.nodeType === 'Attribute') {
    const { value, attr } = target;
    const type = program.typeOf(value);
    if (attr === 'setter' && !call) return { kind: 'setter' };
    if (isApplication(type)) {
      if (call && VERBS.includes(attr)) return { kind: 'route', app: value, verb: attr, call };
      if (attr === 'errorhandler') return { kind: 'error', app: value, key: call?.args[0] };
      const hook = HOOKS[attr];
      if (hook) return { kind: 'hook', app: value, verb: hook };
    }
    if (attr === 'after_request' && type.has('instance microdot.Request'))
      return { kind: 'hook', app: value, verb: 'afterRequest' };
    const guard = guardOf(program, value, attr);
    if (guard) return guard;
  }
  const guard = guardOf(program, target, '');
  if (guard) return guard;
  return isUser(program, target) ? { kind: 'user', expression } : { kind: 'unknown', expression };
}

/** True of decorators that register the function with something. */
export function isRegistration(decorator: Decorator): boolean {
  return (
    decorator.kind === 'route' ||
    decorator.kind === 'hook' ||
    decorator.kind === 'error' ||
    (decorator.kind === 'guard' && !decorator.isHandler)
  );
}

function guardOf(program: Program, object: Expression, attribute: string): Decorator | undefined {
  for (const atom of program.typeOf(object).atoms) {
    const method = atom.kind === 'instance' ? GUARDS[atom.name]?.[attribute] : undefined;
    if (method)
      return {
        kind: 'guard',
        object,
        method,
        isHandler: ['required', 'optional', 'fresh', 'exempt', 'protect'].includes(method),
      };
  }
  return undefined;
}

function isUser(program: Program, target: Expression): boolean {
  return functionsOf(program, target).length > 0;
}

/** The canonical name of a function or class that is not the project's own. */
export function nameOf(program: Program, expression: Expression): string | undefined {
  const atom = program.typeOf(expression).single;
  return atom?.kind === 'named' && !atom.owner ? atom.name : undefined;
}

/** The functions of the project that an expression can be. */
export function functionsOf(program: Program, expression: Expression): FunctionInfo[] {
  return program.typeOf(expression).atoms.flatMap((atom) => {
    const owner = atom.kind === 'named' ? (atom.owner as FunctionInfo | ModuleInfo | null) : null;
    return owner && 'kind' in owner && owner.kind === 'function' ? [owner] : [];
  });
}

/** What `with_session` and its like add to the parameters of a function, the innermost first. */
export function extrasOf(program: Program, info: FunctionInfo): string[] {
  if (info.node.nodeType === 'Lambda') return [];
  return info.node.decorator_list
    .map((decorator) => classifyDecorator(program, decorator))
    .flatMap((decorator) => (decorator.kind === 'with' && decorator.extra !== '' ? decorator.extra : []))
    .reverse();
}

/** The wrapper that a decorator of the project puts around a function. */
export function wrapperOf(
  program: Program,
  { expression }: Extract<Decorator, { kind: 'user' }>,
): { decorator: FunctionInfo; wrapper: FunctionInfo } | undefined {
  const isCalled = expression.nodeType === 'Call';
  for (const called of functionsOf(program, isCalled ? expression.func : expression)) {
    const decorator = isCalled ? returnedFunction(program, called) : called;
    const wrapper = decorator && returnedFunction(program, decorator);
    if (decorator && wrapper) return { decorator, wrapper };
  }
  return undefined;
}

/** What a wrapper hands to the function beside the request and what it got itself: `f(request, session, *args)`. */
export function handedOn(decorator: FunctionInfo, wrapper: FunctionInfo): Expression[] {
  const name = decorator.node.args.args[0]?.arg;
  let found: Expression[] = [];
  walk(wrapper.node, (node) => {
    if (node.nodeType === 'Call' && node.func.nodeType === 'Name' && node.func.id === name)
      found = node.args.slice(1).filter(({ nodeType }) => nodeType !== 'Starred');
    return true;
  });
  return found;
}

/** The generator that `contextlib.contextmanager` makes something for `with` of, where it is called. */
export function contextManagerOf(program: Program, node: Expression): FunctionInfo | undefined {
  if (node.nodeType !== 'Call') return undefined;
  return functionsOf(program, node.func).find(
    (info) =>
      info.isGenerator &&
      info.node.nodeType !== 'Lambda' &&
      info.node.decorator_list.some((each) =>
        /^contextlib\.(async)?contextmanager$/.test(nameOf(program, each) ?? ''),
      ),
  );
}

/** The function defined in another that this one returns. */
export function returnedFunction(program: Program, info: FunctionInfo): FunctionInfo | undefined {
  if (info.node.nodeType === 'Lambda') return undefined;
  const { body } = info.node;
  const returned = body.find((statement): statement is Return => statement.nodeType === 'Return')?.value;
  if (returned?.nodeType !== 'Name') return undefined;
  const inner = body.find(
    (statement): statement is FunctionDef =>
      'name' in statement && 'args' in statement && statement.name === returned.id,
  );
  return inner && program.functions.get(inner);
}
