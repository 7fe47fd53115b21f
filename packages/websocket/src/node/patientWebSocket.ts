import { WebSocket } from 'ws';

/** What is done about the close frame of the peer. */
export type CloseListener = (code: number, reason: string) => void;

/**
 * The WebSocket of `ws`, which answers a close frame as soon as it has read it and sends nothing from then on: not even the replies
 * to messages that came in the same segment. This one leaves it to its listener when to answer.
 */
export class PatientWebSocket extends WebSocket {
  /** To be set before anything is read. It calls `answer` in the end. */
  onPeerClose: CloseListener | undefined;
  #answer: [code?: number, reason?: string | Buffer] = [];

  /**
   * Called by us, and by `ws` itself: with the reason as bytes, or without any arguments, where the peer has closed; with a code alone
   * where it has broken the protocol.
   */
  override close(...args: [code?: number, reason?: string | Buffer]): void {
    const [code, reason] = args;
    const isPeer = code === undefined || (reason !== undefined && typeof reason !== 'string');
    if (!isPeer || !this.onPeerClose) {
      super.close(...args);
      return;
    }
    // A copy of the reason: it is a view into what was read of the socket.
    const text = String(reason ?? '');
    this.#answer = code === undefined ? [] : [code, text];
    this.onPeerClose(code ?? 1005, text);
  }

  /** Answers the close frame of the peer with the same. */
  answer(): void {
    super.close(...this.#answer);
  }
}
