import {
  type AcceptOptions,
  type HeadersInit,
  type Limits,
  type Maybe,
  type Microdot,
  Request,
  RequestHeaders,
  type Response,
  type Transport,
  type WebSocketChannel,
} from '@microdot/core';
import { endRequest } from '@microdot/core/extension';
import type { CookieJar } from './cookieJar.ts';
import { receiveBody } from './incomingBody.ts';
import { encodeBody, type FormInit, type RequestBody } from './requestBody.ts';
import { cookieUrl, requestHeaders, withCookies } from './requestHead.ts';
import type { Upload } from './upload.ts';

/** What is tested: a `Microdot`, or whatever answers requests as one does. */
export interface Application {
  dispatchRequest(request: never): Maybe<Response>;
  limit(name: keyof Limits): number;
}

export interface RequestOptions {
  /** `Host`, `Cookie`, `Content-Type` and `Content-Length` are added where they are missing. */
  headers?: HeadersInit | undefined;
  body?: RequestBody;
  /** A body of type `application/x-www-form-urlencoded`. */
  form?: FormInit | undefined;
}

export interface WebSocketOptions {
  headers?: HeadersInit | undefined;
  /** The subprotocols that are offered. */
  protocols?: readonly string[];
}

/** Where a client stands. */
export interface Endpoint {
  readonly app: Application;
  readonly jar: CookieJar;
  readonly scheme: 'http' | 'https';
  readonly host: string;
}

/** A request and what came of it. */
export interface Exchange {
  /** Such as `GET /path`, for messages. */
  readonly name: string;
  readonly method: string;
  readonly response: Response;
  /** As they go on the wire. */
  readonly headers: RequestHeaders;
  readonly upload: Upload | undefined;
  /** The response has been read, or was left alone. */
  end(): Maybe<void>;
}

/**
 * What every server does: makes a request, has the application answer it. The body of the response is not
 * touched.
 *
 * @param accept for a request that wants to become a WebSocket.
 */
export async function exchange(
  { app, jar, scheme, host }: Endpoint,
  method: string,
  target: string,
  options: RequestOptions,
  accept?: (options: AcceptOptions) => Promise<WebSocketChannel>,
): Promise<Exchange> {
  const encoded = await encodeBody(options.body, options.form);
  const given = requestHeaders(method, options.headers, host, encoded);
  const url = cookieUrl(target, given, scheme);
  const headers = withCookies(given, jar.header(url));
  const transport: Transport = {
    scheme,
    clientAddr: ['127.0.0.1', 1234],
    ...(accept && { acceptWebSocket: accept }),
  };
  const body = await receiveBody(encoded, declaredLength(headers), {
    maxBodyLength: app.limit('maxBodyLength'),
    maxContentLength: app.limit('maxContentLength'),
  });
  const request = new Request(app as unknown as Microdot, {
    method,
    url: target,
    headers,
    transport,
    ...body,
  });
  const response = await app.dispatchRequest(request as never);
  const end = (): Maybe<void> => endRequest(request);
  if (response['~isHandled']) await end();
  // What has been answered otherwise has no head to look at.
  const answered = new RequestHeaders(response['~isHandled'] ? [] : [...response['~wireHeaders'](method)]);
  jar.store(answered.getAll('Set-Cookie'), url);
  return { name: `${method} ${target}`, method, response, headers: answered, upload: encoded.upload, end };
}

/** What is not a number the application refuses. */
function declaredLength(headers: RequestHeaders): number | undefined {
  const text = headers.get('Content-Length');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
