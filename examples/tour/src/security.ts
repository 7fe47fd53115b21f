import type { Response } from '@microdot/core';

const HEADERS = {
  // The pages need nothing but what this server sends, and no script or style that is written into them.
  'Content-Security-Policy': [
    "default-src 'none'",
    "connect-src 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/** Runs on every response, those to errors among them. */
export function secure(_request: unknown, response: Response): void {
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
}
