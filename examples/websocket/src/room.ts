import type { WebSocket } from '@microdot/websocket';

/** Those who talk with each other. */
export class Room {
  readonly #members = new Set<WebSocket>();

  get size(): number {
    return this.#members.size;
  }

  join(ws: WebSocket, name: string): void {
    this.#members.add(ws);
    this.#tell({ event: 'joined', name });
  }

  leave(ws: WebSocket, name: string): void {
    this.#members.delete(ws);
    this.#tell({ event: 'left', name });
  }

  say(name: string, text: string): void {
    this.#tell({ event: 'said', name, text });
  }

  /** Waits for nobody: one slow member must not hold up the others, and is dropped when too much waits for them. */
  #tell(news: { event: string; name: string; text?: string }): void {
    const text = JSON.stringify(news);
    for (const member of this.#members) void member.send(text);
  }
}
