import type { PythonModule } from '../python/parse.ts';
import type { Call, Expression } from '../python/tree.ts';
import type { Flow } from './flow.ts';
import { type Kind, websocketKind } from './kinds.ts';
import { microdotOf } from './microdot.ts';

const ROUTES: ReadonlySet<string> = new Set(['route', 'get', 'post', 'put', 'patch', 'delete']);

/** What registered functions are called with. */
const HOOKS: ReadonlyMap<string, Kind[]> = new Map([
  ['before_request', ['request']],
  ['after_request', ['request', 'response']],
  ['after_error_request', ['request', 'response']],
  ['errorhandler', ['request']],
]);

/** How a function is registered with an application. */
export interface Registration {
  type: 'route' | 'hook';
  /** The kinds of the first parameters. */
  parameters: Kind[];
  /** The application, or the request. */
  owner: Expression;
}

/** What a decorator registers a function as: `@app.route('/')`, `@app.before_request`, `@request.after_request`. */
export function registrationOf(flow: Flow, module: PythonModule, decorator: Expression): Registration | null {
  const func = decorator.nodeType === 'Call' ? decorator.func : decorator;
  if (func.nodeType !== 'Attribute') return null;
  const owner = func.value;
  const hook = HOOKS.get(func.attr);
  if (hook !== undefined) return { type: 'hook', parameters: hook, owner };
  if (!ROUTES.has(func.attr) || decorator.nodeType !== 'Call') return null;
  const kinds = flow.kinds(module, owner);
  const isApp = kinds.has('app') || kinds.has('asyncapp');
  if (!isApp && (kinds.size > 0 || !hasPath(decorator))) return null;
  return { type: 'route', parameters: ['request'], owner };
}

// An application that comes from elsewhere is known by what is asked of it.
function hasPath(call: Call): boolean {
  const [first] = call.args;
  return first?.nodeType === 'Constant' && typeof first.value === 'string' && first.value.startsWith('/');
}

/** What a decorator of Microdot hands to the function after the request: a session, or a WebSocket. */
export function injectedBy(flow: Flow, module: PythonModule, decorator: Expression): Kind | null {
  const found = microdotOf(flow.program, module, decorator);
  if (found?.path.length !== 1) return null;
  switch (found.path[0]) {
    case 'with_session':
      return 'session';
    case 'websocket':
    case 'with_websocket':
      return websocketKind(found.module);
    case 'with_sse':
      return 'sse';
    default:
      return null;
  }
}

/** The decorators that are written as calls, and what they are applied to: `app.route('/')(with_websocket(f))`. */
export function appliedTo(
  flow: Flow,
  module: PythonModule,
  call: Call,
): { decorators: Expression[]; inner: Expression } {
  const decorators: Expression[] = [];
  let inner: Expression = call;
  while (inner.nodeType === 'Call' && inner.args.length === 1 && inner.keywords.length === 0) {
    const { func, args }: Call = inner;
    if (injectedBy(flow, module, func) === null && registrationOf(flow, module, func) === null) break;
    decorators.push(func);
    inner = args[0] as Expression;
  }
  return { decorators, inner };
}
