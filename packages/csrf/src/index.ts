export { CSRF, type CSRFApplication } from './csrf.ts';
export type { CSRFOptions, TrustedOrigins } from './options.ts';
export type { CSRFRequest } from './trust.ts';
