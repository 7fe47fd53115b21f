import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { abort } from '@microdot/core';

const hash = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// One of the settings that OWASP recommends: 32 MiB, and a tenth of a second or two.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 };

/** What is kept of a password: a hash that is slow to compute, and a salt that makes it different for everybody. */
export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(password, salt)).toString('base64') };
}

/** Takes as long where there is no hash: otherwise the time would tell which names have an account. */
export async function checkPassword(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const key = await derive(password, Buffer.from(kept?.salt ?? '', 'base64'));
  return kept !== undefined && timingSafeEqual(key, Buffer.from(kept.hash, 'base64'));
}

let waiting = 0;

/** So slow, on purpose, that a stranger who asks for many at once must not keep everybody else waiting. */
async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (waiting >= 20) abort(503);
  waiting++;
  try {
    // Letters with accents can be written in two ways, and keyboards differ.
    return await hash(password.normalize('NFKC'), salt, 32, COST);
  } finally {
    waiting--;
  }
}
