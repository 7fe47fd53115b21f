import { MicrodotError } from './errors.ts';
import { host } from './host.ts';

/** A piece of a body: text goes out as UTF-8. */
export type Chunk = string | Uint8Array;

/**
 * A body that is pulled, piece by piece, only as fast as the peer reads. Iterators and generators of either kind, and async
 * iterables, of which Fetch's `ReadableStream` is one.
 */
export type StreamBody =
  | Iterator<Chunk, unknown, undefined>
  | AsyncIterator<Chunk, unknown, undefined>
  | AsyncIterable<Chunk>;

/** Where the pieces of a streamed body come from. `return` is called when the peer leaves before the end. */
export interface ChunkSource {
  next(): IteratorResult<Chunk, unknown> | PromiseLike<IteratorResult<Chunk, unknown>>;
  return?(): unknown;
}

/** True of what is streamed rather than written as JSON: a plain iterable, such as a `Set`, is not. */
export function isStream(value: object): value is StreamBody {
  return typeof (value as Iterator<Chunk>).next === 'function' || Symbol.asyncIterator in value;
}

export function openStream(body: StreamBody): ChunkSource {
  return (Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body) as ChunkSource;
}

/** @throws MicrodotError `INVALID_CHUNK` where a generator yields anything but strings and bytes. */
export function toBytes(chunk: Chunk): Uint8Array {
  if (typeof chunk === 'string') return host.encode(chunk);
  if (ArrayBuffer.isView(chunk)) return chunk;
  throw new MicrodotError(
    'INVALID_CHUNK',
    `A streamed body yields strings and Uint8Array, not ${typeof chunk}`,
  );
}
