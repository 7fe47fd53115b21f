import type { Socket } from 'node:net';
import type { Transport } from '../transport.ts';

/** What a connection knows, asked only where somebody wants to know. */
export class SocketTransport implements Transport {
  readonly scheme: 'http' | 'https';
  readonly #socket: Socket;

  constructor(socket: Socket, scheme: 'http' | 'https') {
    this.#socket = socket;
    this.scheme = scheme;
  }

  get clientAddr(): readonly [string, number] | undefined {
    const { remoteAddress, remotePort } = this.#socket;
    return remoteAddress === undefined ? undefined : [remoteAddress, remotePort as number];
  }
}
