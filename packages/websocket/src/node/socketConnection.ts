import type { Socket } from 'node:net';
import type { RawData } from 'ws';
import {
  type Closing,
  type Connection,
  closedError,
  type Message,
  type Reader,
  unattended,
} from '../connection.ts';
import { WebSocketError } from '../errors.ts';
import { failureOf } from './failure.ts';
import { Inbox } from './inbox.ts';
import { keepAlive } from './keepAlive.ts';
import { CLOSE_TIMEOUT, type SocketLimits } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { PatientWebSocket } from './patientWebSocket.ts';

/** A WebSocket over a raw socket, spoken by `ws`. */
export class SocketConnection implements Connection {
  readonly protocol: string | undefined;
  closing: Closing | undefined;
  readonly #ws: PatientWebSocket;
  readonly #socket: Socket;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #limits: SocketLimits;
  readonly #stopPings: () => void;
  #closed: Promise<void> | undefined;
  /** The peer has closed, and is not answered yet: the handler may have something to say to what came before. */
  #isAwaited = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(ws: PatientWebSocket, socket: Socket, protocol: string | undefined, limits: SocketLimits) {
    this.#ws = ws;
    this.#socket = socket;
    this.protocol = protocol;
    this.#limits = limits;
    this.#inbox = new Inbox(ws);
    this.#outbox = new Outbox(ws, socket, (cause) => this.#failure(cause));
    this.#stopPings = keepAlive(ws, socket, limits.pingInterval, () => this.#inbox.isPaused);
    // Bytes of their own: a view into what was read of the socket would keep all of that alive.
    ws.binaryType = 'arraybuffer';
    ws.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    ws.on('error', (error) => this.#end(failureOf(error, limits)));
    ws.on('close', (code, reason) => this.#onClose(code, reason));
    ws.onPeerClose = (code, reason) => this.#onPeerClose(code, reason);
  }

  receive<T>(reader: Reader<T>): Promise<T> {
    if (this.#isAwaited && this.#inbox.size === 0) this.#answer();
    return this.#inbox.take(reader);
  }

  send(message: Message): Promise<void> {
    const ws = this.#ws;
    // Closed by the peer, how is known in a moment.
    if ((this.closing && !this.#isAwaited) || ws.readyState !== ws.OPEN) return this.#refuse();
    if (this.#outbox.size > this.#limits.maxSendBuffer) return this.#drop();
    return this.#outbox.send(message, this.#inbox.size > 0);
  }

  close(code: number, reason: string): Promise<void> {
    if (!this.closing) {
      this.#end({ code, reason });
      this.#inbox.clear();
      this.#ws.close(code, reason);
    } else if (this.#isAwaited) this.#answer();
    return this.#whenClosed();
  }

  /** Waits with the answer until the handler has read all that came before, and asks for more or has ended. */
  #onPeerClose(code: number, reason: string): void {
    const isBusy = !this.closing && this.#inbox.isBusy;
    this.#end({ code, reason });
    if (!isBusy) {
      this.#ws.answer();
      return;
    }
    this.#isAwaited = true;
    this.#timer = setTimeout(this.#answer, CLOSE_TIMEOUT);
    // Before `ws` ends the socket: one that has closed its side may still read.
    this.#socket.prependListener('end', this.#answer);
  }

  readonly #answer = (): void => {
    this.#stopWaiting();
    this.#ws.answer();
  };

  #stopWaiting(): void {
    this.#isAwaited = false;
    clearTimeout(this.#timer);
    this.#socket.off('end', this.#answer);
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.closing) return;
    this.#inbox.put(isBinary ? new Uint8Array(data as ArrayBuffer) : data.toString());
  }

  #onClose(code: number, reason: Buffer): void {
    this.#stopWaiting();
    this.#stopPings();
    this.#end(code === 1006 ? lost(code, 'The connection is lost') : { code, reason: reason.toString() });
  }

  /** The first to close says why. */
  #end(closing: Closing): void {
    if (this.closing) return;
    this.closing = closing;
    this.#stopPings();
    this.#inbox.end(() => closedError(closing));
  }

  /** A peer that does not read, and an application that does not wait for it: the memory is not the peer's to fill. */
  #drop(): Promise<void> {
    const text = `Over ${this.#limits.maxSendBuffer} bytes wait for a peer that does not read (maxSendBuffer)`;
    this.#end({
      code: 1006,
      reason: '',
      error: new WebSocketError('SEND_BUFFER_FULL', text, { closeCode: 1006 }),
    });
    this.#ws.terminate();
    return this.#refuse();
  }

  #refuse(): Promise<never> {
    return unattended(
      this.#failure().then((error) => {
        throw error;
      }),
    );
  }

  /** Why a message was not sent, which is known once the WebSocket is closed. */
  async #failure(cause?: Error): Promise<WebSocketError> {
    if (!this.closing) await this.#whenClosed();
    return closedError(this.closing as Closing, cause);
  }

  #whenClosed(): Promise<void> {
    const ws = this.#ws;
    this.#closed ??= new Promise((resolve) => {
      if (ws.readyState === ws.CLOSED) resolve();
      else ws.once('close', () => resolve());
    });
    return this.#closed;
  }
}

function lost(code: number, text: string): Closing {
  const error = new WebSocketError('CONNECTION_LOST', text, { closeCode: code, closeReason: '' });
  return { code, reason: '', error };
}
