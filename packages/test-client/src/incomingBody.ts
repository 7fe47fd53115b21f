import { HTTPException, type RequestInit } from '@microdot/core';
import { concat } from './bytes.ts';
import type { EncodedBody } from './requestBody.ts';
import { shortBody, type Upload } from './upload.ts';

/** What a server knows of a body when it makes the request. */
export type IncomingBody = Pick<RequestInit, 'body' | 'contentLength' | 'stream'>;

export interface BodyLimits {
  readonly maxBodyLength: number;
  readonly maxContentLength: number;
}

/**
 * Does with a body what a server does: reads it up to `maxBodyLength` and leaves a longer one to `stream`,
 * which breaks off with a 413 at `maxContentLength`. One that is too long by its `Content-Length` is not read
 * at all.
 *
 * @param declared the `Content-Length`, if there is one.
 * @throws TestClientError `INVALID_REQUEST` where there is less than it says: a server would wait for the
 * rest.
 */
export async function receiveBody(
  { bytes, upload }: EncodedBody,
  declared: number | undefined,
  limits: BodyLimits,
): Promise<IncomingBody> {
  if (declared !== undefined && declared > limits.maxContentLength) return {};
  if (upload) {
    if (declared !== undefined) upload.declared = declared;
    if (declared === undefined || declared <= limits.maxBodyLength) return readAhead(upload, limits);
    return { stream: limited([], upload, limits.maxContentLength) };
  }
  const length = declared ?? bytes?.length ?? 0;
  // What is beyond it would be taken for the next request.
  const body = bytes?.subarray(0, length) ?? new Uint8Array(0);
  if (body.length < length) throw shortBody(length, body.length);
  if (length <= limits.maxBodyLength) return { body };
  return { contentLength: length, stream: limited([body], undefined, limits.maxContentLength) };
}

async function readAhead(upload: Upload, limits: BodyLimits): Promise<IncomingBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limits.maxBodyLength) {
    const { value, done } = await upload.next();
    if (done) return { body: concat(chunks), contentLength: length };
    chunks.push(value);
    length += value.length;
  }
  if (length > limits.maxContentLength) return { contentLength: length };
  return { contentLength: length, stream: limited(chunks, upload, limits.maxContentLength) };
}

/** What has been read of a body and what is still to come, up to the limit. */
async function* limited(
  read: readonly Uint8Array[],
  upload: Upload | undefined,
  maxContentLength: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* read;
  let length = read.reduce((sum, chunk) => sum + chunk.length, 0);
  for await (const chunk of upload ?? []) {
    length += chunk.length;
    if (length > maxContentLength) throw new HTTPException(413, 'Payload too large');
    yield chunk;
  }
}
