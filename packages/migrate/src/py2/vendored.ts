/**
 * The copies of Microdot among some files, with what takes their place. They are told by what is in them, since whoever copies
 * files also edits them.
 */
export function vendoredModules(files: ReadonlyMap<string, string>): Map<string, string> {
  const copies = new Map<string, string>();
  for (const [file, source] of files) {
    const copy = file.endsWith('.py') ? vendoredModule(file, source) : null;
    if (copy !== null) copies.set(file, copy);
  }
  const packages = new Set(
    [...copies].filter(([, copy]) => copy === CORE).map(([file]) => file.slice(0, file.lastIndexOf('/') + 1)),
  );
  for (const [file, source] of files) {
    const [, folder = '', name = ''] = /^((?:.*\/)?microdot\w*\/)(\w+)\.py$/.exec(file) ?? [];
    if (copies.has(file) || !packages.has(folder)) continue;
    if (isPart(name, source)) copies.set(file, `microdot/${name}.py`);
  }
  return copies;
}

const CORE = 'microdot/microdot.py';

// What takes the place of a module of 1.x.
function vendoredModule(file: string, source: string): string | null {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (!name.startsWith('microdot')) return null;
  const found = SIGNS.find(([, sign]) => sign.test(source));
  if (found === undefined || /^(?:from|import) microdot\.|^class (?:Template|SessionDict)\b/m.test(source))
    return null;
  return found[0];
}

/** For each module of 2.x, what no application has of its own, all of it together. */
const SIGNS: readonly (readonly [string, RegExp])[] = [
  ['microdot/asgi.py', /^class Microdot\(BaseMicrodot\):[\s\S]*asgi_app/m],
  ['microdot/wsgi.py', /^class Microdot\(BaseMicrodot\):[\s\S]*wsgi_app/m],
  [CORE, /^class Microdot\(BaseMicrodot\):[\s\S]*dispatch_request/m],
  [CORE, /^class Request(?:\(\))?:[\s\S]*^class Microdot(?:\(\))?:[\s\S]*dispatch_request/m],
  ['microdot/cors.py', /^class CORS:[\s\S]*allowed_origins/m],
  ['microdot/session.py', /^def set_session_secret_key\([\s\S]*^def with_session\(/m],
  ['microdot/jinja.py', /jinja2[\s\S]*^def init_templates\([\s\S]*^def render_template\(/m],
  ['microdot/utemplate.py', /^def init_templates\([\s\S]*^def render_template\(/m],
  ['ssl (of Python)', /^def create_ssl_context\([\s\S]*FakeSSL/m],
  ['microdot/test_client.py', /^class TestResponse[\s\S]*^class TestClient/m],
  ['microdot/asgi.py', /^class WebSocket\(BaseWebSocket\):[\s\S]*websocket\.accept/m],
  [
    'microdot/websocket.py',
    /^class WebSocket(?:\(BaseWebSocket\))?:[\s\S]*^(?:async )?def websocket_upgrade\(/m,
  ],
];

// In a folder with a copy of the core, as 2.x has it, the others of its modules are copies too. What they are called is not
// enough: people keep files of their own there.
function isPart(name: string, source: string): boolean {
  if (name === '__init__') return onlyImports(source);
  return Object.hasOwn(PARTS, name) && (PARTS[name]?.test(source) ?? false);
}

// Whether there is nothing but what a package takes from its own modules.
function onlyImports(source: string): boolean {
  const rest = source
    .replace(/^from[ \t]+(?:\.\w*|microdot\.\w+)[ \t]+import[ \t]*(?:\([^)]*\)|(?:[^\r\n\\]|\\\r?\n)*)/gm, '')
    .replace(/^__version__.*|#.*/gm, '');
  return rest.trim() === '';
}

const PARTS: Record<string, RegExp> = {
  asgi: /^class Microdot\(BaseMicrodot\)/m,
  auth: /^class BaseAuth\b/m,
  cors: /^class CORS\b/m,
  csrf: /^class CSRF\b/m,
  helpers: /\bwraps\b/,
  jinja: /^class Template\b/m,
  login: /^class Login\b/m,
  multipart: /^class FormDataIter\b/m,
  session: /^class SessionDict\b/m,
  sse: /^class SSE\b/m,
  test_client: /^class TestClient\b/m,
  utemplate: /^class Template\b/m,
  websocket: /^class WebSocket\b/m,
  wsgi: /^class Microdot\(BaseMicrodot\)/m,
};
