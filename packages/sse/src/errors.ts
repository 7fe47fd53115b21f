import { MicrodotError } from '@microdot/core';

/**
 * - `INVALID_EVENT`: an event that cannot be written, or that would become another one on its way.
 * - `INVALID_OPTION`: an option that makes no sense.
 * - `CLOSED`: the client has left, or the server shuts down, or the handler had ended before.
 * - `TOO_SLOW`: more was sent without waiting than the client has read, and the stream was closed for it.
 */
export type SSEErrorCode = 'INVALID_EVENT' | 'INVALID_OPTION' | 'CLOSED' | 'TOO_SLOW';

/** What this package throws, and what `sse.signal` is aborted with. */
export class SSEError extends MicrodotError {
  declare readonly code: SSEErrorCode;

  constructor(code: SSEErrorCode, message: string) {
    super(code, message);
    this.name = 'SSEError';
  }
}
