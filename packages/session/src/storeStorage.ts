import { SessionError } from './errors.ts';
import type { Payload } from './signer.ts';
import { expiry, type Opened, type Storage } from './storage.ts';
import type { SessionStore } from './store.ts';

/** The data is on the server, under a random id; the cookie has the id. */
export class StoreStorage implements Storage {
  readonly #maxAge: number | undefined;
  readonly #store: SessionStore;

  /** @throws SessionError `INVALID_OPTION`. */
  constructor(maxAge: number | undefined, store: SessionStore) {
    if (![store?.get, store?.set, store?.delete].every((method) => typeof method === 'function')) {
      throw new SessionError(
        'INVALID_OPTION',
        'A store has the methods get(id), set(id, data, ttl) and delete(id)',
      );
    }
    this.#maxAge = maxAge;
    this.#store = store;
  }

  /** An id that the store does not know opens nothing: who brings one of their own does not get it. */
  async open({ sid }: Payload): Promise<Opened | undefined> {
    if (typeof sid !== 'string' || !ID.test(sid)) return undefined;
    const data = await this.#store.get(sid);
    // A copy: what the handler changes and does not save must not be in the store.
    return data ? { data: JSON.parse(JSON.stringify(data)), id: sid } : undefined;
  }

  snapshot(data: object): string {
    return JSON.stringify(data);
  }

  async keep(snapshot: string, id: string | undefined, isRotated: boolean): Promise<string> {
    const kept = id === undefined || isRotated ? randomId() : id;
    const maxAge = this.#maxAge;
    await this.#store.set(kept, JSON.parse(snapshot), maxAge === undefined ? undefined : maxAge * 1000);
    if (kept !== id) await this.forget(id);
    return JSON.stringify({ sid: kept, ...(maxAge !== undefined && { exp: expiry(maxAge) }) });
  }

  async forget(id: string | undefined): Promise<void> {
    if (id !== undefined) await this.#store.delete(id);
  }
}

const ID = /^[0-9a-f]{64}$/;

/** 256 bits: OWASP asks for 64, and nobody guesses these. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
