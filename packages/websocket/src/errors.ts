import { MicrodotError } from '@microdot/core';
import { brand } from '@microdot/core/extension';

/** Why a WebSocket came to its end. */
export interface WebSocketErrorDetails extends ErrorOptions {
  closeCode?: number | undefined;
  closeReason?: string | undefined;
}

/**
 * What `receive`, `send` and `close` reject with. Microdot's `WebSocketError`. `code` is one of
 *
 * - `CLOSED`: either end has closed, in good order.
 * - `CONNECTION_LOST`: the peer has vanished, or answered no ping.
 * - `PROTOCOL_ERROR`: the peer has sent what RFC 6455 does not allow, or text that is not UTF-8.
 * - `MESSAGE_TOO_LARGE`, `TOO_MANY_FRAGMENTS`: a message exceeded `maxMessageLength` or `maxFragments`.
 * - `SEND_BUFFER_FULL`: the peer did not read, and more than `maxSendBuffer` bytes were waiting for it.
 * - `INVALID_MESSAGE`, `INVALID_CLOSE`: what was given to `send` or `close` cannot be sent; the WebSocket stays open.
 */
export class WebSocketError extends MicrodotError {
  /** How the WebSocket was closed (RFC 6455 7.4); `undefined` while it is open. */
  readonly closeCode: number | undefined;
  readonly closeReason: string | undefined;

  constructor(code: string, message: string, details: WebSocketErrorDetails = {}) {
    super(code, message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'WebSocketError';
    this.closeCode = details.closeCode;
    this.closeReason = details.closeReason;
  }
}

brand(WebSocketError, '@microdot/websocket.WebSocketError');
