import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPException, MicrodotError } from '../errors.ts';

/** A body as it is handed on: whole, or as a stream where it is too large to be held. */
export interface IncomingBody {
  readonly bytes?: Uint8Array | undefined;
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
  /** What is known of its length where the head does not tell it. */
  readonly length?: number | undefined;
}

export interface BodyLimits {
  maxBodyLength: number;
  maxContentLength: number;
}

/**
 * Reads a body up to `maxBodyLength` and hands it on. A longer one is handed on as a stream, and one that is longer than
 * `maxContentLength` by its length alone: the dispatcher refuses that, and the connection ends, so that nobody has to
 * read the rest. Where the client leaves on the way, nothing is handed on.
 *
 * A client that asked (`Expect: 100-continue`) is told to go on only where the body is wanted.
 */
export function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  isChunked: boolean,
  isExpecting: boolean,
  limits: BodyLimits,
  done: (body: IncomingBody) => void,
): void {
  const declared = isChunked ? 0 : declaredLength(req.rawHeaders);
  if (declared > limits.maxContentLength) {
    res.shouldKeepAlive = false;
    done({ length: declared });
    return;
  }
  if (isExpecting) res.writeContinue();
  if (declared > limits.maxBodyLength) {
    done({ length: declared, stream: rest(req, res, [], limits.maxContentLength) });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= limits.maxBodyLength) return;
    req.off('data', onData).off('end', onEnd);
    req.pause();
    if (length > limits.maxContentLength) {
      res.shouldKeepAlive = false;
      done({ length });
    } else {
      done({ length, stream: rest(req, res, chunks, limits.maxContentLength) });
    }
  };
  const onEnd = (): void => {
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length);
    done({ bytes, length });
  };
  req.on('data', onData).on('end', onEnd);
}

/** The `Content-Length`, which Node has checked to be one number. */
function declaredLength(rawHeaders: readonly string[]): number {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(rawHeaders[i + 1]);
  }
  return 0;
}

/** What has been read of a body and what is still to come, up to the limit. */
async function* rest(
  req: IncomingMessage,
  res: ServerResponse,
  read: Buffer[],
  maxContentLength: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const incoming = req.iterator({ destroyOnReturn: false });
  // Once the answer is out nobody reads any more: what still comes is taken off the connection, so that it can go on.
  res.once('finish', async () => {
    await incoming.return?.();
    req.resume();
  });
  let length = 0;
  for (const chunk of read) {
    length += chunk.length;
    yield chunk;
  }
  try {
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > maxContentLength) {
        res.shouldKeepAlive = false;
        throw new HTTPException(413, 'Payload too large');
      }
      yield chunk;
    }
  } catch (error) {
    // Clients leave all the time: no error of the application, and nothing for its log.
    throw req.destroyed && !req.complete ? new HTTPException(400, 'The client has left') : error;
  }
  // Who reads on behind the answer must not take a part for the whole.
  if (!req.readableEnded)
    throw new MicrodotError('ANSWERED', 'The request was answered before its body was read');
}
