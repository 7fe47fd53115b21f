import type { ServerResponse } from 'node:http';
import { type ChunkSource, toBytes } from '../body.ts';
import { isThenable } from '../maybe.ts';
import { isBytes, type Response } from '../response.ts';

/** The streams that are being sent, so that a server that shuts down can end them. */
export type OpenStreams = Set<OpenStream>;

interface OpenStream {
  readonly isEventStream: boolean;
  end(): void;
}

/**
 * Writes a response. What goes wrong on the way cuts the connection: a body that ends cleanly counts as complete.
 *
 * @returns nothing where the body was in memory; a promise that resolves once its source is closed where it is a stream.
 */
export function writeResponse(
  res: ServerResponse,
  response: Response,
  streams: OpenStreams,
  onError: (error: unknown) => void,
): Promise<void> | undefined {
  try {
    const { statusCode } = response;
    const method = res.req.method as string;
    const isBodiless = method === 'HEAD' || statusCode === 204 || statusCode === 304;
    // What is nothing says so: without a length it would go on until the connection ends.
    if (response.body === null && !isBodiless) response.body = '';
    const { body } = response;
    const headers = response['~wireHeaders'](method) as string[];
    if (typeof body === 'string' || isBytes(body) || body === null) {
      writeHead(res, response, headers);
      if (isBodiless || body === null) res.end();
      else endWith(res, body);
      return undefined;
    }
    const source = response['~openBody']();
    writeHead(res, response, headers);
    if (isBodiless) {
      res.end();
      return close(source, onError);
    }
    res.strictContentLength = true;
    return pump(source, res, streams, onError, isEventStream(headers));
  } catch (error) {
    onError(error);
    if (res.headersSent) res.destroy();
    else res.writeHead(500, { 'Content-Type': 'text/plain; charset=UTF-8' }).end('Internal server error');
    return undefined;
  }
}

function writeHead(res: ServerResponse, response: Response, headers: string[]): void {
  if (response.reason === undefined) res.writeHead(response.statusCode, headers);
  else res.writeHead(response.statusCode, response.reason, headers);
}

/**
 * Ends a response with a body in memory, head and body in one write. `end(body)` hands the socket an empty piece behind
 * them, and two pieces take a `writev`, which costs more than all that Microdot does to a request.
 */
function endWith(res: ServerResponse, body: string | Uint8Array): void {
  const { socket } = res;
  // Without a socket it is the turn of an earlier response (pipelining).
  socket?.cork();
  // Not all that is bytes comes as them: a `DataView`, or what another realm made.
  if (typeof body !== 'string') res.write(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  // Node encodes the head as it does the text that follows it, and a head is Latin-1 (RFC 9110 5.5).
  else if (Buffer.byteLength(body) === body.length) res.write(body, 'latin1');
  else res.write(Buffer.from(body));
  socket?.uncork();
  res.end();
}

function isEventStream(headers: readonly string[]): boolean {
  return headers.some(
    (text, i) => text.startsWith('text/event-stream') && /^content-type$/i.test(headers[i - 1] ?? ''),
  );
}

/** What may wait in memory for a peer that reads slowly. Pieces of one turn of the loop go out in one write. */
const HIGH_WATER_MARK = 65536;

async function pump(
  source: ChunkSource,
  res: ServerResponse,
  streams: OpenStreams,
  onError: (error: unknown) => void,
  isEventStream: boolean,
): Promise<void> {
  let isOver = false;
  let closing: Promise<void> | undefined;
  const onClose = (): void => {
    isOver = true;
    closing ??= close(source, onError);
  };
  const stream: OpenStream = {
    isEventStream,
    end: () => {
      onClose();
      res.end();
    },
  };
  streams.add(stream);
  res.once('close', onClose);
  // A client that has left before: that was told then, and nothing that is written to it would ever have to wait.
  if (res.req.socket.destroyed) onClose();
  // Node keeps the head until the first write. Where that takes longer than a turn of the loop, the client is told now.
  const flush = setImmediate(() => res.flushHeaders());
  try {
    while (!isOver) {
      const step = source.next();
      const { value, done } = isThenable(step) ? await step : step;
      if (isOver) return;
      if (done) {
        res.off('close', onClose);
        res.end();
        return;
      }
      clearImmediate(flush);
      res.write(typeof value === 'string' ? value : toBytes(value));
      if (res.writableLength >= HIGH_WATER_MARK) await drained(res);
    }
  } catch (error) {
    res.off('close', onClose);
    if (!isOver) onError(error);
    cut(res);
    closing ??= close(source, onError);
  } finally {
    streams.delete(stream);
    await closing;
  }
}

/** Resolves when the peer has read, or has left. */
function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
  });
}

/**
 * Ends the connection so that the peer sees that the body is not whole, once it has what was written of it. To HTTP/1.0,
 * where the end of the connection is the end of the body, nothing but a reset says so.
 */
function cut(res: ServerResponse): void {
  if (res.req.httpVersion === '1.0') res.socket?.resetAndDestroy();
  else res.socket?.destroySoon();
}

/** Lets the generator run its `finally`. */
async function close(source: ChunkSource, onError: (error: unknown) => void): Promise<void> {
  try {
    await source.return?.();
  } catch (error) {
    onError(error);
  }
}
