/** A text and the way back to bytes. */
export interface Decoded {
  readonly text: string;
  readonly encode: (text: string) => Uint8Array;
}

/** Encodings in which every byte below 128 is ASCII, wherever it stands: each byte may pass for one character. */
const SINGLE_BYTE =
  /^(?:iso-?8859-?\d+|latin-?[1-9]\d?|l[1-9]|cp125\d|windows-?125\d|cp(?:437|850|852|866)|koi8-[rut]|mac-?roman)$/;

/**
 * Decodes a source. A byte order mark stays part of the text.
 *
 * @throws Error that says, in words for a report, why it cannot be decoded.
 */
export function decode(bytes: Uint8Array, file: string): Decoded {
  // What Windows PowerShell writes: `pip freeze > requirements.txt`. Python and Node read no sources like that.
  if (bytes[0] === 0xff && bytes[1] === 0xfe && file.endsWith('.txt')) {
    const text = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => Buffer.from(changed, 'utf16le') };
  }
  if (bytes.includes(0)) throw new Error('This is no text: it has bytes of value 0.');
  const declared = /\.pyw?$/.test(file) ? declaredEncoding(bytes) : undefined;
  if (declared !== undefined && !/^(?:utf-?8(?:-sig)?|us-ascii|ascii)$/.test(declared)) {
    if (!SINGLE_BYTE.test(declared)) {
      throw new Error(
        `Its encoding, ${declared}, is not supported: save it as UTF-8, and say so in its first line.`,
      );
    }
    return { text: Buffer.from(bytes).toString('latin1'), encode: encodeSingleByte };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => new TextEncoder().encode(changed) };
  } catch {
    throw new Error('It is not UTF-8, and its first lines name no other encoding.');
  }
}

function encodeSingleByte(text: string): Uint8Array {
  if (/[^\0-\xff]/.test(text))
    throw new Error('What was written does not fit into the encoding of the file.');
  return Buffer.from(text, 'latin1');
}

/** What a comment in one of the first two lines says (PEP 263). */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 400))
    .toString('latin1')
    .split(/\r\n|\r|\n/, 2);
  for (const line of head) {
    const found = /^(?:\xef\xbb\xbf)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (found !== undefined) return found.toLowerCase().replaceAll('_', '-');
    // The second line counts only after a comment or an empty one.
    if (!/^(?:\xef\xbb\xbf)?[ \t\f]*(?:#|$)/.test(line)) return undefined;
  }
  return undefined;
}
