import { MicrodotError } from './errors.ts';
import { isToken } from './headers.ts';

/** The attributes of a cookie (RFC 6265 4.1). Without them it is a session cookie of the current directory. */
export interface CookieOptions {
  path?: string;
  domain?: string;
  /** A `Date`, or its text as HTTP writes it. */
  expires?: Date | string;
  /** In seconds; 0 or less deletes the cookie. */
  maxAge?: number;
  secure?: boolean;
  httpOnly?: boolean;
  /** `None` is for cookies of other sites and needs `secure`, or else browsers drop the cookie. */
  sameSite?: 'Strict' | 'Lax' | 'None';
  partitioned?: boolean;
}

/**
 * The value of a `Set-Cookie` header.
 *
 * @throws MicrodotError `INVALID_COOKIE` where a part would end the cookie or the header that it stands in.
 */
export function serializeCookie(name: string, value: string, options: CookieOptions): string {
  if (!isToken(name)) refuse(`its name is no token: ${name}`);
  const { expires, maxAge, sameSite } = options;
  if (maxAge !== undefined && !Number.isInteger(maxAge))
    refuse('its maxAge is not a whole number of seconds');
  if (sameSite === 'None' && !options.secure) refuse("sameSite: 'None' needs secure: true");
  return [
    `${name}=${checkPart('value', value)}`,
    attribute('Path', options.path),
    attribute('Domain', options.domain),
    attribute('Expires', typeof expires === 'object' ? expires.toUTCString() : expires),
    attribute('Max-Age', maxAge?.toString()),
    attribute('SameSite', sameSite),
    options.secure && '; Secure',
    options.httpOnly && '; HttpOnly',
    options.partitioned && '; Partitioned',
  ]
    .filter((part) => part)
    .join('');
}

function attribute(name: string, value: string | undefined): string | undefined {
  return value && `; ${name}=${checkPart(name, value)}`;
}

const NOT_COOKIE_TEXT = /[^\x20-\x3a\x3c-\x7e]/;

function checkPart(what: string, text: string): string {
  if (typeof text !== 'string' || NOT_COOKIE_TEXT.test(text)) {
    refuse(`its ${what} must be ASCII without ";" and control characters: try encodeURIComponent()`);
  }
  return text;
}

function refuse(message: string): never {
  throw new MicrodotError('INVALID_COOKIE', `Not a cookie: ${message}`);
}

/**
 * The cookies of a request, by name, without a prototype. Read as Microdot reads them: a value is what stands between
 * `=` and `;`, neither unquoted nor decoded, and the last of a name wins.
 */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const part of header?.split(';') ?? []) {
    const pair = part.trim();
    const equals = pair.indexOf('=');
    if (equals < 0) cookies[pair] = '';
    else cookies[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return cookies;
}
