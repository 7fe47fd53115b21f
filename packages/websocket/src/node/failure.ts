import type { Closing } from '../connection.ts';
import { WebSocketError } from '../errors.ts';
import type { SocketLimits } from './limits.ts';

/** How a WebSocket ends whose peer `ws` has found fault with, or whose socket has failed. */
export function failureOf(cause: Error & { code?: string }, limits: SocketLimits): Closing {
  const [code, closeCode, message] = describe(cause, limits);
  const error = new WebSocketError(code, message, { cause, closeCode, closeReason: '' });
  return { code: closeCode, reason: '', error };
}

/** The close codes are those that `ws` sends. */
function describe(
  { code = '', message }: Error & { code?: string },
  { maxMessageLength, maxFragments }: SocketLimits,
): [code: string, closeCode: number, message: string] {
  switch (code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH': {
      const text = `A message exceeds ${maxMessageLength} bytes (WebSocket.maxMessageLength)`;
      return ['MESSAGE_TOO_LARGE', 1009, text];
    }
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return [
        'TOO_MANY_FRAGMENTS',
        1008,
        `A message came in more than ${maxFragments} pieces (maxFragments)`,
      ];
    case 'WS_ERR_INVALID_UTF8':
      return ['PROTOCOL_ERROR', 1007, message];
    default:
      if (code.startsWith('WS_ERR_')) return ['PROTOCOL_ERROR', 1002, message];
      if (code.startsWith('Z_')) return ['PROTOCOL_ERROR', 1007, `Not deflated: ${message}`];
      return ['CONNECTION_LOST', 1006, `The connection is lost: ${message}`];
  }
}
