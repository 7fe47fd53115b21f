import { type CookieOptions, Response } from '@microdot/core';
import { checkOptionNames, mergeCookieOptions } from './cookieOptions.ts';
import { CookieStorage } from './cookieStorage.ts';
import { SessionError } from './errors.ts';
import { Signer } from './signer.ts';
import type { Storage } from './storage.ts';
import type { SessionStore } from './store.ts';
import { StoreStorage } from './storeStorage.ts';

/** Text is used as UTF-8. */
export type SecretKey = string | Uint8Array;

export interface SessionOptions {
  /**
   * What the cookies are signed with: 32 random bytes or more, that nobody else knows. Of a list, the first signs and all verify: to
   * change the key, put the new one in front, and take the old one away when its sessions are no longer needed.
   */
  secretKey?: SecretKey | readonly SecretKey[] | undefined;
  /** Sends the cookie over HTTPS alone. Set it where the site is served over HTTPS; the same as in `cookieOptions`. */
  secure?: boolean | undefined;
  /** Whether other sites' requests bring the cookie with them; the same as in `cookieOptions`. */
  sameSite?: CookieOptions['sameSite'] | undefined;
  /** The attributes of the cookie: `path: '/'` and `httpOnly: true` by default. */
  cookieOptions?: CookieOptions | undefined;
  /**
   * How long a session lasts after it was last saved, in seconds: the server refuses it from then on. By default it
   * lasts until the browser is closed, as far as the browser is concerned, and has no end on the server.
   */
  maxAge?: number | undefined;
  /** Keeps the data on the server. By default it is in the cookie, signed, and not encrypted. */
  store?: SessionStore | undefined;
}

/** What the options come to. */
export interface Settings {
  readonly signer: Signer;
  readonly storage: Storage;
  readonly cookieOptions: CookieOptions;
  /** The length of the shortest key, in bytes. */
  readonly shortestKey: number;
}

export const COOKIE = 'session';

/** @throws SessionError `NO_SECRET_KEY` or `INVALID_OPTION`; MicrodotError `INVALID_COOKIE`. */
export function resolve(options: SessionOptions): Settings {
  checkOptionNames('A Session', options, OPTIONS);
  const { secretKey, maxAge, store } = options;
  const secrets = secretsOf(secretKey);
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge > 0)) {
    throw new SessionError('INVALID_OPTION', 'maxAge is not a whole number of seconds above 0');
  }
  const cookie = {
    path: '/',
    httpOnly: true,
    ...(maxAge !== undefined && { maxAge }),
    ...mergeCookieOptions(options),
  };
  const overhead = cookieLength(cookie);
  return {
    signer: new Signer(secrets),
    storage: store === undefined ? new CookieStorage(maxAge, overhead) : new StoreStorage(maxAge, store),
    cookieOptions: cookie,
    shortestKey: Math.min(...secrets.map(({ length }) => length)),
  };
}

const OPTIONS: Readonly<Record<keyof SessionOptions, true>> = {
  secretKey: true,
  secure: true,
  sameSite: true,
  cookieOptions: true,
  maxAge: true,
  store: true,
};

function secretsOf(secretKey: SessionOptions['secretKey']): Uint8Array[] {
  const keys = Array.isArray(secretKey) ? (secretKey as readonly SecretKey[]) : [secretKey as SecretKey];
  return keys.length === 0 ? refuseKey() : keys.map(toBytes);
}

function toBytes(key: SecretKey): Uint8Array {
  if (!(typeof key === 'string' || ArrayBuffer.isView(key)) || key.length === 0) return refuseKey();
  // PyJWT refuses them too: what everybody may know is no secret.
  if (typeof key === 'string' && /-----BEGIN |^ssh-/.test(key)) {
    throw new SessionError(
      'INVALID_OPTION',
      'The secretKey is a key pair or a certificate: use random bytes',
    );
  }
  return typeof key === 'string' ? new TextEncoder().encode(key) : new Uint8Array(key);
}

function refuseKey(): never {
  throw new SessionError(
    'NO_SECRET_KEY',
    'Sessions need a secretKey: new Session(app, { secretKey: process.env.SECRET_KEY })',
  );
}

/** What a cookie takes beside its value. Finds out, too, whether the options can be written. */
function cookieLength(options: CookieOptions): number {
  const response = new Response();
  response.setCookie(COOKIE, '', options);
  return response.headers.get('Set-Cookie')?.length ?? 0;
}
