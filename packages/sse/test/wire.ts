import { connect, type Socket } from 'node:net';
import type { Server } from '@microdot/core';

/** A connection on which a test says what it likes, byte for byte. */
export interface Wire {
  readonly socket: Socket;
  send(text: string | Uint8Array): void;
  /** All that has come so far. */
  readonly text: string;
  /** Resolves once the text matches; rejects where the peer closes before. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves with everything once the peer has closed. */
  readonly closed: Promise<string>;
}

export function wire(server: Server): Wire {
  const socket = connect(server.port, '127.0.0.1');
  let text = '';
  let check = (): void => {};
  socket.on('data', (data) => {
    text += data.toString('latin1');
    check();
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(text));
  });
  return {
    socket,
    closed,
    get text() {
      return text;
    },
    send: (data) => void socket.write(data),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        check = () => {
          if (pattern.test(text)) resolve(text);
        };
        check();
        void closed.then(() =>
          reject(new Error(`closed before ${pattern}: ${JSON.stringify(text.slice(0, 300))}`)),
        );
      }),
  };
}

/** One request on a connection of its own, and all that comes back. */
export async function exchange(server: Server, text: string | Uint8Array): Promise<string> {
  const line = wire(server);
  line.send(text);
  return await line.closed;
}

export function get(path: string, ...headers: string[]): string {
  return [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');
}

export function post(path: string, body: string, ...headers: string[]): string {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return [`POST ${path} HTTP/1.1`, 'Host: x', 'Connection: close', length, ...headers, '', body].join('\r\n');
}
