/** True of the tests of a project, which are not ported. */
export function isTestModule(path: string): boolean {
  return /(^|\/)(tests?\/|test_[^/]*\.py$|[^/]*_test\.py$|conftest\.py$|setup\.py$)/.test(path);
}

/** True of a copy of Microdot or of utemplate that a project carries with it. */
export function isVendored(path: string, text: string): boolean {
  if (/(^|\/)microdot\/[^/]+\.py$/.test(path) && /class Microdot|microdot/.test(text.slice(0, 4000)))
    return /^class \w+|^def /m.test(text);
  if (/(^|\/)microdot(_asyncio)?\/__init__\.py$/.test(path) && /\bmicrodot\b|class Microdot/.test(text))
    return true;
  if (/(^|\/)utemplate\/[^/]+\.py$/.test(path)) return true;
  return (
    /(^|\/)microdot(_\w+)?\.py$/.test(path) &&
    /^class (Microdot|Request|WebSocket|Session|CORS|TestClient)\b|^def (render_template|with_websocket|create_ssl_context|set_session_secret_key)\b/m.test(
      text,
    )
  );
}
