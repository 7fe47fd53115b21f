// Handlers

// Errors
export { SSEError, type SSEErrorCode } from './errors.ts';
export { EventLog, type EventLogOptions, type FollowOptions, type LoggedEventOptions } from './eventLog.ts';
// Events
export { type EventData, type EventOptions, ServerSentEvent } from './serverSentEvent.ts';
export type { SSEOptions } from './settings.ts';
export type { SSE } from './sse.ts';
export { type SSEHandler, type SSEHandlerResult, sseResponse, withSSE } from './withSSE.ts';
