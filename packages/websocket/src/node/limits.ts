/** How long either end may take over its goodbye, in milliseconds. */
export const CLOSE_TIMEOUT = 5000;

/** The limits of a WebSocket over a raw socket. */
export interface SocketLimits {
  /** 0 is no limit. */
  readonly maxMessageLength: number;
  readonly maxFragments: number;
  readonly maxSendBuffer: number;
  readonly pingInterval: number;
}
