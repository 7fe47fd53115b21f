import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Text of all kinds and bytes, short, and long enough for both longer forms of a frame's head where limits allow it. */
const MESSAGES = [
  'Hello, World!',
  '',
  'naïve 漢字 🙂',
  'x'.repeat(10_000),
  Buffer.from([0, 255, 128]),
  Buffer.alloc(10_000, 7),
];

/**
 * What is wrong with a server that should send back what comes, asked by a client of its own kind; nothing where it does.
 *
 * @param {number} port
 */
export async function echoDifferenceOf(port) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/echo`, { handshakeTimeout: 5000 });
  try {
    await once(ws, 'open');
    for (const message of MESSAGES) {
      ws.send(message);
      const [data, isBinary] = await once(ws, 'message', { signal: AbortSignal.timeout(5000) });
      const isText = typeof message === 'string';
      if (isBinary === isText)
        return `${isText ? 'text' : 'bytes'} came back as ${isText ? 'bytes' : 'text'}`;
      if (!data.equals(Buffer.from(message))) return `${data.length} bytes came back that are not those sent`;
    }
    return undefined;
  } finally {
    ws.terminate();
  }
}
