import { checkOrigin, checkParent, isOrigin } from './origin.ts';

/**
 * Whose pages may read the answers.
 *
 * - `'*'`: everybody's.
 * - `'https://example.com'`, or a list: scheme, host and port must be the same.
 * - `'https://*.example.com'`, also in a list: every subdomain, of one label or more; not `https://example.com` itself. Below a whole
 *   `com` there are strangers, so that is refused.
 * - a function, which is asked for every origin that is written as browsers write it, and for `'null'`, which is what
 *   sandboxed pages and files send. It must return `true` itself: a promise allows nobody.
 */
export type AllowedOrigins = string | readonly string[] | ((origin: string) => boolean);

/**
 * Makes a test of what the options allow. Origins are compared as the strings that browsers send (RFC 6454 6.2), never
 * parsed generously: `https://evil.com/.example.com` is no origin at all.
 *
 * @throws MicrodotError `INVALID_OPTION` where an entry could not be the origin of any page.
 */
export function originTest(origins: AllowedOrigins): (origin: string) => boolean {
  if (origins === '*') return () => true;
  if (typeof origins === 'function') {
    return (origin) => (isOrigin(origin) || origin === 'null') && origins(origin) === true;
  }
  const list = [origins].flat();
  const exact = new Set(list.filter((entry) => !isPattern(entry)).map(checkOrigin));
  const patterns = list.filter(isPattern).map(patternTest);
  return (origin) =>
    exact.has(origin) || (patterns.length > 0 && isOrigin(origin) && patterns.some((test) => test(origin)));
}

function isPattern(entry: unknown): entry is string {
  return typeof entry === 'string' && entry.includes('://*.');
}

/** The origin is known to be well-formed, so what stands between scheme and domain are labels, and nothing else. */
function patternTest(pattern: string): (origin: string) => boolean {
  const [scheme = '', domain = ''] = pattern.split('*', 2);
  checkPattern(pattern);
  return (origin) =>
    origin.startsWith(scheme) && origin.endsWith(domain) && origin.length > scheme.length + domain.length;
}

/** What stands behind the `*.` is an origin by itself, of a host that has an owner. */
function checkPattern(pattern: string): void {
  checkParent(checkOrigin(pattern.replace('://*.', '://')));
}
