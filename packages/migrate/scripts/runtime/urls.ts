import { timingSafeEqual } from 'node:crypto';

/** Python's `urllib.parse.quote()`. */
export function quoteUrl(text: string, safe = '/'): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%[0-9A-F]{2}/g, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return character < '\x80' && safe.includes(character) ? character : code;
    });
}

/** Python's `urllib.parse.quote_plus()`. */
export function quotePlus(text: string): string {
  return quoteUrl(text, '').replaceAll('%20', '+');
}

/** Python's `urllib.parse.unquote()`: what is no code stays as it is. */
export function unquote(text: string): string {
  const decoder = new TextDecoder();
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    decoder.decode(Uint8Array.from(codes.slice(1).split('%'), (code) => Number.parseInt(code, 16))),
  );
}

/** Python's `urllib.parse.unquote_plus()`. */
export function unquotePlus(text: string): string {
  return unquote(text.replaceAll('+', ' '));
}

/** Python's `urllib.parse.urlencode()`. */
export function encodeQuery(pairs: Iterable<readonly [unknown, unknown]>): string {
  return Array.from(pairs, ([name, value]) => `${quotePlus(String(name))}=${quotePlus(String(value))}`).join(
    '&',
  );
}

/** Python's `urllib.parse.parse_qs()`. */
export function parseQuery(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const part of text.split('&')) {
    const [name = '', ...value] = part.split('=');
    if (value.join('=') === '') continue;
    found[unquotePlus(name)] ??= [];
    found[unquotePlus(name)]?.push(unquotePlus(value.join('=')));
  }
  return found;
}

/** The parts of a URL, as Python's `urllib.parse.urlparse()` has them. */
export interface UrlParts {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  readonly hostname: string | null;
  readonly port: number | null;
}

/** Python's `urllib.parse.urlparse()`, which takes everything for a URL. */
export function parseUrl(url: string): UrlParts {
  const [, scheme = '', netloc = '', path = '', query = '', fragment = ''] =
    /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(url) ?? [];
  const [, hostname = '', port] = /^(?:.*@)?(\[.*\]|[^:]*)(?::(\d*))?$/.exec(netloc) ?? [];
  return {
    scheme: scheme.toLowerCase(),
    netloc,
    path,
    query,
    fragment,
    hostname: hostname === '' ? null : hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1'),
    port: port ? Number(port) : null,
  };
}

/** Python's `hmac.compare_digest()`: takes as long where the two differ as where they do not. */
export function compareDigest(left: string | Uint8Array, right: string | Uint8Array): boolean {
  const [a, b] = [Buffer.from(left as string), Buffer.from(right as string)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Python's `html.unescape()`, of the references that `escape()` makes and of those by number. */
export function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\xa0' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (named[name] ?? whole);
  });
}
