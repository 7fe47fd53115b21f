import { SSEError } from './errors.ts';

/**
 * The text of an event.
 *
 * @throws SSEError `INVALID_EVENT` where there is none, and what `JSON.stringify` throws of cycles and the like.
 */
export function toText(data: unknown): string {
  if (typeof data === 'string') return data;
  if (ArrayBuffer.isView(data)) return decode(data);
  const text = typeof data === 'bigint' ? String(data) : JSON.stringify(data);
  if (text === undefined) {
    throw new SSEError(
      'INVALID_EVENT',
      `An event carries text, bytes, or what JSON can say, not ${typeof data}`,
    );
  }
  return typeof data === 'object' ? spaced(text) : text;
}

/** What is not UTF-8 becomes U+FFFD, as it would in the client: an event stream has no other encoding. */
function decode(bytes: ArrayBufferView): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes as Uint8Array<ArrayBuffer>);
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;

/**
 * JSON as Python writes it, with a space behind commas and colons: what is sent is what Microdot sends. Not by an
 * indentation that is taken out again, which takes the square of the depth.
 */
function spaced(json: string): string {
  let text = '';
  let from = 0;
  let isInString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (unit === QUOTE) isInString = !isInString;
    else if (unit === BACKSLASH) i++;
    else if ((unit === COMMA || unit === COLON) && !isInString) {
      text += `${json.slice(from, i + 1)} `;
      from = i + 1;
    }
  }
  return text + json.slice(from);
}
