/** The most header lines of a request; browsers and proxies send some thirty. */
const MAX_HEADERS = 100;

/** What the head of a request tells before anything is made of it. */
export const HAS_BODY = 1;
export const IS_CHUNKED = 2;
/** Two `Host` lines, or one that is no host: what a proxy made of them is anybody's guess (RFC 9112 3.2). */
export const IS_AMBIGUOUS = 4;
export const IS_TOO_LARGE = 8;

/** What ends a host and its port, or stands before them (RFC 3986 3.2). */
const NOT_HOST = /[\s/\\?#@]/;

/**
 * Looks at the headers of a request once, as they came.
 *
 * @param maxReadline the longest line. `Cookie` is bounded by the whole head alone, 16 KiB: browsers send every cookie
 * of a host in one line, those of its other ports included.
 * @returns the flags above.
 */
export function scanHead(rawHeaders: readonly string[], maxReadline: number): number {
  let flags = rawHeaders.length > 2 * MAX_HEADERS ? IS_TOO_LARGE : 0;
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host' && (++hosts > 1 || NOT_HOST.test(value))) flags |= IS_AMBIGUOUS;
        break;
      case 14:
        if (name.toLowerCase() === 'content-length' && value !== '0') flags |= HAS_BODY;
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') flags |= HAS_BODY | IS_CHUNKED;
    }
    if (name.length + value.length + 2 > maxReadline && name.toLowerCase() !== 'cookie')
      flags |= IS_TOO_LARGE;
  }
  return flags;
}
