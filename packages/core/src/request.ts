import type { Microdot } from './app.ts';
import { BodyStream } from './bodyStream.ts';
import { parseCookies } from './cookies.ts';
import { HTTPException } from './errors.ts';
import type { RequestHeaders } from './headers.ts';
import { host } from './host.ts';
import { MultiDict } from './multiDict.ts';
import type { Transport } from './transport.ts';
import type { AfterRequestHandler, Globals, Handler } from './types.ts';
import { parseUrlEncoded } from './urlencoded.ts';

/** What a server knows of a request. */
export interface RequestInit {
  method: string;
  /** The request target: `/path?query`, or the absolute form of it (RFC 9112 3.2.2). */
  url: string;
  headers: RequestHeaders;
  transport: Transport;
  /** `'1.1'` by default. */
  httpVersion?: string;
  /** The whole body, where it has been read. */
  body?: Uint8Array | undefined;
  /** The length of the body where the headers do not tell it, as far as it is known. `Content-Length` by default. */
  contentLength?: number | undefined;
  /** The body as it comes, where it is too large to be read beforehand. It must end itself at the limits. */
  stream?: AsyncIterable<Uint8Array> | undefined;
}

/**
 * An HTTP request. Query, cookies, form and JSON are parsed when they are first asked for, and once.
 *
 * Microdot's `Request`, in camelCase.
 */
export class Request<out G = Globals> {
  /** The largest body that is accepted, in bytes; larger ones are answered 413. */
  static maxContentLength: number = 16 * 1024;
  /** The largest body that is read before the handler runs, in bytes; larger ones come through `stream` alone. */
  static maxBodyLength: number = 16 * 1024;
  /** The longest line in the head of a request, in bytes: its target, and each header but `Cookie`. */
  static maxReadline: number = 2 * 1024;
  /** The most fields that a query string or a form may have. */
  static maxFields = 1000;

  readonly app: Microdot;
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  /** The path, percent-encoding included. */
  readonly path: string;
  /** What stands behind the first `?`, or `null` where there is none. */
  readonly queryString: string | null;
  readonly httpVersion: string;
  readonly headers: RequestHeaders;
  readonly transport: Transport;
  /** The body, empty where there is none or where it is left to `stream`. */
  readonly body: Uint8Array;
  /** The arguments in the URL, as the handler gets them. */
  urlArgs: Readonly<Record<string, unknown>> | undefined = undefined;
  /** The handler of the route that matched. */
  route: Handler<never, never> | undefined = undefined;
  /** The mounted application that the route belongs to, and the prefix that it is mounted under. */
  subapp: Microdot | undefined = undefined;
  urlPrefix = '';
  /** Functions to run on the response, in the order in which they were registered. */
  '~afterRequest': AfterRequestHandler[] | undefined = undefined;
  /** What is to be done once the request is over. Not there before somebody has something to do. */
  declare '~onEnd'?: (() => unknown)[] | undefined;

  readonly #contentLength: number | undefined;
  #g: G | undefined;
  #args: MultiDict | undefined;
  #cookies: Record<string, string> | undefined;
  #source: AsyncIterable<Uint8Array> | undefined;
  #stream: BodyStream | undefined;
  #json: unknown;
  #form: MultiDict | undefined;
  #files: Record<string, unknown> | undefined;

  constructor(app: Microdot<G>, init: RequestInit) {
    const url = targetPath(init.url);
    const query = url.indexOf('?');
    this.app = app as unknown as Microdot;
    this.method = init.method;
    this.url = url;
    this.path = query < 0 ? url : url.slice(0, query);
    this.queryString = query < 0 ? null : url.slice(query + 1);
    this.httpVersion = init.httpVersion ?? '1.1';
    this.headers = init.headers;
    this.transport = init.transport;
    this.body = init.body ?? EMPTY;
    this.#contentLength = init.contentLength;
    this.#source = init.stream;
  }

