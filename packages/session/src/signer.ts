import { CompactSign } from 'jose/jws/compact/sign';
import { jwtVerify } from 'jose/jwt/verify';

/** What a signed token says. */
export type Payload = Record<string, unknown>;

/** The longest cookie that browsers keep, its name and attributes included (RFC 6265 6.1). */
export const MAX_COOKIE_LENGTH = 4096;

/**
 * How a token of ours ends: a signature of 32 bytes in base64url, whose last character has two bits that say nothing, and are 0. Other
 * readers would take four characters there, and padding, so that a token could be changed and still be ours.
 */
const CANONICAL = /\.[\w-]{42}[AEIMQUYcgkosw048]$/;

/** Signs and verifies tokens: JWTs with HS256, as PyJWT makes them. */
export class Signer {
  readonly #secrets: readonly Uint8Array[];
  #keys: Promise<readonly HmacKey[]> | undefined;

  /** @param secrets the first signs, all verify. */
  constructor(secrets: readonly Uint8Array[]) {
    this.#secrets = secrets;
  }

  /** @param json the payload, in ASCII. */
  async sign(json: string): Promise<string> {
    const [key] = await this.#imported();
    return new CompactSign(new TextEncoder().encode(json))
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(key as HmacKey);
  }

  /**
   * What a token says, or `undefined` of one that is not ours, tampered with, expired, or not yet valid. What the
   * token says of its own algorithm counts for nothing: `none` and the confusion of public keys with secrets are the
   * classic attacks on JWTs (RFC 8725 2.1).
   */
  async verify(token: string): Promise<Payload | undefined> {
    // Nobody can have got a longer one from us: not worth a hash.
    if (token.length > MAX_COOKIE_LENGTH || !CANONICAL.test(token)) return undefined;
    for (const key of await this.#imported()) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
        return isForUs(payload) ? payload : undefined;
      } catch (error) {
        const code = codeOf(error);
        if (!code.startsWith('ERR_J')) throw error;
        if (code !== 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return undefined;
      }
    }
    return undefined;
  }

  /** Once, and not before it is needed: an application that is only built has no need of cryptography. */
  #imported(): Promise<readonly HmacKey[]> {
    this.#keys ??= Promise.all(this.#secrets.map(importKey));
    return this.#keys;
  }
}

type HmacKey = Awaited<ReturnType<typeof importKey>>;

function importKey(secret: Uint8Array): ReturnType<typeof crypto.subtle.importKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', secret as Uint8Array<ArrayBuffer>, algorithm, false, [
    'sign',
    'verify',
  ]);
}

/**
 * What jose leaves to the application and PyJWT checks: a token with an audience is for somebody else (RFC 7519
 * 4.1.3), and one from the future has not been made yet.
 */
function isForUs({ aud, iat }: Payload): boolean {
  return !aud && !(typeof iat === 'number' && iat > Date.now() / 1000);
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}
