// The application
export { type Limits, Microdot, type MicrodotOptions, type MountOptions, type RouteOptions } from './app.ts';
// Responses
export type { Chunk, ChunkSource, StreamBody } from './body.ts';
// Requests
export { BodyStream } from './bodyStream.ts';
export type { CookieOptions } from './cookies.ts';
export { abort, HTTPException, MicrodotError } from './errors.ts';
export { type HeaderList, type HeadersInit, RequestHeaders, ResponseHeaders } from './headers.ts';
// Servers
export type { Maybe } from './maybe.ts';
export { type GetOptions, MultiDict } from './multiDict.ts';
export { redirect } from './redirect.ts';
export { Request, type RequestInit } from './request.ts';
export { type Body, Response } from './response.ts';
export { type FileOptions, type SendFileOptions, sendFile } from './sendFile.ts';
export type { Server, ServerOptions, TlsOptions } from './server.ts';
export type { AcceptOptions, RawSocket, Transport, WebSocketChannel } from './transport.ts';
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
