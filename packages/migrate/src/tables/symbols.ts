import { MODULES_2X, microdotName } from './modules.ts';

/** What becomes of a name of Microdot 1.x. */
export type Fate =
  /** It is this in 2.x. */
  | { to: 'symbol'; module: string; name: string }
  /** It is a module of Python that 1.x had imported for itself. */
  | { to: 'library'; module: string }
  /** It is written otherwise in 2.x, and a rule does that. */
  | { to: 'rule' }
  /** There is nothing in its place. */
  | { to: 'nothing'; instead?: string };

/** What `microdot` itself has in 2.x. */
const TOP: readonly string[] = [
  'Microdot',
  'Request',
  'Response',
  'URLPattern',
  'abort',
  'redirect',
  'send_file',
  'AsyncBytesIO',
  'iscoroutine',
];

const inTop = (names: readonly string[]) =>
  names.map((name): [string, Fate] => [name, symbol('microdot', name)]);
const inCore = (names: readonly string[]) =>
  names.map((name): [string, Fate] => [name, symbol('microdot.microdot', name)]);
const fromLibrary = (names: readonly string[]) =>
  names.map((module): [string, Fate] => [module, { to: 'library', module }]);
const byRule = (names: readonly string[]) => names.map((name): [string, Fate] => [name, { to: 'rule' }]);

const core: [string, Fate][] = [
  ...inTop(['Microdot', 'Request', 'Response', 'abort', 'redirect', 'send_file']),
  ...inCore(['HTTPException', 'MUTED_SOCKET_ERRORS', 'NoCaseDict', 'mro', 'print_exception']),
];

const microdot = new Map<string, Fate>([
  ...core,
  ...inTop(['URLPattern']),
  ...inCore(['MultiDict', 'urlencode']),
  // 2.2 made one of the two.
  ['urldecode_str', symbol('microdot.microdot', 'urldecode')],
  ['urldecode_bytes', symbol('microdot.microdot', 'urldecode')],
  ...fromLibrary(['errno', 'json', 're', 'socket', 'threading']),
  ['concurrency_mode', { to: 'nothing', instead: '`async def` handlers run on the loop, others in threads' }],
  ['create_thread', { to: 'nothing', instead: 'asyncio.create_task()' }],
  ['socket_timeout_error', { to: 'nothing' }],
]);

const asyncio = new Map<string, Fate>([
  ...core,
  ['BaseMicrodot', symbol('microdot', 'Microdot')],
  ['BaseRequest', symbol('microdot', 'Request')],
  ['BaseResponse', symbol('microdot', 'Response')],
  ['_AsyncBytesIO', symbol('microdot', 'AsyncBytesIO')],
  ['_iscoroutine', symbol('microdot', 'iscoroutine')],
  ...fromLibrary(['asyncio', 'io']),
]);

const websocketNames = ['WebSocket', 'websocket_upgrade', 'with_websocket'];
const websockets = (module: string) =>
  new Map<string, Fate>([
    ...websocketNames.map((name): [string, Fate] => [name, symbol(module, name)]),
    // What snapshots before 1.1 called it.
    ['websocket', symbol(module, 'with_websocket')],
    ['BaseWebSocket', symbol('microdot.websocket', 'WebSocket')],
    ...inTop(['Response', 'abort']),
    ...fromLibrary(['binascii', 'hashlib', 'select']),
  ]);

const testClient = new Map<string, Fate>([
  ['TestClient', symbol('microdot.test_client', 'TestClient')],
  ['TestResponse', symbol('microdot.test_client', 'TestResponse')],
  ['WebSocket', symbol('microdot.websocket', 'WebSocket')],
  ...inTop(['Request', 'Response']),
  ...inCore(['NoCaseDict']),
  ...fromLibrary(['json']),
]);

const templates = [...byRule(['render_template', 'init_templates'])];

