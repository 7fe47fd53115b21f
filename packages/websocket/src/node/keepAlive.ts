import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/**
 * Pings a peer, and drops it where nothing at all has come from it by the next ping: one that vanished without a word
 * would else hold its memory for hours. Anything counts, as a pong cannot come in the middle of a large frame.
 *
 * @param isPaused whether we have stopped reading, so that nothing can come.
 * @returns what ends it.
 */
export function keepAlive(
  ws: WebSocket,
  socket: Socket,
  interval: number,
  isPaused: () => boolean,
): () => void {
  if (interval === 0) return () => {};
  let bytesRead = -1;
  const timer = setInterval(() => {
    if (isPaused()) return;
    if (socket.bytesRead === bytesRead) return ws.terminate();
    bytesRead = socket.bytesRead;
    if (ws.readyState === ws.OPEN) ws.ping();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
