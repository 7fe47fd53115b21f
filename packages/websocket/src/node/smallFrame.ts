import type { Message } from '../connection.ts';

/** What is copied behind its head rather than written beside it, in bytes. */
const SMALL = 4096;

/**
 * The frame of a short message in one piece (RFC 6455 5.2), or nothing where it is long. `ws` writes head and payload
 * apart, and that costs a short message more than all the rest of it. Text is to be written as Latin-1.
 */
export function smallFrame(message: Message): string | Buffer | undefined {
  if (message.length > SMALL) return undefined;
  const isText = typeof message === 'string';
  const length = isText ? Buffer.byteLength(message) : message.length;
  const head = headOf(isText ? 0x81 : 0x82, length);
  // Text in ASCII is the same in Latin-1, and goes to the network without a copy.
  if (isText && length === message.length) return head + message;
  const frame = Buffer.allocUnsafe(head.length + length);
  frame.write(head, 'latin1');
  if (isText) frame.write(message, head.length);
  else frame.set(message, head.length);
  return frame;
}

/** What stands before a payload of up to 65535 bytes, a character for each byte. */
function headOf(opcode: number, length: number): string {
  return length < 126
    ? String.fromCharCode(opcode, length)
    : String.fromCharCode(opcode, 126, length >> 8, length & 0xff);
}
