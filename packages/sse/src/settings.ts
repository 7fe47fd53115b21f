import { SSEError } from './errors.ts';

export interface SSEOptions {
  /**
   * How often a comment is sent that keeps proxies from closing the connection, and finds out whether the client is still
   * there; in milliseconds, 15,000 by default, 0 for never.
   */
  keepAlive?: number | undefined;
  /**
   * How much may wait that was sent without waiting for the promise of `send()`, in characters; 262,144 by default. Beyond
   * it the stream is closed: the client connects again, and says which event it had last.
   */
  maxQueueLength?: number | undefined;
}

export type Settings = { readonly [K in keyof SSEOptions]-?: number };

/** @throws SSEError `INVALID_OPTION` */
export function resolveOptions({ keepAlive = 15_000, maxQueueLength = 262_144 }: SSEOptions): Settings {
  // Timers count in 32 bits, and take what is beyond for 1.
  check('keepAlive', keepAlive, 2 ** 31 - 1);
  check('maxQueueLength', maxQueueLength, Number.POSITIVE_INFINITY);
  return { keepAlive, maxQueueLength };
}

function check(name: string, value: number, max: number): void {
  if (typeof value === 'number' && value >= 0 && value <= max) return;
  throw new SSEError('INVALID_OPTION', `${name} is a number from 0 to ${max}, not ${String(value)}`);
}
