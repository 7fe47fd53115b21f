import type { TestWebSocket } from './webSocket.ts';
import type { Message, WebSocketLink } from './webSocketLink.ts';

/** The client's side of a WebSocket, as a generator. */
export type ClientScript<T> =
  | AsyncGenerator<Message | undefined, T, Message | undefined>
  | Generator<Message | undefined, T, Message | undefined>;

/**
 * Plays the client: sends what the script yields, and resumes it with the next message of the application.
 * The value of a yield is `undefined` once the application has closed, and where, having read what was sent,
 * it waits for more instead of answering. A script that goes on after the end is ended itself; one that ends
 * closes the WebSocket.
 */
export async function play<T>(
  script: ClientScript<T>,
  socket: TestWebSocket,
  link: WebSocketLink,
): Promise<T | undefined> {
  let value: T | undefined;
  try {
    let step = await script.next(undefined);
    while (!step.done) {
      const reply = await converse(step.value, link);
      const isOver = reply === undefined && link.closing;
      step = await script.next(reply);
      if (isOver) break;
    }
    if (step.done) value = step.value;
  } catch (error) {
    // Not waited for: what the script has found out must not be kept back by a handler that does not end.
    link.end(1001);
    throw error;
  } finally {
    await script.return(value as T);
  }
  await socket.close();
  return value;
}

function converse(sent: Message | undefined, link: WebSocketLink): Promise<Message | undefined> {
  if (sent === undefined) return link.receive();
  // Who sends to a peer that has just closed is not told of it: the next thing to receive is the end.
  if (!link.closing) link.send(sent);
  return link.receiveReply();
}
