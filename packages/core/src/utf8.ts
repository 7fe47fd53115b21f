/**
 * UTF-8 in plain ECMAScript, for hosts that bring neither `TextEncoder` nor `Buffer` (QuickJS and its kin). Small
 * rather than fast: a host that has something better replaces these in {@link host}.
 */

/** The number of bytes that `text` takes in UTF-8. */
export function byteLength(text: string): number {
  return escapeText(text).replace(/%../g, '%').length;
}

export function encode(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const [unit, hex] of escapeText(text).matchAll(/%(..)|./g)) {
    bytes.push(hex ? Number.parseInt(hex, 16) : unit.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}

/** @throws URIError where the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string {
  return decodeURIComponent(Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join(''));
}

/** A lone surrogate has no bytes of its own, and becomes U+FFFD as everywhere else. */
function escapeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
