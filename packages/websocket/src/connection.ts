import { WebSocketError } from './errors.ts';

/** What is sent and received: text, or bytes. */
export type Message = string | Uint8Array;

/** An accepted WebSocket, whatever carries it. Its promises may be left alone: none ends the process by rejecting. */
export interface Connection {
  /** The subprotocol that was agreed on. */
  readonly protocol: string | undefined;
  /** `undefined` while the WebSocket is open. */
  readonly closing: Closing | undefined;
  /** What `reader` makes of the next message, or of the end once there will be none. */
  receive<T>(reader: Reader<T>): Promise<T>;
  /** Resolves when the message has been handed to the network. */
  send(message: Message): Promise<void>;
  /** Resolves when the WebSocket is closed. */
  close(code: number, reason: string): Promise<void>;
}

/** Two functions rather than two more promises: this is done for every message. */
export interface Reader<T> {
  message(message: Message): T;
  /** May throw the error. */
  end(error: WebSocketError): T;
}

/** How a WebSocket came to its end. */
export interface Closing {
  /** As RFC 6455 7.4 has it: 1005 where the peer gave none, 1006 where it has just vanished. */
  readonly code: number;
  readonly reason: string;
  /** What went wrong, where it did not end in good order. */
  readonly error?: WebSocketError;
}

/** What somebody is told who asks a WebSocket for more than it will ever give. */
export function closedError({ code, reason, error }: Closing, cause?: unknown): WebSocketError {
  if (error) return error;
  const message = `The WebSocket is closed: ${code} ${reason}`.trimEnd();
  return new WebSocketError('CLOSED', message, {
    closeCode: code,
    closeReason: reason,
    ...(cause !== undefined && { cause }),
  });
}

/**
 * Lets a promise be left alone. Whoever waits for it is told as ever; but that a peer has left must not end the process
 * of an application that sends without waiting.
 */
export function unattended<T>(promise: Promise<T>): Promise<T> {
  promise.then(undefined, () => {});
  return promise;
}
