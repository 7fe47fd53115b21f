import { Response } from '@microdot/core';
import { Auth } from './auth.ts';
import { decodeBase64 } from './base64.ts';
import { AuthError } from './errors.ts';
import { checkStatus, checkToken, onlyValue } from './header.ts';

export interface BasicAuthOptions {
  /** What is protected, as the browser shows it; `'Please login'` by default. */
  realm?: string | undefined;
  /** What the browser is told to encode the credentials in; `'UTF-8'` by default, and always read as that (RFC 7617 2.1). */
  charset?: string | undefined;
  /**
   * The scheme that the answer asks for, `'Basic'` by default. With another name browsers show no login dialog of
   * their own. The credentials come as `Basic` in any case.
   */
  scheme?: string | undefined;
  /** 401 by default. */
  errorStatus?: number | undefined;
}

/**
 * Users and passwords in the `Authorization` header (RFC 7617). Microdot's `BasicAuth`. Use it over HTTPS alone.
 *
 * ```ts
 * const auth = new BasicAuth<User>();
 * auth.authenticate((request, username, password) => users.check(username, password));
 * app.get('/', auth.required((request) => `Hello, ${request.g.currentUser.name}!`));
 * ```
 *
 * @throws AuthError `INVALID_OPTION`.
 */
export class BasicAuth<User = unknown> extends Auth<[username: string, password: string], User> {
  constructor(options: BasicAuthOptions = {}) {
    const { realm = 'Please login', charset = 'UTF-8', scheme = 'Basic', errorStatus = 401 } = options;
    checkToken('scheme', scheme);
    checkToken('charset', charset);
    checkStatus(errorStatus);
    const challenge = `${scheme} realm=${quote(realm)}, charset="${charset}"`;
    super({
      read: (request) => parseBasic(onlyValue(request, 'Authorization')),
      refuse: () => new Response('', errorStatus, { 'WWW-Authenticate': challenge }),
    });
  }
}

/** A quoted string (RFC 9110 5.6.4): a realm must not end its own quotes. */
function quote(realm: string): string {
  if (typeof realm !== 'string' || /[^\x20-\x7e\x80-\xff]/.test(realm)) {
    throw new AuthError('INVALID_OPTION', 'The realm is not a line of Latin-1');
  }
  return `"${realm.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * The user and the password in an `Authorization` header; `undefined` of every other, and of what is malformed. The
 * name of the scheme is taken as it is written here, as in Microdot.
 */
export function parseBasic(header: string | undefined): [username: string, password: string] | undefined {
  if (!header?.startsWith('Basic ')) return undefined;
  const text = decodeUtf8(decodeBase64(header.slice(6).trim()));
  // Control characters are not allowed (RFC 7617 2); in logs and in LDAP they are an attack.
  if (text === undefined || /\p{Cc}/u.test(text)) return undefined;
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
}

function decodeUtf8(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined;
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
