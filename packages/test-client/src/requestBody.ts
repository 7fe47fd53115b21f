import type { Chunk, StreamBody } from '@microdot/core';
import { toBytes } from './bytes.ts';
import { TestClientError } from './errors.ts';
import { Upload } from './upload.ts';

/**
 * What a request can carry. Text and bytes go as they are; a generator, or whatever else is async iterable,
 * is streamed; `URLSearchParams` and `FormData` are forms; any other object or array is written as JSON. The
 * last three bring their `Content-Type`, unless one is given.
 */
export type RequestBody = Chunk | StreamBody | object | null | undefined;

/** The fields of a form; a list gives a name several values. */
export type FormInit =
  | { readonly [name: string]: string | number | boolean | readonly (string | number | boolean)[] }
  | Iterable<readonly [name: string, value: string]>;

/** A body as it goes out: nothing, bytes, or a stream. */
export interface EncodedBody {
  readonly contentType?: string | undefined;
  readonly bytes?: Uint8Array;
  readonly upload?: Upload;
}

/** @throws TestClientError `INVALID_REQUEST` where there are two bodies, or what is given is none. */
export async function encodeBody(body: RequestBody, form: FormInit | undefined): Promise<EncodedBody> {
  if (form !== undefined) {
    if (body != null) throw new TestClientError('INVALID_REQUEST', 'A request has either a body or a form');
    return { contentType: FORM, bytes: toBytes(encodeForm(form)) };
  }
  if (body == null) return {};
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return { bytes: toBytes(body as Chunk) };
  if (typeof body !== 'object') {
    throw new TestClientError(
      'INVALID_REQUEST',
      `A ${typeof body} is no body: JSON.stringify() it, and set a Content-Type`,
    );
  }
  // By tag and not by class, so that those of other realms and packages count.
  const tag = Object.prototype.toString.call(body);
  if (tag === '[object URLSearchParams]') return { contentType: FORM, bytes: toBytes(String(body)) };
  if (tag === '[object FormData]') return encodeMultipart(body as FormData);
  if (tag === '[object ArrayBuffer]') return { bytes: new Uint8Array(body as ArrayBuffer).slice() };
  if (Symbol.asyncIterator in body || 'next' in body)
    return { upload: new Upload(body as AsyncIterable<Chunk>) };
  return { contentType: 'application/json', bytes: toBytes(JSON.stringify(body)) };
}

const FORM = 'application/x-www-form-urlencoded';

function encodeForm(form: FormInit): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Symbol.iterator in form ? form : Object.entries(form)) {
    for (const item of Array.isArray(value) ? value : [value]) fields.append(name, String(item));
  }
  return fields.toString();
}

/** The host writes it, boundary included. */
async function encodeMultipart(form: FormData): Promise<EncodedBody> {
  const encoded = new globalThis.Response(form);
  return {
    contentType: encoded.headers.get('Content-Type') ?? undefined,
    bytes: new Uint8Array(await encoded.arrayBuffer()),
  };
}
