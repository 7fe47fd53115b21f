const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;
const TOKENS = /^[!#$%&'*+.^`|~\w\t ,-]+$/;

/** True of a method, or of the name of a header (RFC 9110 5.6.2). */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text);
}

/** True of what has nothing but tokens, commas and white space. */
export function isTokenList(text: string): boolean {
  return TOKENS.test(text);
}
