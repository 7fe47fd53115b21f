/** What becomes of a name that a 1.x module exported. */
export interface OldName {
  /** Its name in 2.x. */
  readonly name?: string;
  /** The package that has it, where that is not the package of its module. */
  readonly package?: string;
  /** The rule that rewrites each use of it; the name itself is gone. */
  readonly rewrittenBy?: 'templates' | 'sessions' | 'tls';
  /** What to know where it is imported; what to write, where it is gone. */
  readonly note?: string;
}

/** A 1.x module, as JavaScript spelt its name: with underscores or with hyphens. */
export interface OldModule {
  /** The package that takes its place; none where Node itself has what it had. */
  readonly package: string | undefined;
  /** Another package of 2.x that has what this one brought along. */
  readonly brings?: string;
  /** By Python's spelling; {@link oldName} knows the others. */
  readonly names: Readonly<Record<string, OldName>>;
}

const same = (...names: string[]): Record<string, OldName> =>
  Object.fromEntries(
    names.map((name) => [name, { name: name.replace(/_([a-z])/g, (_, c) => c.toUpperCase()) }]),
  );
const gone = (note: string): OldName => ({ note });

const webSocket: Record<string, OldName> = {
  with_websocket: { name: 'withWebSocket' },
  websocket: { name: 'withWebSocket' },
  websocket_upgrade: { name: 'upgradeWebSocket' },
  ...same('WebSocket', 'WebSocketError'),
};
const elsewhere = (names: Record<string, OldName>, name: string): Record<string, OldName> =>
  Object.fromEntries(Object.entries(names).map(([key, entry]) => [key, { ...entry, package: name }]));

const core: OldModule = {
  package: '@microdot/core',
  names: {
    ...same('Microdot', 'Request', 'Response', 'abort', 'redirect', 'send_file'),
    ...same('HTTPException', 'MultiDict', 'URLPattern'),
    urldecode_str: { name: 'urldecode' },
    urldecode_bytes: { name: 'urldecode' },
    urlencode: gone('Write new URLSearchParams(fields).toString().'),
    NoCaseDict: gone('Headers are RequestHeaders and ResponseHeaders now.'),
    print_exception: gone('Give the error to app.logger.error, or to console.error.'),
    mro: gone('Error handlers find the classes of an error by themselves.'),
    create_thread: gone('Handlers may be asynchronous; for threads there is node:worker_threads.'),
    concurrency_mode: gone('There is one mode: asynchronous.'),
    socket_timeout_error: gone('Timeouts are options of app.run: headersTimeout, requestTimeout.'),
    MUTED_SOCKET_ERRORS: gone('The server copes with clients that leave.'),
  },
};

const session: OldModule = {
  package: '@microdot/session',
  names: {
    ...same('with_session', 'SessionDict'),
    set_session_secret_key: { rewrittenBy: 'sessions' },
    get_session: { rewrittenBy: 'sessions' },
    update_session: { rewrittenBy: 'sessions' },
    delete_session: { rewrittenBy: 'sessions' },
  },
};

const templates = (name: string): OldModule => ({
  package: name,
  names: { render_template: { rewrittenBy: 'templates' }, init_templates: { rewrittenBy: 'templates' } },
});

const webSockets: OldModule = { package: '@microdot/websocket', names: webSocket };

const gateway = (name: 'asgi' | 'wsgi'): OldModule => ({
  package: `@microdot/${name}`,
  brings: '@microdot/core',
  names: {
    ...elsewhere(core.names, '@microdot/core'),
    ...elsewhere(webSocket, '@microdot/websocket'),
    Microdot: {
      name: 'Microdot',
      package: '@microdot/core',
      note: `What the ${name.toUpperCase()} server is given is ${name}(app), with ${name} from @microdot/${name}.`,
    },
  },
});

const testClient: OldModule = {
  package: '@microdot/test-client',
  names: same('TestClient', 'TestResponse'),
};

/** The 1.x modules by the names with underscores. */
export const oldModules: Readonly<Record<string, OldModule>> = {
  microdot: core,
  microdot_asyncio: core,
  microdot_cors: { package: '@microdot/cors', names: same('CORS') },
  microdot_session: session,
  microdot_websocket: webSockets,
  microdot_websocket_alt: webSockets,
  microdot_asyncio_websocket: webSockets,
  // Its names live in the one package for every host.
  microdot_asgi_websocket: webSockets,
  microdot_jinja: templates('@microdot/jinja'),
  microdot_utemplate: templates('@microdot/utemplate'),
  microdot_asgi: gateway('asgi'),
  microdot_wsgi: gateway('wsgi'),
  microdot_test_client: testClient,
  microdot_asyncio_test_client: testClient,
  microdot_ssl: { package: undefined, names: { create_ssl_context: { rewrittenBy: 'tls' } } },
};

/** The one class of a package, which is what a default import of its module of 1.x stands for. */
export const classes: Readonly<Record<string, string>> = {
  '@microdot/core': 'Microdot',
  '@microdot/cors': 'CORS',
  '@microdot/test-client': 'TestClient',
};

/** The 1.x module of a specifier: `'microdot-cors'`, `'microdot_cors'`. A file of the application's own is none. */
export function oldModule(specifier: string): OldModule | undefined {
  const name = specifier.replaceAll('-', '_');
  return Object.hasOwn(oldModules, name) ? oldModules[name] : undefined;
}

/** What becomes of a name of a module, in whatever case it is spelt: `render_template` and `renderTemplate` are one. */
export function oldName(module: OldModule, name: string): (OldName & { key: string }) | undefined {
  for (const [key, entry] of Object.entries(module.names)) {
    if (key === name || camelCase(key) === name || entry.name === name) return { ...entry, key };
  }
  return undefined;
}

/** `send_file` as `sendFile`. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
