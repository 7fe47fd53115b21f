import { abort, type Request } from '@microdot/core';
import { Auth } from './auth.ts';
import { checkStatus, checkToken, onlyValue } from './header.ts';

export interface TokenAuthOptions {
  /** The header that has the token; `'Authorization'` by default. Another has the token alone, without a scheme. */
  header?: string | undefined;
  /** What stands before the token in `Authorization`; `'Bearer'` by default, in upper or lower case. */
  scheme?: string | undefined;
  /** 401 by default. */
  errorStatus?: number | undefined;
}

/**
 * Tokens in a header, by default `Authorization: Bearer TOKEN` (RFC 6750). Microdot's `TokenAuth`.
 *
 * Those who may not come in get `abort(errorStatus)`, and so the error handler of the application.
 *
 * @throws AuthError `INVALID_OPTION`.
 */
export class TokenAuth<User = unknown> extends Auth<[token: string], User> {
  constructor({ header = 'Authorization', scheme = 'Bearer', errorStatus = 401 }: TokenAuthOptions = {}) {
    checkToken('header', header);
    checkToken('scheme', scheme);
    checkStatus(errorStatus);
    const wanted = header.toLowerCase() === 'authorization' ? scheme.toLowerCase() : undefined;
    super({
      read: (request) => readToken(request, header, wanted),
      refuse: () => abort(errorStatus),
    });
  }
}

/** @param scheme what stands before the token, if anything does. */
function readToken(
  request: Request,
  header: string,
  scheme: string | undefined,
): [token: string] | undefined {
  const value = onlyValue(request, header);
  if (!value) return undefined;
  if (scheme === undefined) return [value];
  const space = value.indexOf(' ');
  if (space < 0 || value.slice(0, space).toLowerCase() !== scheme) return undefined;
  const token = value.slice(space).trim();
  return token === '' ? undefined : [token];
}
