import type { Request } from '@microdot/core';

/**
 * What the client says it had last. Browsers send the id in UTF-8 (HTML Standard 9.2.4), where a header is Latin-1 to
 * everybody else.
 */
export function lastEventId(request: Request<never>): string | undefined {
  const header = request.headers.get('last-event-id');
  if (header === undefined || !/[\x80-\xff]/.test(header)) return header;
  const bytes = Uint8Array.from(header, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
