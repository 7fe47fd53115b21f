import type { Maybe } from '@microdot/core';
import type { Payload } from './signer.ts';

/** The data of a session, with the id that it has on the server, if it is kept there. */
export interface Opened {
  readonly data: object;
  readonly id?: string;
}

/** Where the data of sessions is: in the cookie itself, or on the server. */
export interface Storage {
  /** What the cookie stands for, or nothing. */
  open(payload: Payload): Maybe<Opened | undefined>;
  /**
   * The data as it is now, as text.
   *
   * @throws SessionError `SESSION_TOO_LARGE`; TypeError where JSON cannot express it.
   */
  snapshot(data: object): string;
  /**
   * Keeps a snapshot.
   *
   * @param id under which the session was opened.
   * @param isRotated whether it must get another.
   * @returns the payload of the cookie.
   */
  keep(snapshot: string, id: string | undefined, isRotated: boolean): Maybe<string>;
  /** Deletes what is kept. */
  forget(id: string | undefined): unknown;
}

/** The time `seconds` from now, as a JWT has it (RFC 7519 2, NumericDate). */
export function expiry(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
