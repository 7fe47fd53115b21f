import type { ResponseHeaders } from '@microdot/core';

/** Adds a name to `Vary`, beside those that are there (RFC 9110 12.5.5). */
export function vary(headers: ResponseHeaders, name: string): void {
  const present = headers.get('Vary');
  if (!present) {
    headers.set('Vary', name);
    return;
  }
  const names = present.split(',').map((text) => text.trim().toLowerCase());
  if (!names.includes('*') && !names.includes(name.toLowerCase())) headers.set('Vary', `${present}, ${name}`);
}
