import type { FrameQueue } from './frameQueue.ts';
import type { ServerSentEvent } from './serverSentEvent.ts';
import type { SSE } from './sse.ts';

/**
 * Runs a handler, and sends what its generator yields. An error goes out to where the body is written, which breaks off
 * there.
 *
 * @throws what a handler throws after the stream was closed, unless it is thrown because of that.
 */
export async function play(call: (sse: SSE) => unknown, sse: SSE, queue: FrameQueue): Promise<void> {
  try {
    const result = await call(sse);
    const source = iteratorOf(result);
    if (source) await sendAll(source, sse);
    queue.end({});
  } catch (error) {
    if (!queue.reason) queue.end({ error });
    else if (!isBecauseOf(queue.reason, error)) throw error;
  }
}

interface Source {
  next(): unknown;
  return?(): unknown;
}

function iteratorOf(result: unknown): Source | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  if (Symbol.asyncIterator in result) return (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return 'next' in result ? (result as Source) : undefined;
}

async function sendAll(source: Source, sse: SSE): Promise<void> {
  let isOver = false;
  let closing: Promise<unknown> | undefined;
  const close = (): void => {
    if (isOver) return;
    isOver = true;
    closing = (async () => source.return?.())();
    // Thrown from below, when the pending next() has come to its end.
    closing.catch(() => {});
  };
  // At once: an iterator that waits for something may be able to stop waiting.
  sse['~onClose'](close);
  try {
    for (;;) {
      const { value, done } = (await source.next()) as IteratorResult<unknown>;
      if (done) isOver = true;
      if (isOver) return;
      // `yield sse.send(...)` yields nothing, and has sent.
      if (value !== undefined) await sse.send(value as ServerSentEvent);
    }
  } finally {
    close();
    await closing;
  }
}

function isBecauseOf(reason: unknown, error: unknown): boolean {
  if (error === reason) return true;
  const { name, cause } = Object(error) as { name?: unknown; cause?: unknown };
  // Node's own functions wrap the reason, in an error of this name as everybody's.
  return name === 'AbortError' || cause === reason;
}
