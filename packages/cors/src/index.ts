export { CORS, type CORSApplication } from './cors.ts';
export type { CORSRequest } from './corsHeaders.ts';
export type { CORSOptions } from './options.ts';
export { type AllowedOrigins, originTest } from './originTest.ts';
