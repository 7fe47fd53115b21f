// The client
export { TestClient, type TestClientOptions } from './client.ts';
// Cookies
export { CookieJar, type CookieUrl } from './cookieJar.ts';
export { TestClientError } from './errors.ts';
// What it gives
export type { ServerSentEvent } from './events.ts';
export type { Application, RequestOptions, WebSocketOptions } from './exchange.ts';
export type { FormInit, RequestBody } from './requestBody.ts';
export type { ClientScript } from './script.ts';
export type { Cookie } from './setCookie.ts';
export { StreamedResponse } from './streamedResponse.ts';
export { TestResponse } from './testResponse.ts';
export { TestWebSocket } from './webSocket.ts';
export type { Message } from './webSocketLink.ts';
