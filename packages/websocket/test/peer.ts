import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Opcodes of RFC 6455 5.2. */
export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export interface FrameOptions {
  fin?: boolean;
  /** RSV1 to RSV3 as the bits 4, 2 and 1. */
  rsv?: number;
  mask?: Uint8Array | false;
}

/** A frame as a client sends it. */
export function frame(opcode: number, payload: string | Uint8Array = '', options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]) } = options;
  const data = Buffer.from(payload as string);
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const bit = mask ? 0x80 : 0;
  if (data.length < 126) head.push(bit | data.length);
  else if (data.length < 65536) head.push(bit | 126, data.length >> 8, data.length & 255);
  else head.push(bit | 127, 0, 0, 0, 0, ...uint32(data.length));
  if (!mask) return Buffer.concat([Buffer.from(head), data]);
  for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) ^ (mask[i & 3] as number);
  return Buffer.concat([Buffer.from(head), mask, data]);
}

export function closeFrame(code: number, reason: string | Uint8Array = ''): Buffer {
  return frame(CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason as string)]));
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** What was received, one line for every frame: `text hello`, `close 1000 bye`. */
export function describeFrames(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    let length = (bytes[at + 1] as number) & 127;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    lines.push(line(first, bytes.subarray(at, at + length)));
    at += length;
  }
  return lines;
}

export function line(first: number, payload: Uint8Array | string): string {
  const data = Buffer.from(payload as string);
  const names: Record<number, string> = { 129: 'text', 130: 'binary', 138: 'pong', 137: 'ping' };
  if (first === 0x88) {
    return data.length < 2 ? 'close' : `close ${data.readUInt16BE(0)} ${data.subarray(2)}`.trimEnd();
  }
  const name = names[first] ?? `frame ${first.toString(16)}`;
  if (data.length > 200) return `${name} of ${data.length}: ${createHash('sha1').update(data).digest('hex')}`;
  return `${name} ${first === 0x82 ? data.toString('hex') : data}`.trimEnd();
}

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export interface HandshakeOptions {
  method?: string;
  version?: string;
  /** `undefined` leaves a header out. */
  headers?: Record<string, string | undefined>;
}

export function handshake(path: string, options: HandshakeOptions = {}): string {
  const headers: Record<string, string | undefined> = {
    Host: 'x',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': KEY,
    'Sec-WebSocket-Version': '13',
    ...options.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`,
  );
  return [`${options.method ?? 'GET'} ${path} HTTP/${options.version ?? '1.1'}`, ...lines, '', ''].join(
    '\r\n',
  );
}

/** A client that says what it likes, byte for byte. */
export class Peer {
  readonly socket: Socket;
  /** Resolves once the server has closed. */
  readonly closed: Promise<void>;
  #bytes: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #check = (): void => {};

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay();
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk) => {
      this.#chunks.push(chunk);
      this.#check();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        resolve();
        this.#check();
      });
    });
  }

  /** Opens a WebSocket. What follows the head of the answer is what `frames` and `bytes` are about. */
  static async open(port: number, path: string, options: HandshakeOptions = {}): Promise<Peer> {
    const peer = new Peer(port);
    peer.send(handshake(path, options));
    await peer.until(() => peer.bytes.includes('\r\n\r\n'));
    const end = peer.bytes.indexOf('\r\n\r\n') + 4;
    peer.head = peer.bytes.subarray(0, end).toString();
    peer.#bytes = peer.bytes.subarray(end);
    return peer;
  }

  head = '';

  get bytes(): Buffer {
    if (this.#chunks.length > 0) this.#bytes = Buffer.concat([this.#bytes, ...this.#chunks.splice(0)]);
    return this.#bytes;
  }

  get frames(): string[] {
    return describeFrames(this.bytes);
  }

  send(...data: (string | Uint8Array)[]): void {
    for (const piece of data) this.socket.write(piece);
  }

  /** Resolves once `isTrue`; rejects where the server closes before. */
  until(isTrue: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#check = () => {
        if (isTrue()) {
          this.#check = () => {};
          resolve();
        } else if (this.socket.destroyed)
          reject(new Error(`closed: ${this.head} ${this.bytes.subarray(0, 300)}`));
      };
      this.#check();
    });
  }

  /** Everything that comes until the server closes. */
  async rest(): Promise<string[]> {
    await this.closed;
    return this.frames;
  }
}
