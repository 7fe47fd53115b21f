/** The limits of a WebSocket over a raw socket. */
export interface SocketLimits {
  /** 0 is no limit. */
  readonly maxMessageLength: number;
  readonly maxFragments: number;
  readonly maxSendBuffer: number;
  readonly pingInterval: number;
}
