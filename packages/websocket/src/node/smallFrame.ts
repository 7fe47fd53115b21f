import type { Message } from '../connection.ts';

/** What is copied behind its head rather than written beside it, in bytes. */
const SMALL = 4096;

/**
 * The frame of a short message in one piece (RFC 6455 5.2), or nothing where it is long. `ws` writes head and payload
 * apart, and that costs a short message more than all the rest of it.
 */
export function smallFrame(message: Message): Buffer | undefined {
  if (message.length > SMALL) return undefined;
  const isText = typeof message === 'string';
  const length = isText ? Buffer.byteLength(message) : message.length;
  const start = length < 126 ? 2 : 4;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = isText ? 0x81 : 0x82;
  frame[1] = Math.min(length, 126);
  // Three times SMALL at most, which is text.
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (isText) frame.write(message, start);
  else frame.set(message, start);
  return frame;
}
