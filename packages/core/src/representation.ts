import type { StreamBody } from './body.ts';
import { allowsRange, checkConditions, type Validators } from './conditional.ts';
import { HTTPException } from './errors.ts';
import type { ResponseHeaders } from './headers.ts';
import { multipartRanges, type Part } from './multipartRanges.ts';
import { type ByteRange, contentRange, lengthOf, parseRanges } from './ranges.ts';
import type { Request } from './request.ts';
import { Response } from './response.ts';

/** What has a length and a version, and can be read in parts: a file, in the first place (RFC 9110 3.2). */
export interface Representation {
  readonly size: number;
  readonly etag: string;
  /** As an HTTP date. */
  readonly lastModified: string;
  /** Whether a change since then would show in the two above. */
  readonly isStrong: boolean;
  /** A body of these parts, one after another. What is streamed must not be opened before it is pulled. */
  read(parts: readonly Part[]): Uint8Array | StreamBody;
}

/**
 * Answers a request with a representation: the whole of it, parts (206), or that the client has it already (304).
 * `response` says the rest; it stays as it is, since the application may return it again.
 *
 * @throws HTTPException 412 where a precondition fails.
 */
export function answerWith(request: Request, response: Response, file: Representation): Response {
  const answer = new Response('', response.statusCode, response.headers, response.reason);
  const { headers } = answer;
  const { method } = request;
  // Other methods and statuses have no use for conditions: what they answer is not the resource at this URL.
  if (answer.statusCode !== 200 || (method !== 'GET' && method !== 'HEAD'))
    return whole(answer, method, file);
  const validators = addValidators(headers, file);
  switch (checkConditions(request.headers, validators)) {
    case 304:
      return notModified(answer);
    case 412:
      throw new HTTPException(412, 'Precondition failed');
  }
  headers.set('Accept-Ranges', 'bytes');
  // Ranges are defined for GET alone (RFC 9110 14.2).
  const range = method === 'GET' ? request.headers.get('range') : undefined;
  if (range === undefined || !allowsRange(request.headers, validators)) return whole(answer, method, file);
  const ranges = parseRanges(range, file.size);
  if (!ranges) return whole(answer, method, file);
  const [first, ...others] = ranges;
  if (!first) return notSatisfiable(file);
  return others.length === 0 ? oneRange(answer, first, file) : manyRanges(answer, ranges, file);
}

/** What the application says of its own version goes before what the file says. */
function addValidators(headers: ResponseHeaders, file: Representation): Validators {
  if (!headers.has('ETag')) headers.set('ETag', file.etag);
  if (!headers.has('Last-Modified')) headers.set('Last-Modified', file.lastModified);
  return { etag: headers.get('ETag'), lastModified: headers.get('Last-Modified'), isStrong: file.isStrong };
}

/** For HEAD there is nothing to read, and nothing to be left open. */
function whole(answer: Response, method: string, file: Representation): Response {
  answer.headers.set('Content-Length', `${file.size}`);
  if (method !== 'HEAD') answer.body = file.read([{ start: 0, end: file.size - 1 }]);
  return answer;
}

/** Keeps what a cache is to store anew, and drops what only describes the body that is not there (RFC 9110 15.4.5). */
function notModified(answer: Response): Response {
  for (const name of ['Content-Type', 'Content-Encoding', 'Content-Language']) answer.headers.delete(name);
  return withStatus(answer, 304);
}

/** Made anew: the `Cache-Control` of the file is not for its errors. */
function notSatisfiable({ size }: Representation): Response {
  return new Response('Range not satisfiable', 416, { 'Content-Range': `bytes */${size}` });
}

function oneRange(answer: Response, range: ByteRange, file: Representation): Response {
  answer.headers.set('Content-Range', contentRange(range, file.size));
  answer.headers.set('Content-Length', `${lengthOf(range)}`);
  answer.body = file.read([range]);
  return withStatus(answer, 206);
}

function manyRanges(answer: Response, ranges: readonly ByteRange[], file: Representation): Response {
  const type = answer.headers.get('Content-Type') ?? 'application/octet-stream';
  const { contentType, length, parts } = multipartRanges(ranges, file.size, type);
  answer.headers.set('Content-Type', contentType);
  answer.headers.set('Content-Length', `${length}`);
  answer.body = file.read(parts);
  return withStatus(answer, 206);
}

/** The reason that the application gave was for a 200. */
function withStatus(answer: Response, statusCode: number): Response {
  answer.statusCode = statusCode;
  answer.reason = undefined;
  return answer;
}
