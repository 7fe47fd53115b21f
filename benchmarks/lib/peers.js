import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import net from 'node:net';

const TEXT = '{"room":"lobby","text":"Is anybody there?"}';

/** The message as a client has to send it, masked (RFC 6455 5.3), and as a server sends it back. */
const SENT = frame(TEXT, Buffer.from([0x37, 0xfa, 0x21, 0x3d]));
const ECHO = frame(TEXT);

/** As many as arrive at once at most are compared at once. */
const MAX_DEPTH = 64;
const MANY_SENT = repeat(SENT, MAX_DEPTH);
const MANY_ECHOES = repeat(ECHO, MAX_DEPTH + 1);

/**
 * The clients of a server of WebSockets that sends back what comes. They write frames that were made beforehand, and compare bytes:
 * a client that took as long as the server would be what is measured.
 */
export class Peers {
  /** @type {net.Socket[]} */
  #sockets = [];
  #open = false;
  #waiting = 0;
  #messages = 0;
  /** @type {(error?: Error) => void} */
  #done = () => {};

  /**
   * Opens so many WebSockets, some at a time.
   *
   * @param {number} port
   * @param {number} count
   */
  static async connect(port, count) {
    const peers = new Peers();
    while (peers.#sockets.length < count) {
      const missing = Math.min(100, count - peers.#sockets.length);
      peers.#sockets.push(...(await Promise.all(Array.from({ length: missing }, () => shakeHands(port)))));
    }
    for (const socket of peers.#sockets) peers.#listen(socket);
    return peers;
  }

  /**
   * Keeps `depth` messages on their way in each of them, for so many seconds, and waits for the last ones. Without any time every
   * one of them sends `depth` messages.
   *
   * @param {number} depth
   * @param {number} seconds
   * @returns {Promise<{ messages: number; seconds: number }>} those that came back
   */
  async talk(depth, seconds) {
    if (depth > MAX_DEPTH) throw new Error(`The depth is ${MAX_DEPTH} at most.`);
    this.#messages = 0;
    this.#waiting = depth * this.#sockets.length;
    this.#open = seconds > 0;
    /** @type {Promise<void>} */
    const done = new Promise((resolve, reject) => {
      this.#done = (error) => (error ? reject(error) : resolve());
    });
    const start = performance.now();
    const timer = setTimeout(() => {
      this.#open = false;
    }, seconds * 1000);
    const deadline = setTimeout(() => this.#done(new Error('no echo within 10 s')), (seconds + 10) * 1000);
    for (const socket of this.#sockets) socket.write(MANY_SENT.subarray(0, depth * SENT.length));
    try {
      await done;
    } finally {
      clearTimeout(timer);
      clearTimeout(deadline);
    }
    return { messages: this.#messages, seconds: (performance.now() - start) / 1000 };
  }

  close() {
    this.#done = () => {};
    for (const socket of this.#sockets) socket.destroy();
  }

  /** @param {net.Socket} socket */
  #listen(socket) {
    let at = 0;
    socket.on('data', (data) => {
      if (!data.equals(MANY_ECHOES.subarray(at, at + data.length)))
        this.#done(new Error('what came back is no echo'));
      const count = Math.floor((at + data.length) / ECHO.length);
      at = (at + data.length) % ECHO.length;
      this.#messages += count;
      if (this.#open) socket.write(MANY_SENT.subarray(0, count * SENT.length));
      else {
        this.#waiting -= count;
        if (this.#waiting === 0) this.#done();
      }
    });
    socket.on('error', (error) => this.#done(error));
    socket.on('close', () => this.#done(new Error('the server has closed')));
  }
}

/**
 * @param {number} port
 * @returns {Promise<net.Socket>} with an open WebSocket
 */
async function shakeHands(port) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  const lines = [
    'GET /echo HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [head] = await once(socket, 'data');
  if (!/^HTTP\/1\.1 101 .*\r\n\r\n$/s.test(head.latin1Slice())) throw new Error(`no WebSocket: ${head}`);
  return socket;
}

/**
 * A frame with a short text (RFC 6455 5.2).
 *
 * @param {string} text up to 125 bytes
 * @param {Buffer} [mask]
 */
function frame(text, mask) {
  const data = Buffer.from(text);
  if (!mask) return Buffer.concat([Buffer.from([0x81, data.length]), data]);
  const masked = data.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | data.length]), mask, masked]);
}

/**
 * @param {Buffer} bytes
 * @param {number} count
 */
function repeat(bytes, count) {
  return Buffer.alloc(bytes.length * count, bytes);
}