  get scheme(): 'http' | 'https' {
    return this.transport.scheme;
  }

  /** The address of the client, or of the proxy in front of the server. */
  get clientAddr(): readonly [host: string, port: number] | undefined {
    return this.transport.clientAddr;
  }

  /** For the application to keep what it likes for as long as the request lasts. */
  get g(): G {
    this.#g ??= Object.create(null) as G;
    return this.#g;
  }

  /** The decoded query string. */
  get args(): MultiDict {
    this.#args ??= this.queryString
      ? parseUrlEncoded(this.queryString, this.app.limit('maxFields'))
      : new MultiDict();
    return this.#args;
  }

  /** The cookies by name, undecoded. An object without a prototype. */
  get cookies(): Readonly<Record<string, string>> {
    this.#cookies ??= parseCookies(this.headers.get('cookie'));
    return this.#cookies;
  }

  /**
   * The length of the body in bytes, 0 where there is none.
   *
   * @throws HTTPException 400 where the `Content-Length` is not a number.
   */
  get contentLength(): number {
    if (this.#contentLength !== undefined) return this.#contentLength;
    const text = this.headers.get('content-length');
    if (text === undefined) return 0;
    if (!/^\d{1,15}$/.test(text)) throw new HTTPException(400, 'Bad request');
    return Number(text);
  }

  get contentType(): string | undefined {
    return this.headers.get('content-type');
  }

  /** The body as a stream: the only way to one that is larger than `maxBodyLength`. */
  get stream(): BodyStream {
    this.#stream ??= new BodyStream(this.#source ?? (this.body.length ? [this.body] : []));
    return this.#stream;
  }

  /**
   * The body as JSON, or `undefined` where the `Content-Type` is another.
   *
   * @throws HTTPException 400 where it is malformed, 413 where it is larger than `maxBodyLength`.
   */
  get json(): unknown {
    if (this.#json === undefined && JSON_TYPE.test(this.contentType ?? ''))
      this.#json = this.#parse(JSON.parse);
    return this.#json;
  }

  /**
   * The body as a form, or `undefined` where the `Content-Type` is another. Multipart forms are read by
   * `@microdot/multipart`.
   *
   * @throws HTTPException 400 where it is malformed, 413 where it is larger than `maxBodyLength` or has
   * more than `maxFields` fields.
   */
  get form(): MultiDict | undefined {
    if (!this.#form && FORM_TYPE.test(this.contentType ?? '')) {
      this.#form = this.#parse((text) => parseUrlEncoded(text, this.app.limit('maxFields')));
    }
    return this.#form;
  }

  /** The uploaded files by name, once `@microdot/multipart` has read them. */
  get files(): Readonly<Record<string, unknown>> | undefined {
    return this.#files;
  }

  /**
   * Registers a function to run on the response of this request alone, after those of the application. Not called
   * where the request ends in an error. Microdot's `request.after_request`.
   */
  afterRequest(handler: AfterRequestHandler<G>): void {
    this['~afterRequest'] ??= [];
    this['~afterRequest'].push(handler as AfterRequestHandler);
  }

  /** For the package that has parsed a multipart body. */
  '~setForm'(form: MultiDict, files: Record<string, unknown>): void {
    this.#form = form;
    this.#files = files;
  }

  #parse<T>(parse: (text: string) => T): T {
    if (this.#source) throw new HTTPException(413, 'Beyond Request.maxBodyLength: read request.stream');
    try {
      return parse(host.decode(this.body));
    } catch (error) {
      throw error instanceof HTTPException ? error : new HTTPException(400, 'Bad request');
    }
  }
}

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const EMPTY: Uint8Array = new Uint8Array(0);

/** Takes scheme and authority off a target in absolute form, which a server must accept (RFC 9112 3.2.2). */
function targetPath(target: string): string {
  return target.charCodeAt(0) === 47 ? target : target.replace(/^https?:\/\/[^/?#]*\/?/i, '/');
}
