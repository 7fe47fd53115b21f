import type { Chunk } from '@microdot/core';

const encoder = new TextEncoder();

/**
 * A copy in bytes, as if it had been on the wire: who sent it may go on using the buffer.
 *
 * @throws TypeError where it is neither text nor bytes.
 */
export function toBytes(chunk: Chunk): Uint8Array {
  if (typeof chunk === 'string') return encoder.encode(chunk);
  if (!ArrayBuffer.isView(chunk))
    throw new TypeError(`A body is made of strings and Uint8Array, not of ${typeof chunk}`);
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength).slice();
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