/** The names of each module of 1.x. */
const SYMBOLS: ReadonlyMap<string, ReadonlyMap<string, Fate>> = new Map([
  ['microdot', microdot],
  ['microdot_asyncio', asyncio],
  ['microdot_asgi', gateway('microdot.asgi', asyncio, ['asyncio', 'os', 'signal'])],
  ['microdot_wsgi', gateway('microdot.wsgi', microdot, ['os', 'signal'])],
  ['microdot_asgi_websocket', websockets('microdot.asgi')],
  ['microdot_asyncio_websocket', websockets('microdot.websocket')],
  ['microdot_websocket', websockets('microdot.websocket')],
  ['microdot_websocket_alt', websockets('microdot.websocket')],
  ['microdot_test_client', testClient],
  ['microdot_asyncio_test_client', testClient],
  ['microdot_cors', new Map([['CORS', symbol('microdot.cors', 'CORS')]])],
  [
    'microdot_session',
    new Map<string, Fate>([
      ['with_session', symbol('microdot.session', 'with_session')],
      ...byRule(['delete_session', 'get_session', 'set_session_secret_key', 'update_session']),
      ['secret_key', { to: 'nothing', instead: 'Session(app, secret_key=...)' }],
      ...fromLibrary(['jwt']),
    ]),
  ],
  ['microdot_jinja', new Map([...templates, ...byRule(['_jinja_env'])])],
  ['microdot_utemplate', new Map([...templates, ['_loader', symbol('microdot.utemplate', '_loader')]])],
  ['microdot_ssl', new Map([...byRule(['create_ssl_context']), ...fromLibrary(['ssl'])])],
]);

/** What becomes of a name that is imported from a module of 1.x; names of 2.x stay. */
export function fateOf(module: string, name: string): Fate {
  if (module.startsWith('microdot.')) return symbol(module, name);
  const fate = SYMBOLS.get(module)?.get(name);
  if (fate !== undefined) return fate;
  // Who asks the asynchronous module for what the other one has means that.
  if (module === 'microdot_asyncio' && microdot.has(name)) return fateOf('microdot', name);
  // In an application that has begun to use 2.x already.
  if (module === 'microdot' && (TOP.includes(name) || MODULES_2X.has(`microdot.${name}`)))
    return symbol(module, name);
  return { to: 'nothing' };
}

/** A dotted name without the module of 1.x that it was reached through: `asyncio.sleep` of `microdot_asyncio.asyncio.sleep`. */
export function libraryName(dotted: string): string {
  const found = microdotName(dotted);
  const [name, ...rest] = found?.path ?? [];
  if (found === null || name === undefined) return dotted;
  const fate = fateOf(found.module, name);
  return fate.to === 'library' ? [fate.module, ...rest].join('.') : dotted;
}

/** The rule that writes what a module of 1.x has for `rule` as 2.x has it. */
export function ruleFor(module: string): string | undefined {
  return OWN_RULES.get(module);
}

const OWN_RULES: ReadonlyMap<string, string> = new Map([
  ['microdot_jinja', 'templates'],
  ['microdot_utemplate', 'templates'],
  ['microdot_session', 'sessions'],
  ['microdot_ssl', 'tls'],
]);

/** The names that `from module import *` brings, in 1.x. */
export function starNames(module: string): string[] {
  return [...(SYMBOLS.get(module)?.keys() ?? [])].filter((name) => !name.startsWith('_'));
}

// A gateway has all that it imports with a star, and in 2.x so too what `microdot` has.
function gateway(
  module: string,
  from: ReadonlyMap<string, Fate>,
  libraries: readonly string[],
): Map<string, Fate> {
  const names = new Map<string, Fate>();
  for (const [name, fate] of from) {
    const isThere = fate.to === 'symbol' && (fate.module === 'microdot' || fate.name === 'NoCaseDict');
    names.set(name, isThere ? symbol(module, fate.name) : fate);
  }
  for (const library of libraries) names.set(library, { to: 'library', module: library });
  return names.set('BaseMicrodot', symbol('microdot', 'Microdot'));
}

function symbol(module: string, name: string): Fate {
  return { to: 'symbol', module, name };
}
