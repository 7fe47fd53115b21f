import type { CookieOptions } from '@microdot/core';
import { SessionError } from './errors.ts';

/** Where the attributes of the cookie may stand. */
interface CookieSettings {
  cookieOptions?: CookieOptions | undefined;
  secure?: CookieOptions['secure'] | undefined;
  sameSite?: CookieOptions['sameSite'] | undefined;
}

/**
 * The attributes that were given, wherever that was.
 *
 * @throws SessionError `INVALID_OPTION` where there is no such attribute, or where two contradict each other: there is no telling which
 * is meant.
 */
export function mergeCookieOptions({ cookieOptions = {}, secure, sameSite }: CookieSettings): CookieOptions {
  checkOptionNames('cookieOptions', cookieOptions, ATTRIBUTES);
  return {
    ...cookieOptions,
    ...(secure !== undefined && { secure: agreed('secure', secure, cookieOptions.secure) }),
    ...(sameSite !== undefined && { sameSite: agreed('sameSite', sameSite, cookieOptions.sameSite) }),
  };
}

/**
 * What would be dropped without a word may be what keeps a site safe.
 *
 * @throws SessionError `INVALID_OPTION`
 */
export function checkOptionNames(what: string, options: object, known: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const hint = Object.hasOwn(ATTRIBUTES, name)
      ? `write cookieOptions: { ${name} }`
      : `it has ${Object.keys(known).join(', ')}`;
    throw new SessionError('INVALID_OPTION', `${what} has no option ${name}: ${hint}`);
  }
}

const ATTRIBUTES: Readonly<Record<keyof CookieOptions, true>> = {
  path: true,
  domain: true,
  expires: true,
  maxAge: true,
  secure: true,
  httpOnly: true,
  sameSite: true,
  partitioned: true,
};

function agreed<T>(name: string, value: T, inside: T | undefined): T {
  if (inside === undefined || inside === value) return value;
  throw new SessionError(
    'INVALID_OPTION',
    `${name} is ${value} beside cookieOptions, and ${inside} in it: leave one of them out`,
  );
}
