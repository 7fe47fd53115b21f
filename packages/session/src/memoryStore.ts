import { SessionError } from './errors.ts';
import type { SessionStore } from './store.ts';

export interface MemoryStoreOptions {
  /** 10,000 by default. Beyond it, those that were not used for the longest time are forgotten. */
  maxSessions?: number;
  /** How long a session is kept after it was last saved, in seconds, where the sessions have no `maxAge`; a day by default. */
  maxAge?: number;
}

/**
 * Keeps sessions in the memory of this process: they end with it, and no other process sees them. For development,
 * tests and small services.
 */
export class MemoryStore implements SessionStore {
  // In the order of last use, as that is the order of a Map.
  readonly #sessions: Map<string, { text: string; expires: number }> = new Map();
  readonly #maxSessions: number;
  readonly #maxAge: number;

  /** @throws SessionError `INVALID_OPTION`. */
  constructor({ maxSessions = 10_000, maxAge = 24 * 60 * 60 }: MemoryStoreOptions = {}) {
    if (!(Number.isInteger(maxSessions) && maxSessions > 0)) {
      throw new SessionError('INVALID_OPTION', 'maxSessions is not a whole number from 1 on');
    }
    if (!(maxAge > 0)) throw new SessionError('INVALID_OPTION', 'maxAge is not a number of seconds above 0');
    this.#maxSessions = maxSessions;
    this.#maxAge = maxAge;
  }

  /** How many sessions it holds, those included that have expired and were not asked for since. */
  get size(): number {
    return this.#sessions.size;
  }

  get(id: string): object | undefined {
    const session = this.#sessions.get(id);
    if (!session) return undefined;
    this.#sessions.delete(id);
    if (session.expires <= Date.now()) return undefined;
    this.#sessions.set(id, session);
    return JSON.parse(session.text) as object;
  }

  set(id: string, data: object, ttl: number = this.#maxAge * 1000): void {
    this.#sessions.delete(id);
    // As text: nobody holds a reference into it.
    this.#sessions.set(id, { text: JSON.stringify(data), expires: Date.now() + ttl });
    if (this.#sessions.size > this.#maxSessions) this.#makeRoom();
  }

  delete(id: string): void {
    this.#sessions.delete(id);
  }

  #makeRoom(): void {
    const [oldest] = this.#sessions.keys();
    this.#sessions.delete(oldest as string);
  }
}
