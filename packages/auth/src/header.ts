import type { Request } from '@microdot/core';
import { AuthError } from './errors.ts';

/**
 * The value of a header that comes once. Of two, a proxy in front may have checked the one and we would take the
 * other: so neither counts.
 */
export function onlyValue(request: Request, name: string): string | undefined {
  const values = request.headers.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** @throws AuthError `INVALID_OPTION` where an option is not a token (RFC 9110 5.6.2). */
export function checkToken(option: string, value: string): void {
  if (typeof value !== 'string' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(value)) {
    throw new AuthError('INVALID_OPTION', `${option} is not a token: ${JSON.stringify(value)}`);
  }
}

/** @throws AuthError `INVALID_OPTION` where a status does not refuse anything. */
export function checkStatus(errorStatus: number): void {
  if (!(Number.isInteger(errorStatus) && errorStatus >= 400 && errorStatus <= 599)) {
    throw new AuthError('INVALID_OPTION', `errorStatus is not a status from 400 to 599: ${errorStatus}`);
  }
}
