import type { CookieOptions } from '@microdot/core';
import { type Cookie, parseSetCookie } from './setCookie.ts';

/** Where a request goes, as far as cookies care. */
export interface CookieUrl {
  /** Such as `example.com:1234`: cookies do not tell ports apart. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly isSecure: boolean;
}

/**
 * Cookies as a browser keeps them (RFC 6265 5): by host, domain and path, over HTTPS alone where they are
 * `Secure`, and until they expire by `Date.now()`, which the fake clocks of test runners move.
 *
 * `SameSite` and `HttpOnly` make no difference to a client without pages. There is no list of public
 * suffixes.
 */
export class CookieJar {
  readonly #host: string;
  readonly #cookies: Map<string, Cookie> = new Map();

  /** @param host whose cookies those are that `set` puts in without a domain. */
  constructor(host: string) {
    this.#host = hostName(host);
  }

  /**
   * Takes in the `Set-Cookie` lines of a response. Those for other hosts, and malformed ones, are dropped.
   */
  store(setCookies: readonly string[], url: CookieUrl): void {
    const host = hostName(url.host);
    for (const text of setCookies) {
      const parsed = parseSetCookie(text);
      if (!parsed || (parsed.domain !== undefined && !domainMatches(host, parsed.domain))) continue;
      this.#put({
        ...parsed,
        domain: parsed.domain ?? host,
        isHostOnly: parsed.domain === undefined,
        path: parsed.path ?? defaultPath(url.path),
      });
    }
  }

  /**
   * The `Cookie` header of a request, the cookies with the longest path first; `undefined` where none goes
   * with it.
   */
  header(url: CookieUrl): string | undefined {
    const host = hostName(url.host);
    const fitting = [...this]
      .filter((cookie) => (cookie.isHostOnly ? host === cookie.domain : domainMatches(host, cookie.domain)))
      .filter((cookie) => pathMatches(url.path, cookie.path) && (url.isSecure || !cookie.isSecure))
      .sort((a, b) => b.path.length - a.path.length);
    return fitting.length ? fitting.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined;
  }

  /** The value of a cookie; of several of one name, that of the one with the shortest path. */
  get(name: string): string | undefined {
    return [...this].filter((cookie) => cookie.name === name).sort((a, b) => a.path.length - b.path.length)[0]
      ?.value;
  }

  /**
   * Puts a cookie in, in the place of all of that name. For every path, and no expiry, unless the options say
   * more.
   */
  set(name: string, value: string, options: CookieOptions = {}): void {
    this.delete(name);
    const { maxAge, expires } = options;
    const until = expires === undefined ? Number.POSITIVE_INFINITY : Number(new Date(expires));
    this.#put({
      name,
      value,
      domain: options.domain?.replace(/^\./, '').toLowerCase() ?? this.#host,
      isHostOnly: options.domain === undefined,
      path: options.path ?? '/',
      isSecure: options.secure ?? false,
      expires: maxAge === undefined ? until : Date.now() + maxAge * 1000,
    });
  }

  /** Takes out every cookie of that name. */
  delete(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key);
  }

  clear(): void {
    this.#cookies.clear();
  }

  /** Every cookie that has not expired, in the order in which they came. */
  *[Symbol.iterator](): Generator<Cookie, void, undefined> {
    for (const [key, cookie] of this.#cookies) {
      if (cookie.expires <= Date.now()) this.#cookies.delete(key);
      else yield cookie;
    }
  }

  /** One that has expired takes the place of the older one too: that is how a cookie is deleted. */
  #put(cookie: Cookie): void {
    const key = JSON.stringify([cookie.name, cookie.domain, cookie.path]);
    if (cookie.expires <= Date.now()) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
  }
}

function hostName(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

/** RFC 6265 5.1.3: an address has no hosts below it. */
function domainMatches(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host));
}

/** RFC 6265 5.1.4: the directory of the request. */
function defaultPath(path: string): string {
  const end = path.lastIndexOf('/');
  return end > 0 && path.startsWith('/') ? path.slice(0, end) : '/';
}

/** RFC 6265 5.1.4: `/a` is for `/a` and `/a/b`, and not for `/ab`. */
function pathMatches(path: string, cookiePath: string): boolean {
  if (!path.startsWith(cookiePath)) return path === '' && cookiePath === '/';
  return path.length === cookiePath.length || cookiePath.endsWith('/') || path[cookiePath.length] === '/';
}
