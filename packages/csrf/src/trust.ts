import type { RequestHeaders } from '@microdot/core';
import type { CSRFOptions } from './options.ts';

/** What is looked at in a request. */
export interface CSRFRequest {
  readonly method: string;
  readonly scheme: string;
  readonly headers: RequestHeaders;
  readonly route: unknown;
}

/** Whether a page that is trusted has made a request, or the user alone, or no browser at all. */
export function isTrustedRequest(
  request: CSRFRequest,
  { cors, allowSubdomains = false }: CSRFOptions,
): boolean {
  const site = request.headers.get('Sec-Fetch-Site');
  const origin = request.headers.get('Origin');
  // Browsers send one of them with every method that is not safe. What sends none is no browser, and no page can make
  // it act in a user's name.
  if (!site && !origin) return true;
  if (site === 'same-origin' || site === 'none' || (site === 'same-site' && allowSubdomains)) return true;
  if (!origin) return false;
  if (!site && isOwnOrigin(request, origin)) return true;
  return cors?.isTrusted(origin, { allowSubdomains }) ?? false;
}

/**
 * Over plain HTTP no browser sends `Sec-Fetch-Site`, localhost apart (Fetch Metadata asks for a URL that is
 * potentially trustworthy); the `Host` is what the page was asked from. A proxy may have taken the TLS off.
 */
function isOwnOrigin({ headers, scheme }: CSRFRequest, origin: string): boolean {
  const host = headers.get('Host')?.toLowerCase();
  return host !== undefined && (origin === `${scheme}://${host}` || origin === `https://${host}`);
}
