/** A cookie as a browser keeps it (RFC 6265 5.3). */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Without a leading dot. */
  readonly domain: string;
  /** Whether it goes to `domain` alone, and not to the hosts below it. */
  readonly isHostOnly: boolean;
  readonly path: string;
  readonly isSecure: boolean;
  /** In milliseconds since 1970; `Infinity` for one that lasts as long as the jar. */
  readonly expires: number;
}

/** What the attributes of a `Set-Cookie` say, before it is known who sent it. */
export type ParsedCookie = Pick<Cookie, 'name' | 'value' | 'isSecure' | 'expires'> & {
  readonly domain: string | undefined;
  readonly path: string | undefined;
};

/** Reads a `Set-Cookie` (RFC 6265 5.2); `undefined` where it holds no cookie. */
export function parseSetCookie(text: string): ParsedCookie | undefined {
  const [pair, ...attributes] = text.split(';');
  const [name, value] = splitPair(pair as string);
  if (!name || value === undefined) return undefined;
  let isSecure = false;
  let domain: string | undefined;
  let path: string | undefined;
  let maxAge: number | undefined;
  let expires = Number.POSITIVE_INFINITY;
  for (const attribute of attributes) {
    const [key, content = ''] = splitPair(attribute);
    switch (key.toLowerCase()) {
      case 'secure':
        isSecure = true;
        break;
      case 'domain':
        domain = content.replace(/^\./, '').toLowerCase() || undefined;
        break;
      case 'path':
        path = content.startsWith('/') ? content : undefined;
        break;
      case 'max-age':
        if (/^-?\d+$/.test(content)) maxAge = Number(content);
        break;
      case 'expires':
        if (!Number.isNaN(Date.parse(content))) expires = Date.parse(content);
    }
  }
  // Max-Age wins over Expires, in whatever order they stand.
  if (maxAge !== undefined) expires = maxAge > 0 ? Date.now() + maxAge * 1000 : 0;
  return { name, value, isSecure, domain, path, expires };
}

function splitPair(text: string): [name: string, value: string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0
    ? [text.trim(), undefined]
    : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}
