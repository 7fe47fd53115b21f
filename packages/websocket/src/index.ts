// Handlers

export type { Message } from './connection.ts';
// What they talk through
export { WebSocketError } from './errors.ts';
// Options
export type { WebSocketOptions } from './options.ts';
export type { AllowedOrigins } from './origin.ts';
export { upgradeWebSocket } from './upgradeWebSocket.ts';
export { WebSocket } from './webSocket.ts';
export { type WebSocketHandler, withWebSocket } from './withWebSocket.ts';
