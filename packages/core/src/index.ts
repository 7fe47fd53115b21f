// The application
export { type Limits, Microdot, type MicrodotOptions, type MountOptions, type RouteOptions } from './app.ts';
export { abort, HTTPException, MicrodotError } from './errors.ts';
export type {
  AfterRequestHandler,
  BeforeRequestHandler,
  ErrorClass,
  ErrorHandler,
  Globals,
  Handler,
  HandlerResult,
  Logger,
  OptionsHandler,
  PathArgs,
  SegmentTypes,
} from './types.ts';
export { type SegmentTypeOptions, URLPattern } from './urlPattern.ts';

// Requests
export { BodyStream } from './bodyStream.ts';
export { type GetOptions, MultiDict } from './multiDict.ts';
export { Request, type RequestInit } from './request.ts';

// Responses
export type { Chunk, ChunkSource, StreamBody } from './body.ts';
export type { CookieOptions } from './cookies.ts';
export { type HeaderList, type HeadersInit, RequestHeaders, ResponseHeaders } from './headers.ts';
export { redirect } from './redirect.ts';
export { type Body, Response } from './response.ts';
export { type FileOptions, sendFile, type SendFileOptions } from './sendFile.ts';

// Servers
export type { Maybe } from './maybe.ts';
export type { Server, ServerOptions, TlsOptions } from './server.ts';
export type { AcceptOptions, RawSocket, Transport, WebSocketChannel } from './transport.ts';
