/**
 * What carried a request here, and what its protocol can do beyond an answer. Every server makes its own; a handler
 * cannot tell which one it runs under.
 */
export interface Transport {
  readonly scheme: 'http' | 'https';
  /** The address of the peer, `[host, port]`, where the protocol knows it. */
  readonly clientAddr?: readonly [host: string, port: number] | undefined;
  /** Accepts a WebSocket on hosts that speak messages: ASGI, the test client, Deno, Bun, Workers. */
  acceptWebSocket?(options: AcceptOptions): Promise<WebSocketChannel>;
  /** Gives the raw socket away, on hosts that have one; the server writes nothing to it any more. */
  takeSocket?(): RawSocket;
}

export interface AcceptOptions {
  /** The subprotocol that was chosen among those that the client offered. */
  protocol?: string | undefined;
}

/** An accepted WebSocket, one message at a time. */
export interface WebSocketChannel {
  /** The next message, or `undefined` once the peer has closed. */
  receive(): Promise<string | Uint8Array | undefined>;
  /** Resolves when the message has been handed to the network. Rejects once the WebSocket is closed. */
  send(message: string | Uint8Array): Promise<void>;
  close(code?: number, reason?: string): Promise<void>;
}

/** A socket that was taken: Node's `Duplex` and what had been read from it beyond the request's head. */
export interface RawSocket {
  readonly socket: unknown;
  readonly head: Uint8Array;
  /**
   * Sets what ends the socket in good order: called with `'shutdown'` when the server shuts down, at once where it does
   * already, and with `'error'` where the handler that took the socket has failed. Without it, a socket is destroyed:
   * after `shutdownTimeout`, or at once.
   */
  onEnd(listener: (why: 'shutdown' | 'error') => void): void;
}
