/** The URL of the login page, which gets to know where to go on afterwards. */
export function loginLocation(loginUrl: string, url: string): string {
  const next = encodeURIComponent(url).replaceAll('%2F', '/');
  return `${loginUrl}${loginUrl.includes('?') ? '&' : '?'}next=${next}`;
}

/**
 * True of a `next` that stays on this site. It is for everybody to choose, by a link to the login page: where it led to
 * another site, that could look like ours and ask for the password again (an open redirect).
 *
 * Browsers take `\` for `/`, and skip tabs and line ends (URL Standard 4.4): `/\evil` and `/<tab>/evil` are `//evil`.
 */
export function isOnSite(next: string): boolean {
  return /^\/(?![/\\])/.test(next) && !/\p{Cc}/u.test(next);
}
