import { MicrodotError } from '@microdot/core';
import type { TestResponse } from './testResponse.ts';

/**
 * Why a request did not end in a response. `code` is one of
 *
 * - `INVALID_REQUEST`: no client could send it.
 * - `BODY_FAILED`: the body of the response broke off; `cause` is what the application threw.
 * - `NO_RESPONSE`: the application returned `Response.alreadyHandled` to a plain request.
 * - `NOT_UPGRADED`: it answered with `response` instead of accepting the WebSocket.
 * - `HANDLER_FAILED`: it accepted the WebSocket, and answered with `response` afterwards.
 * - `WEBSOCKET_CLOSED`: a message was sent after either end had closed.
 */
export class TestClientError extends MicrodotError {
  readonly response: TestResponse | undefined;

  constructor(code: string, message: string, details: { cause?: unknown; response?: TestResponse } = {}) {
    super(code, message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'TestClientError';
    this.response = details.response;
  }
}
