import { MicrodotError } from '@microdot/core';

// A scheme, labels without an empty one among them or an IPv6 address, and a port: how browsers serialize an origin
// (RFC 6454 6.2). No user, no path, no upper case, no dot at the end.
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*|\[[\da-f:.]+\])(?::[1-9]\d{0,4})?$/;
const DEFAULT_PORT = /^(http:.*):80$|^(https:.*):443$/;

// A host has 253 characters at most (RFC 1035 2.3.4); schemes are short.
const MAX_LENGTH = 300;

/** True of an origin as a browser writes it; of `null` it is not. */
export function isOrigin(text: string): boolean {
  return text.length <= MAX_LENGTH && ORIGIN.test(text);
}

/** The origins of the domains that an origin's host is a subdomain of, the nearest first. */
export function parentsOf(origin: string): string[] {
  if (!isOrigin(origin)) return [];
  const [scheme, host = ''] = origin.split('://', 2);
  const labels = host.split('.');
  return labels.slice(1).map((_, i) => `${scheme}://${labels.slice(i + 1).join('.')}`);
}

/**
 * @throws MicrodotError `INVALID_OPTION` for what no browser would ever send, and which would match nothing or, worse,
 * everybody.
 */
export function checkOrigin(text: unknown): string {
  if (text === '*') refuse(`'*' is not for a list: write allowedOrigins: '*', or name the origins`);
  if (text === 'null') {
    refuse(
      `"null" is what every sandboxed page sends, an attacker's too: name the origin of the page instead`,
    );
  }
  if (typeof text !== 'string') refuse('allowedOrigins takes strings, or a function');
  if (!isOrigin(text) || DEFAULT_PORT.test(text)) {
    refuse(`Not an origin as browsers write it: ${JSON.stringify(text)}; write "${corrected(text)}"`);
  }
  return text;
}

/**
 * @param origin whose subdomains are to be allowed. All of those of `localhost` are on the same machine (RFC 6761 6.3).
 * @throws MicrodotError `INVALID_OPTION` for a host of a single label, such as `com`: anybody can have a subdomain of it.
 */
export function checkParent(origin: string): void {
  const [scheme, host = ''] = origin.split('://', 2);
  if (/^(?:localhost(?::\d+)?$|\[)|\./.test(host)) return;
  refuse(
    `"${scheme}://*.${host}" allows everybody who has a domain below it: write "${scheme}://*.example.${host}", with a domain of yours`,
  );
}

/** What was probably meant: with a scheme, and without path, default port and upper case. */
function corrected(text: string): string {
  const lower = text.trim().toLowerCase();
  const origin = /^[^/]+:\/\/[^/?#]*/.exec(lower.includes('://') ? lower : `https://${lower}`)?.[0] ?? '';
  const short = origin.replace(DEFAULT_PORT, '$1$2');
  return isOrigin(short) ? short : 'https://example.com';
}

function refuse(message: string): never {
  throw new MicrodotError('INVALID_OPTION', message);
}
