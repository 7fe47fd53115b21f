import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP's parameters for scrypt, in 64 MiB.
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 2 ** 27 };

/** What is kept of a password: a hash that is slow to compute, and a salt that makes it different for everybody. */
export interface PasswordHash {
  salt: Buffer;
  key: Buffer;
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await hash(password, salt, 32, COST) };
}

export async function checkPassword(password: string, { salt, key }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await hash(password, salt, 32, COST), key);
}
