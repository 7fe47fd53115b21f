import { MicrodotError } from './errors.ts';
import { Response } from './response.ts';

/**
 * A response that sends the client elsewhere.
 *
 * @param location a path, or an absolute `http` or `https` URL. Where it comes from a stranger, check that it is one
 * of your own: an absolute URL passes.
 * @param statusCode 302 by default.
 * @throws MicrodotError `INVALID_REDIRECT` where it has control characters (response splitting) or half a character, leads to another
 * host while it looks like a path (`//evil`, `/\evil`), or has another scheme (`javascript:`).
 */
export function redirect(location: string, statusCode = 302): Response {
  if (!isSafe(location)) {
    throw new MicrodotError(
      'INVALID_REDIRECT',
      `Cannot redirect to ${JSON.stringify(location)}: use a path such as "/login", or an absolute http(s) URL`,
    );
  }
  return new Response('', statusCode, { Location: encodeBeyondAscii(location) });
}

/** Browsers take a backslash for a slash, and skip control characters and spaces at the start (URL Standard 4.4). */
function isSafe(location: string): boolean {
  if (typeof location !== 'string' || /[\p{Cc}\p{Surrogate}]|^\s|^[/\\]{2}/u.test(location)) return false;
  return /^https?:\/\/[^/\\]/i.test(location) || !/^[^/?#]*:|^\\/.test(location);
}

function encodeBeyondAscii(location: string): string {
  return location.replace(/[^\x20-\x7e]+/gu, (text) => encodeURIComponent(text));
}
