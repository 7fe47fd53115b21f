/**
 * What takes the place of a copy of Microdot 1.x; `null` for any other source. Copies are told by what is in them, whatever
 * they are called.
 */
export function vendoredModule(file: string, source: string): string | null {
  const name = file.split('/').at(-1) ?? '';
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
  ['microdot/microdot.py', /^class Microdot\(BaseMicrodot\):[\s\S]*dispatch_request/m],
  [
    'microdot/microdot.py',
    /^class Request(?:\(\))?:[\s\S]*^class Microdot(?:\(\))?:[\s\S]*dispatch_request/m,
  ],
  ['microdot/cors.py', /^class CORS:[\s\S]*allowed_origins/m],
  ['microdot/session.py', /^def set_session_secret_key\([\s\S]*^def with_session\(/m],
  ['microdot/jinja.py', /jinja2[\s\S]*^def init_templates\([\s\S]*^def render_template\(/m],
  ['microdot/utemplate.py', /utemplate[\s\S]*^def init_templates\([\s\S]*^def render_template\(/m],
  ['ssl (of Python)', /^def create_ssl_context\([\s\S]*FakeSSL/m],
  ['microdot/test_client.py', /^class TestResponse[\s\S]*^class TestClient/m],
  ['microdot/asgi.py', /^class WebSocket\(BaseWebSocket\):[\s\S]*websocket\.accept/m],
  [
    'microdot/websocket.py',
    /^class WebSocket(?:\(BaseWebSocket\))?:[\s\S]*^(?:async )?def websocket_upgrade\(/m,
  ],
];
