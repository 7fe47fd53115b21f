import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RawSocket } from '../transport.ts';
import { SocketTransport } from './socketTransport.ts';

/** The transport of a request that wants to go on in another protocol. Node has let go of the socket by then. */
export class UpgradeTransport extends SocketTransport {
  readonly #socket: Socket;
  readonly #head: Buffer;
  #response: ServerResponse | undefined;
  #listener: ((why: 'shutdown' | 'error') => void) | undefined;
  #isEnding = false;

  constructor(req: IncomingMessage, socket: Socket, head: Buffer, scheme: 'http' | 'https') {
    super(socket, scheme);
    this.#socket = socket;
    this.#head = head;
    this.#response = lastResponse(req, socket);
  }

  /** Writes an answer that is no upgrade; `undefined` once the socket has been taken. */
  get response(): ServerResponse | undefined {
    return this.#response;
  }

  takeSocket(): RawSocket {
    this.#response?.detachSocket(this.#socket);
    // It holds the head of the request, and must not live as long as the socket.
    this.#response = undefined;
    return {
      socket: this.#socket,
      head: this.#head,
      onEnd: (listener) => {
        this.#listener = listener;
        if (this.#isEnding) listener('shutdown');
      },
    };
  }

  end(why: 'shutdown' | 'error'): void {
    this.#isEnding ||= why === 'shutdown';
    if (this.#listener) this.#listener(why);
    else if (why === 'error') this.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

function lastResponse(req: IncomingMessage, socket: Socket): ServerResponse {
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  res.once('finish', () => socket.end());
  return res;
}
