import { type Chunk, type ChunkSource, isStream, openStream, type StreamBody } from './body.ts';
import { brand } from './brand.ts';
import { type CookieOptions, serializeCookie } from './cookies.ts';
import { MicrodotError } from './errors.ts';
import { type HeaderList, type HeadersInit, isFieldContent, ResponseHeaders } from './headers.ts';
import { host } from './host.ts';
import type { Maybe } from './maybe.ts';
import type { Request } from './request.ts';

/**
 * What a response can be made from: text, bytes, nothing, something to stream, or an object or array that is
 * written as JSON.
 */
export type Body = Chunk | StreamBody | object | null | undefined;

/**
 * An HTTP response. A handler may return one, or just the body for one.
 *
 * Microdot's `Response`, with `[body, status, headers]` tuples written as constructor arguments.
 *
 * @param body `null` or `undefined` make a 204 where no other status is given.
 * @param statusCode 200 by default; from 200 to 999.
 * @param headers JSON sets its own `Content-Type`, whatever stands here.
 * @param reason the reason phrase, which HTTP/1.1 alone has; the registered one by default.
 * @throws MicrodotError `INVALID_STATUS`, `INVALID_HEADER` or `INVALID_BODY`.
 */
export class Response {
  /** The `Content-Type` of responses that set none; `; charset=UTF-8` is added unless it names a charset. */
  static defaultContentType = 'text/plain';

  /** Content types by file extension, for `sendFile`; what is not here is looked up in the IANA's. Filled by Node's entry. */
  static readonly typesMap: Record<string, string> = {};

  /** The `max-age` of files, in seconds; `null` adds no `Cache-Control`. */
  static defaultSendFileMaxAge: number | null = null;

  /** How many bytes of a file are read at a time; 64 KiB, as 1 KiB is for microcontrollers. */
  static sendFileBufferSize = 65536;

  /**
   * Returned where the transport has answered already: a WebSocket that has ended. Nothing is written. A new one each
   * time, as hooks may set headers on it.
   */
  static get alreadyHandled(): Response {
    return Object.assign(new Response(), { '~isHandled': true });
  }

  statusCode: number;
  reason: string | undefined;
  /** Objects have become JSON text by now; everything else is as it was given. */
  body: Chunk | StreamBody | null;
  #headers: ResponseHeaders | undefined;
  #isJson = false;
  #isTaken = false;

  constructor(body: Body = '', statusCode = 200, headers?: HeadersInit, reason?: string) {
    if (!(statusCode >= 200 && statusCode <= 999 && statusCode % 1 === 0)) {
      throw new MicrodotError('INVALID_STATUS', `Not a status from 200 to 999: ${statusCode}`);
    }
    if (!isFieldContent(reason ?? ''))
      throw new MicrodotError('INVALID_STATUS', 'A reason is one line of Latin-1');
    this.statusCode = body == null && statusCode === 200 ? 204 : statusCode;
    this.reason = reason;
    if (headers) this.#headers = new ResponseHeaders(headers);
    if (typeof body === 'string') {
      this.body = body;
    } else if (body == null) {
      this.body = null;
    } else if (typeof body !== 'object') {
      throw new MicrodotError(
        'INVALID_BODY',
        `A ${typeof body} is no body: return text, bytes, an object or a stream`,
      );
    } else if (isBytes(body) || isStream(body)) {
      this.body = body;
    } else {
      this.body = JSON.stringify(body) ?? null;
      this.#isJson = true;
      this.#headers?.set('Content-Type', JSON_TYPE);
    }
  }

  get headers(): ResponseHeaders {
    if (this.#headers) return this.#headers;
    this.#headers = new ResponseHeaders();
    if (this.#isJson) this.#headers.set('Content-Type', JSON_TYPE);
    return this.#headers;
  }

  /**
   * Adds a `Set-Cookie`. Microdot's `set_cookie`.
   *
   * @throws MicrodotError `INVALID_COOKIE` where a part would end the cookie or the header.
   */
  setCookie(name: string, value: string, options: CookieOptions = {}): void {
    this.headers.append('Set-Cookie', serializeCookie(name, value, options));
  }

  /** Tells the browser to forget a cookie; `path` and `domain` must be those that it was set with. */
  deleteCookie(name: string, options: CookieOptions = {}): void {
    this.setCookie(name, '', { ...options, expires: 'Thu, 01 Jan 1970 00:00:01 GMT', maxAge: 0 });
  }

  /** True of `alreadyHandled`, also of that of another copy of the package. */
  declare '~isHandled'?: boolean;

  /** Completes a response that depends on the request, a file for instance. Called once, by the dispatcher. */
  declare '~resolve'?: (request: Request) => Maybe<Response>;

  /**
   * The headers as they go on the wire: with a `Content-Type`, and with the `Content-Length` where it is known, whatever the
   * application says of it (what follows would be taken for the next response), but for HEAD. With neither on 204 and 304
   * (RFC 9110 8.6).
   */
  '~wireHeaders'(method: string): HeaderList {
    const { body, statusCode } = this;
    const headers = this.#headers;
    if (statusCode === 204 || statusCode === 304) {
      headers?.delete('Content-Length');
      headers?.delete('Content-Type');
      return headers?.['~list'] ?? [];
    }
    const length = typeof body === 'string' ? host.byteLength(body) : isBytes(body) ? body.byteLength : -1;
    if (!headers) {
      const type = this.#isJson ? JSON_TYPE : defaultType();
      return length < 0 ? ['Content-Type', type] : ['Content-Type', type, 'Content-Length', `${length}`];
    }
    if (!headers.has('Content-Type')) headers.set('Content-Type', defaultType());
    if (length >= 0 && !(method === 'HEAD' && headers.has('Content-Length')))
      headers.set('Content-Length', `${length}`);
    // How a body is framed is for the server to say.
    headers.delete('Transfer-Encoding');
    return headers['~list'];
  }

  /**
   * Opens a streamed body, which can be done once.
   *
   * @throws MicrodotError `BODY_USED` where it was sent before: a generator runs once, and so does its response.
   */
  '~openBody'(): ChunkSource {
    if (this.#isTaken) {
      throw new MicrodotError('BODY_USED', 'This stream was sent before: make one per request');
    }
    this.#isTaken = true;
    return openStream(this.body as StreamBody);
  }
}

brand(Response, '@microdot/core.Response');

const JSON_TYPE = 'application/json; charset=UTF-8';

function defaultType(): string {
  const type = Response.defaultContentType;
  return type.includes('charset=') ? type : `${type}; charset=UTF-8`;
}

export function isBytes(body: unknown): body is Uint8Array {
  return ArrayBuffer.isView(body);
}
