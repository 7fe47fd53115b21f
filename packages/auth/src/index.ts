// Schemes
export { Auth, type Scheme } from './auth.ts';
export { BasicAuth, type BasicAuthOptions } from './basicAuth.ts';
// Comparisons
export { timingSafeEqual, timingSafeFind } from './compare.ts';
export { AuthError } from './errors.ts';
export { TokenAuth, type TokenAuthOptions } from './tokenAuth.ts';
