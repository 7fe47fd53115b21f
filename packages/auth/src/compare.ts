/**
 * True of two texts that are the same. How long it takes depends on the length of `given` alone, and not on how much
 * of it is right: `===` stops at the first difference, which tells an attacker who measures it one character after the other.
 * Python's `hmac.compare_digest`.
 *
 * Synchronous, and in plain ECMAScript, so that it works on every host.
 *
 * @param given what the client has sent.
 * @param expected the secret.
 */
export function timingSafeEqual(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < given.length; i++) {
    // Goes round where the secret is shorter. NaN, of an empty one, counts as 0.
    difference |= given.charCodeAt(i) ^ expected.charCodeAt(i % expected.length);
  }
  return difference === 0;
}

/**
 * Looks a secret up in a table, and compares it with every one in it, found or not.
 *
 * ```ts
 * auth.authenticate((request, token) => timingSafeFind(tokens, token));
 * ```
 *
 * @param table a `Map` by secret, or any list of `[secret, value]`; a few, as all of it is read. Of many, keep
 * digests and look those up.
 */
export function timingSafeFind<V>(
  table: Iterable<readonly [secret: string, value: V]>,
  given: string,
): V | undefined {
  let found: V | undefined;
  for (const [secret, value] of table) {
    if (timingSafeEqual(given, secret)) found = value;
  }
  return found;
}
