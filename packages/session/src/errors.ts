import { MicrodotError } from '@microdot/core';

/**
 * What this package throws: `INVALID_OPTION`, `NO_SECRET_KEY`, `NO_SESSION` where no `Session` was made for the
 * application, `INVALID_SESSION` where the data cannot be saved, `SESSION_TOO_LARGE` where no cookie can hold it.
 */
export class SessionError extends MicrodotError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'SessionError';
  }
}
