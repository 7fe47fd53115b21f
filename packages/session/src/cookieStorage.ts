import { SessionError } from './errors.ts';
import { pythonJson } from './pythonJson.ts';
import { MAX_COOKIE_LENGTH, type Payload } from './signer.ts';
import { expiry, type Opened, type Storage } from './storage.ts';

/** The data is in the cookie, for everybody to read and for nobody to change. */
export class CookieStorage implements Storage {
  readonly #maxAge: number | undefined;
  readonly #room: number;

  /** @param overhead what else the cookie needs: its name and its attributes. */
  constructor(maxAge: number | undefined, overhead: number) {
    this.#maxAge = maxAge;
    this.#room = MAX_COOKIE_LENGTH - overhead;
  }

  open(payload: Payload): Opened {
    if (this.#maxAge === undefined) return { data: payload };
    // Ours, and none of the application's data.
    const { exp: _, ...data } = payload;
    return { data };
  }

  snapshot(data: object): string {
    const text = JSON.stringify(this.#maxAge === undefined ? data : { ...data, exp: expiry(this.#maxAge) });
    // In Python no number is half as long: megabytes need not be looked at any closer, which would exhaust the stack.
    if (text.length > 2 * MAX_COOKIE_LENGTH) refuse(`over ${MAX_COOKIE_LENGTH}`);
    const json = pythonJson(text);
    const length = HEADER_AND_SIGNATURE + Math.ceil((json.length * 4) / 3);
    if (length > this.#room) refuse(`${length + MAX_COOKIE_LENGTH - this.#room}`);
    return json;
  }

  keep(snapshot: string): string {
    return snapshot;
  }

  forget(): void {}
}

function refuse(size: string): never {
  throw new SessionError(
    'SESSION_TOO_LARGE',
    `The session makes a cookie of ${size} bytes, and browsers drop those over ${MAX_COOKIE_LENGTH}: give the Session a store`,
  );
}

/** The header of every token takes 36 bytes, the signature 43, the dots 2. */
const HEADER_AND_SIGNATURE = 81;
