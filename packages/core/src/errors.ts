import { brand } from './brand.ts';

/**
 * The base of every error that Microdot and its extensions throw on purpose.
 *
 * `code` is stable across releases: test that, not the message.
 */
export class MicrodotError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MicrodotError';
    this.code = code;
  }
}

/**
 * Ends the request with an error response: the error handler registered for `statusCode` if there is one, or else
 * a plain response whose body is `reason`. Not logged, as it is an answer and not an accident.
 *
 * Microdot's `HTTPException`. `reason` defaults to `"404 error"`, with the status in question. `headers` are those that
 * HTTP wants beside the status, such as `Allow` beside 405; an error handler may set them otherwise.
 */
export class HTTPException extends MicrodotError {
  readonly statusCode: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, reason?: string, headers: Readonly<Record<string, string>> = {}) {
    const text = reason || `${statusCode} error`;
    super('HTTP_EXCEPTION', text);
    this.name = 'HTTPException';
    this.statusCode = statusCode;
    this.reason = text;
    this.headers = headers;
  }
}

brand(HTTPException, '@microdot/core.HTTPException');

/**
 * Ends the current request with an error response.
 *
 * @param statusCode the status of the response, such as 404.
 * @param reason the body of the response; `"404 error"` and the like by default.
 * @throws {@link HTTPException}, always: `const user = users.get(id) ?? abort(404)`.
 */
export function abort(statusCode: number, reason?: string): never {
  throw new HTTPException(statusCode, reason);
}
