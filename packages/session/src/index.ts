// Sessions
export { SessionError } from './errors.ts';
// Where the data is
export { MemoryStore, type MemoryStoreOptions } from './memoryStore.ts';
export type { SecretKey, SessionOptions } from './options.ts';
export { type Application, Session } from './session.ts';
export type { SessionDict, SessionMethods } from './sessionDict.ts';
export type { SessionStore } from './store.ts';
export { withSession } from './withSession.ts';
