import { type HeadersInit, RequestHeaders, ResponseHeaders } from '@microdot/core';
import type { CookieUrl } from './cookieJar.ts';
import { TestClientError } from './errors.ts';
import type { EncodedBody } from './requestBody.ts';

/**
 * The headers as a client sends them: those that were given, and what they do not say about host and body.
 *
 * @throws MicrodotError `INVALID_HEADER` for what no client could send either.
 */
export function requestHeaders(
  method: string,
  given: HeadersInit | undefined,
  host: string,
  { contentType, bytes, upload }: EncodedBody,
): ResponseHeaders {
  const own = new ResponseHeaders(given);
  const headers = new ResponseHeaders(own.has('Host') ? undefined : { Host: host });
  // White space around a value is not part of it (RFC 9110 5.5).
  for (const [name, value] of own) headers.append(name, value.trim());
  if (contentType !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', contentType);
  if (!headers.has('Content-Length')) {
    if (upload) headers.set('Transfer-Encoding', 'chunked');
    // A method that usually has a body says so when there is none (RFC 9110 8.6).
    else if (bytes || /^(?:POST|PUT|PATCH)$/.test(method))
      headers.set('Content-Length', `${bytes?.length ?? 0}`);
  }
  return headers;
}

/**
 * The headers with the cookies of a jar. Where both have one of a name the given one comes last, and wins.
 */
export function withCookies(headers: ResponseHeaders, fromJar: string | undefined): RequestHeaders {
  if (fromJar !== undefined) {
    const given = headers.get('Cookie');
    headers.set('Cookie', given === undefined ? fromJar : `${fromJar}; ${given}`);
  }
  return new RequestHeaders(headers['~list']);
}

/**
 * The path of a target without its query.
 *
 * @throws TestClientError `INVALID_REQUEST` where it cannot stand on a request line.
 */
export function targetPath(target: string): string {
  if (!/^(?:\/|https?:\/\/|\*$)[^\0-\x20\x7f]*$/i.test(target)) {
    const why = target.startsWith('/')
      ? 'percent-encode spaces and control characters'
      : `did you mean "/${target}"?`;
    throw new TestClientError('INVALID_REQUEST', `Not a path: ${JSON.stringify(target)}: ${why}`);
  }
  return target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
}

export function cookieUrl(target: string, headers: RequestHeaders, scheme: string): CookieUrl {
  return { host: headers.get('Host') ?? '', path: targetPath(target), isSecure: scheme === 'https' };
}
