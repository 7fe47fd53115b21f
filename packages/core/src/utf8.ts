/**
 * UTF-8 in plain ECMAScript, for hosts that bring neither `TextEncoder` nor `Buffer` (QuickJS and its kin).
 * A host that has something faster replaces these in {@link host}.
 */

/** The number of bytes that `text` takes in UTF-8. A lone surrogate counts as U+FFFD does: three. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7ff) bytes += 2;
    else if (unit > 0x7f) bytes += 1;
    // A pair is four bytes in all, not three and three.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes -= 1;
      i++;
    }
  }
  return bytes;
}

export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text));
  let at = 0;
  for (const character of text) {
    let code = character.codePointAt(0) as number;
    if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    let shift = code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
    bytes[at++] = ([0xc0, 0xe0, 0xf0][shift / 6 - 1] as number) | (code >> shift);
    while (shift > 0) {
      shift -= 6;
      bytes[at++] = 0x80 | ((code >> shift) & 0x3f);
    }
  }
  return bytes;
}

/** @throws Error where the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  return decodeURIComponent(escaped);
}
