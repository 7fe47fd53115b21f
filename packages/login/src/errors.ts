import { MicrodotError } from '@microdot/core';

/**
 * What this package throws: `INVALID_OPTION`, `INVALID_USER` where a user has no id, `NO_USER_LOADER` where nobody
 * was told how to find a user.
 */
export class LoginError extends MicrodotError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'LoginError';
  }
}
