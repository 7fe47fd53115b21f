import type { ResponseHeaders } from './headers.ts';

/** Adds a header's name to `Vary`, beside those that are there, unless it is there too (RFC 9110 12.5.5). */
export function addVary(headers: ResponseHeaders, name: string): void {
  const present = headers.get('Vary');
  if (!present) headers.set('Vary', name);
  else if (!names(present).some((other) => other === '*' || other === name.toLowerCase())) {
    headers.set('Vary', `${present}, ${name}`);
  }
}

function names(value: string): string[] {
  return value.split(',').map((name) => name.trim().toLowerCase());
}
