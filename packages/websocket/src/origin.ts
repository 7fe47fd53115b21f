import { MicrodotError, type Request } from '@microdot/core';

/**
 * The pages that may connect beside those of the host itself: an origin, several, `'https://*.example.com'` for the
 * subdomains of a host, `'*'` for any page at all; or a function that decides.
 */
export type AllowedOrigins = string | readonly string[] | ((origin: string, request: Request) => boolean);

/**
 * Makes the test that keeps other sites' pages out. A browser sends the cookies of a host with every WebSocket to it, and
 * no rule of CORS applies: cross-site WebSocket hijacking. It does send an `Origin` (RFC 6455 10.2).
 *
 * @throws MicrodotError `INVALID_OPTION`
 */
export function originTest(allowed: AllowedOrigins = []): (request: Request) => boolean {
  const isAllowed = typeof allowed === 'function' ? allowed : listTest([allowed].flat());
  return (request) => {
    const origin = request.headers.get('origin');
    // Programs send none, and have no cookies that their user does not know of.
    return origin === undefined || isOwn(origin, request) || isAllowed(origin, request);
  };
}

function listTest(allowed: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  const patterns: { scheme: string; suffix: string }[] = [];
  for (const entry of allowed) {
    const [, scheme, host] = ENTRY.exec(entry) ?? [];
    const isDefault =
      scheme === 'https://' ? host?.endsWith(':443') : scheme === 'http://' && host?.endsWith(':80');
    if (entry !== '*' && entry !== 'null' && (!host || isDefault)) {
      throw new MicrodotError(
        'INVALID_OPTION',
        `Not an origin: ${JSON.stringify(entry)}: write it as browsers do, 'https://app.example.com', in lower case, without a path or the default port`,
      );
    }
    if (scheme && host && /^\*\.(?!localhost(?::|$))[^.]+$/.test(host)) {
      throw new MicrodotError(
        'INVALID_OPTION',
        `${JSON.stringify(entry)} allows everybody who has a domain below it: write '${scheme}*.example${host.slice(1)}', with a domain of yours`,
      );
    }
    if (scheme && host?.startsWith('*.')) patterns.push({ scheme, suffix: host.slice(1) });
    else exact.add(entry);
  }
  if (exact.has('*')) return () => true;
  return (origin) => exact.has(origin) || patterns.some((pattern) => isSubdomain(origin, pattern));
}

const ENTRY = /^([a-z][a-z0-9+.-]*:\/\/)((?:\*\.)?[a-z0-9_.-]+(?::\d+)?|\[[0-9a-f:.]+\](?::\d+)?)$/;

/** Nothing but labels may stand for the star: `https://evil.com?.example.com` is no origin, but might be sent as one. */
function isSubdomain(origin: string, { scheme, suffix }: { scheme: string; suffix: string }): boolean {
  return (
    origin.startsWith(scheme) &&
    origin.endsWith(suffix) &&
    /^[a-z0-9_-][a-z0-9_.-]*$/.test(origin.slice(scheme.length, -suffix.length))
  );
}

/**
 * Whether the page came from the host that it connects to. The scheme may differ one way: a server that is asked over
 * HTTP may stand behind a proxy that speaks TLS, whose pages are https. Asked over TLS itself it takes https alone, as
 * anyone on the way can make an http page of any host.
 */
function isOwn(origin: string, { headers, scheme }: Request): boolean {
  const host = headers.get('host');
  const [, page, authority] = /^(https?):\/\/(.+)$/.exec(origin) ?? [];
  if (host === undefined || !page || !authority || (scheme === 'https' && page === 'http')) return false;
  const port = page === 'https' ? ':443' : ':80';
  return withoutPort(authority, port) === withoutPort(host.toLowerCase(), port);
}

function withoutPort(authority: string, port: string): string {
  return authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
}
