/**
 * UTF-8 in plain ECMAScript, for hosts that bring neither `TextEncoder` nor `Buffer` (QuickJS and its kin). Small
 * rather than fast: a host that has something better replaces these in {@link host}. `escape` and `unescape` are between bytes
 * and `%XX`, as `encodeURIComponent` and `decodeURIComponent` are between `%XX` and text.
 */

/** The number of bytes that `text` takes in UTF-8. */
export function byteLength(text: string): number {
  return encode(text).length;
}

/** A lone surrogate has no bytes of its own, and becomes U+FFFD as everywhere else. */
export function encode(text: string): Uint8Array {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return Uint8Array.from(unescape(encodeURIComponent(wellFormed)), (char) => char.charCodeAt(0));
}

/** @throws URIError where the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string {
  return decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
}
