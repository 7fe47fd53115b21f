import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Answer } from './exchange.ts';

type Message = Record<string, unknown>;

/** One side of a conversation over a WebSocket. */
export class Conversation {
  /** What was answered in the place of the handshake. */
  refusal: Answer | undefined;
  readonly #socket: WebSocket;
  readonly #messages: Message[] = [];
  #wake: () => void = () => {};

  static open(url: URL, headers: Record<string, string>): Promise<Conversation> {
    const address = url.href.replace(/^http/, 'ws');
    const socket = new WebSocket(address, { headers, perMessageDeflate: false });
    const conversation = new Conversation(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(conversation));
      socket.on('error', reject);
      socket.on('unexpected-response', async (_request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        conversation.refusal = { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
        resolve(conversation);
      });
    });
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) =>
      this.#take(isBinary ? { base64: data.toString('base64') } : { text: data.toString() }),
    );
    socket.on('pong', (data: Buffer) => this.#take({ pong: data.toString() }));
    socket.on('close', () => this.#take({ end: true }));
  }

  /** Says and awaits what the dialogue has; the answers to what it expects. */
  async go(dialogue: readonly Message[]): Promise<Message[]> {
    const received: Message[] = [];
    for (const item of dialogue) {
      if ('send' in item) this.#socket.send(item.send as string);
      else if ('sendBase64' in item) this.#socket.send(Buffer.from(item.sendBase64 as string, 'base64'));
      else if ('ping' in item) this.#socket.ping(item.ping as string);
      else if ('wait' in item) await sleep((item.wait as number) * 1000);
      else if ('drop' in item) this.#socket.terminate();
      else received.push(await this.#next());
    }
    return received;
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.close();
    await Promise.race([closed, sleep(1000)]);
  }

  #take(message: Message): void {
    this.#messages.push(message);
    this.#wake();
  }

  async #next(): Promise<Message> {
    const deadline = Date.now() + 5000;
    while (this.#messages.length === 0) {
      if (Date.now() > deadline) return { timeout: true };
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
        sleep(100),
      ]);
    }
    return this.#messages.shift() as Message;
  }
}
