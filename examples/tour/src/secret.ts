import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './config.ts';

/** What sessions are signed with: that of the environment, or one that is made up once and kept. */
export function secretKey(): string {
  return process.env.SECRET_KEY || keptKey(join(dataFolder, 'secret-key'));
}

function keptKey(file: string): string {
  const key = randomBytes(32).toString('base64url');
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file, key, { flag: 'wx', mode: 0o600 });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(file, 'utf8');
    throw error;
  }
}
