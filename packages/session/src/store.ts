import type { Maybe } from '@microdot/core';

/**
 * Where sessions are kept on the server: `MemoryStore`, a `Keyv`, a `Map`, or anything else with these methods,
 * synchronous or not.
 */
export interface SessionStore {
  /** The data, or nothing where there is none under that id. */
  get(id: string): Maybe<object | null | undefined>;
  /**
   * @param data plain JSON, the store's to keep.
   * @param ttl milliseconds after which it may be forgotten; not given where the sessions have no `maxAge`.
   */
  set(id: string, data: object, ttl: number | undefined): unknown;
  delete(id: string): unknown;
}
