/** The modules of Microdot 1.x, and where what they have is in 2.x; `null` where 2.x has nothing of the kind. */
export const MODULES: ReadonlyMap<string, string | null> = new Map([
  ['microdot', 'microdot'],
  ['microdot_asyncio', 'microdot'],
  ['microdot_asyncio_websocket', 'microdot.websocket'],
  ['microdot_asyncio_test_client', 'microdot.test_client'],
  ['microdot_asgi', 'microdot.asgi'],
  ['microdot_asgi_websocket', 'microdot.asgi'],
  ['microdot_wsgi', 'microdot.wsgi'],
  ['microdot_websocket', 'microdot.websocket'],
  ['microdot_websocket_alt', 'microdot.websocket'],
  ['microdot_cors', 'microdot.cors'],
  ['microdot_session', 'microdot.session'],
  ['microdot_jinja', 'microdot.jinja'],
  ['microdot_utemplate', 'microdot.utemplate'],
  ['microdot_test_client', 'microdot.test_client'],
  ['microdot_ssl', null],
]);

/** The modules of Microdot 2.x. */
export const MODULES_2X: ReadonlySet<string> = new Set([
  'microdot',
  'microdot.microdot',
  'microdot.asgi',
  'microdot.auth',
  'microdot.cors',
  'microdot.csrf',
  'microdot.helpers',
  'microdot.jinja',
  'microdot.login',
  'microdot.multipart',
  'microdot.session',
  'microdot.sse',
  'microdot.test_client',
  'microdot.utemplate',
  'microdot.websocket',
  'microdot.wsgi',
]);
