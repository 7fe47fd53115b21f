import { abort, type Request, type Response } from '@microdot/core';

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

// #region csrf
/**
 * Refuses what the page of another site has made a browser send, as
 * `@microdot/csrf` will.
 *
 * Browsers tell it in `Sec-Fetch-Site`, and over plain HTTP to any host but
 * localhost in `Origin` alone. What sends neither is no browser, and carries
 * nobody's cookies.
 */
export function refuseCrossSite<G>({ method, headers }: Request<G>): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const site = headers.get('Sec-Fetch-Site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = headers.get('Origin')?.replace(/^https?:\/\//, '');
  if (site || (origin && origin !== headers.get('Host'))) abort(403);
}
// #endregion
