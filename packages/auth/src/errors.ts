import { MicrodotError } from '@microdot/core';

/** What this package throws: `INVALID_OPTION`, and `NO_AUTHENTICATE` where nobody was told how to check credentials. */
export class AuthError extends MicrodotError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'AuthError';
  }
}
