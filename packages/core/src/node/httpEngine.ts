import http, { type IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Microdot } from '../app.ts';
import { RequestHeaders } from '../headers.ts';
import { isThenable } from '../maybe.ts';
import { Request } from '../request.ts';
import type { Response } from '../response.ts';
import type { RawSocket, Transport } from '../transport.ts';
import { HAS_BODY, IS_AMBIGUOUS, IS_CHUNKED, IS_TOO_LARGE, scanHead } from './head.ts';
import { type IncomingBody, readBody } from './readBody.ts';
import type { Engine, EngineOptions } from './server.ts';
import { type OpenStreams, writeResponse } from './writeResponse.ts';

/** Serves an application with `node:http` or `node:https`. */
export class HttpEngine implements Engine {
  readonly #app: Microdot;
  readonly #options: EngineOptions;
  readonly #server: http.Server;
  readonly #streams: OpenStreams = new Set();
  /** Connections on which nothing has come yet: browsers open some to be ready. Node does not count them as idle. */
  readonly #unused: Set<Socket> = new Set();
  /** Sockets that were taken: the server no longer knows of them. */
  readonly #taken: Set<TakenSocket> = new Set();
  #isClosing = false;

  constructor(app: Microdot, options: EngineOptions) {
    this.#app = app;
    this.#options = options;
    const { headersTimeout, requestTimeout, keepAliveTimeout, tls } = options;
    const settings = {
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      connectionsCheckingInterval: 1000,
      handshakeTimeout: headersTimeout,
    };
    this.#server = tls
      ? https.createServer({ ...settings, ...tls } as https.ServerOptions)
      : http.createServer(settings);
    this.#server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#unused.add(socket);
      socket.once('close', () => this.#unused.delete(socket));
    });
    this.#server.on('request', (req, res) => this.#onRequest(req, res, false));
    this.#server.on('checkContinue', (req, res) => this.#onRequest(req, res, true));
    this.#server.on('upgrade', (req, socket, head) => this.#onUpgrade(req, socket, head));
  }

  listen(port: number, hostname: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, hostname, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  async close(deadline: number): Promise<void> {
    this.#isClosing = true;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // Event streams end by nature when the server does: the browser connects again.
    for (const stream of this.#streams) if (stream.isEventStream) stream.end();
    for (const taken of this.#taken) taken.end('shutdown');
    for (const socket of this.#unused) socket.destroy();
    // A connection that falls idle from now on is of no use to anyone.
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 50);
    const cut = setTimeout(() => this.#cut(), deadline);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
    for (const taken of this.#taken) taken.destroy();
  }

  #cut(): void {
    this.#server.closeAllConnections();
    for (const taken of this.#taken) taken.destroy();
  }

  #onRequest(req: IncomingMessage, res: ServerResponse, isExpecting: boolean): void {
    if (this.#unused.size > 0) this.#unused.delete(req.socket);
    if (this.#isClosing) res.shouldKeepAlive = false;
    const flags = this.#checkHead(req, res);
    if (flags < 0) return;
    if (flags & HAS_BODY) {
      const limits = {
        maxBodyLength: this.#app.limit('maxBodyLength'),
        maxContentLength: this.#app.limit('maxContentLength'),
      };
      readBody(req, res, (flags & IS_CHUNKED) !== 0, isExpecting, limits, (body) =>
        this.#dispatch(req, res, body),
      );
    } else {
      this.#dispatch(req, res, NO_BODY);
    }
  }

  /** The flags of the head, or -1 where it was refused. */
  #checkHead(req: IncomingMessage, res: ServerResponse): number {
    const maxReadline = this.#app.limit('maxReadline');
    const flags = scanHead(req.rawHeaders, maxReadline);
    const length = (req.url as string).length + (req.method as string).length + 10;
    if (length <= maxReadline && !(flags & (IS_AMBIGUOUS | IS_TOO_LARGE))) return flags;
    if (length > maxReadline)
      refuse(res, 414, `The request line exceeds ${maxReadline} bytes (Request.maxReadline)`);
    else if (flags & IS_AMBIGUOUS) refuse(res, 400, 'Bad request');
    else
      refuse(
        res,
        431,
        `A header line exceeds ${maxReadline} bytes (Request.maxReadline), or there are over 100`,
      );
    return -1;
  }

  #dispatch(req: IncomingMessage, res: ServerResponse, body: IncomingBody, socket?: TakenSocket): void {
    const request = new Request(this.#app, {
      method: req.method as string,
      url: req.url as string,
      headers: new RequestHeaders(req.rawHeaders),
      transport: socket ?? new SocketTransport(req.socket, this.#options.tls ? 'https' : 'http'),
      httpVersion: req.httpVersion,
      body: body.bytes,
      contentLength: body.length,
      stream: body.stream,
    });
    const response = this.#app.dispatchRequest(request);
    if (isThenable(response)) void response.then((value) => this.#answer(request, req, res, value, socket));
    else this.#answer(request, req, res, response, socket);
  }

  #answer(
    request: Request,
    req: IncomingMessage,
    res: ServerResponse,
    response: Response,
    socket: TakenSocket | undefined,
  ): void {
    if (this.#options.debug)
      this.#app.logger.info(`${request.method} ${request.path} ${response.statusCode}`);
    if (response['~isHandled']) return;
    // The socket speaks another protocol by now: there is no way to say what went wrong.
    if (socket?.isTaken) {
      socket.end('error');
      return;
    }
    if (this.#isClosing) res.shouldKeepAlive = false;
    writeResponse(req, res, response, this.#streams, (error) =>
      this.#app.logger.error(error, `${request.method} ${request.path}`),
    );
  }

  #onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const transport = new TakenSocket(socket as Socket, head, this.#options.tls ? 'https' : 'http');
    this.#unused.delete(socket as Socket);
    this.#taken.add(transport);
    if (this.#isClosing) transport.end('shutdown');
    socket.once('close', () => this.#taken.delete(transport));
    socket.on('error', () => socket.destroy());
    // Node has let go of the socket: a response that is no upgrade is written to it as the last one.
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket as Socket);
    transport.onTake = () => res.detachSocket(socket as Socket);
    res.once('finish', () => socket.end());
    if (this.#checkHead(req, res) >= 0) this.#dispatch(req, res, NO_BODY, transport);
  }
}

const NO_BODY: IncomingBody = {};

class SocketTransport implements Transport {
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

/** The transport of a request that wants to go on in another protocol. */
class TakenSocket extends SocketTransport {
  readonly #socket: Socket;
  readonly #head: Buffer;
  #listener: ((why: 'shutdown' | 'error') => void) | undefined;
  #isEnding = false;
  isTaken = false;
  onTake: () => void = () => {};

  constructor(socket: Socket, head: Buffer, scheme: 'http' | 'https') {
    super(socket, scheme);
    this.#socket = socket;
    this.#head = head;
  }

  takeSocket(): RawSocket {
    if (!this.isTaken) this.onTake();
    this.isTaken = true;
    // It held the response, which must not live as long as the socket.
    this.onTake = () => {};
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

/** Answers what never becomes a request, and ends the connection: what else is on it cannot be trusted. */
function refuse(res: ServerResponse, statusCode: number, text: string): void {
  res.shouldKeepAlive = false;
  res.writeHead(statusCode, { 'Content-Type': 'text/plain; charset=UTF-8', 'Content-Length': text.length });
  res.end(text);
}
