import { SessionError } from './errors.ts';
import { RESERVED } from './sessionDict.ts';

/** @throws SessionError `INVALID_SESSION` where a name is one of ours, or is a claim that would make the cookie void. */
export function checkNames(data: object): void {
  const fields = data as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (RESERVED.includes(name) || name === 'aud') {
      throw new SessionError(
        'INVALID_SESSION',
        `A session cannot hold a property named ${name}: use another name`,
      );
    }
    if (['exp', 'nbf', 'iat'].includes(name) && !Number.isFinite(fields[name])) {
      throw new SessionError('INVALID_SESSION', `${name} is a time of the JWT, in seconds: use another name`);
    }
  }
}
