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

/** Folders that people keep copies of libraries in. */
const VENDOR_FOLDERS: ReadonlySet<string> = new Set([
  'deps',
  'ext',
  'extern',
  'external',
  'lib',
  'libraries',
  'libs',
  'modules',
  'packages',
  'src',
  'third_party',
  'vendor',
  'vendored',
]);

/** A name that belongs to Microdot. */
export interface MicrodotName {
  /** A module of 1.x (`microdot_session`) or of 2.x (`microdot.session`); `microdot` may be either. */
  module: string;
  /** What is written before it: `lib.`, `.`, `microdot.`, or nothing. */
  prefix: string;
  /** What is asked of the module. */
  path: string[];
}

/**
 * Finds the module of Microdot in a dotted name, such as `lib.microdot_session.with_session`.
 *
 * @returns `null` for what belongs to somebody else, `microdot_utils` included
 */
export function microdotName(dotted: string): MicrodotName | null {
  if (!dotted.includes('microdot')) return null;
  let found = names.get(dotted);
  if (found === undefined) {
    found = find(dotted);
    names.set(dotted, found);
  }
  return found;
}

// There are not many of them, and they are asked for again and again.
const names = new Map<string, MicrodotName | null>();

function find(dotted: string): MicrodotName | null {
  const dots = /^\.*/.exec(dotted)?.[0] ?? '';
  const parts = dotted.slice(dots.length).split('.');
  const at = parts.findIndex((part) => MODULES.has(part));
  if (at < 0) return null;
  const folders = parts.slice(0, at);
  const rest = parts.slice(at + 1);
  const name = parts[at] as string;
  const prefix = dots + folders.map((folder) => `${folder}.`).join('');
  if (name !== 'microdot') return { module: name, prefix, path: rest };
  if (!folders.every((folder) => VENDOR_FOLDERS.has(folder))) return null;
  const [next] = rest;
  if (next !== undefined && next !== 'microdot' && MODULES.has(next)) {
    return { module: next, prefix: `${prefix}microdot.`, path: rest.slice(1) };
  }
  const submodule = `microdot.${next}`;
  if (MODULES_2X.has(submodule)) return { module: submodule, prefix, path: rest.slice(1) };
  return { module: 'microdot', prefix, path: rest };
}
