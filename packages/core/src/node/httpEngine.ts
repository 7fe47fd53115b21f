import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { ServerOptions as HttpsOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Microdot } from '../app.ts';
import { report } from '../dispatch.ts';
import { RequestHeaders } from '../headers.ts';
import { andThen, isThenable } from '../maybe.ts';
import { Request } from '../request.ts';
import { endRequest } from '../requestEnd.ts';
import type { Response } from '../response.ts';
import type { Transport } from '../transport.ts';
import { HAS_BODY, IS_AMBIGUOUS, IS_CHUNKED, IS_TOO_LARGE, scanHead } from './head.ts';
import { type IncomingBody, readBody } from './readBody.ts';
import type { Engine, EngineOptions } from './server.ts';
import { SocketTransport } from './socketTransport.ts';
import { UpgradeTransport } from './upgradeTransport.ts';
import { withoutUpgrade } from './withoutUpgrade.ts';
import { type OpenStreams, writeResponse } from './writeResponse.ts';

/** Serves an application with `node:http` or `node:https`. */
export class HttpEngine implements Engine {
  readonly #app: Microdot;
  readonly #options: EngineOptions;
  readonly #scheme: 'http' | 'https';
  readonly #server: http.Server;
  readonly #connectionEvent: 'connection' | 'secureConnection';
  readonly #streams: OpenStreams = new Set();
  /** Connections on which nothing has come yet: browsers open some to be ready. Node does not count them as idle. */
  readonly #unused: Set<Socket> = new Set();
  /** Those that asked for another protocol: Node no longer knows of their sockets. */
  readonly #upgrades: Set<UpgradeTransport> = new Set();
  #isClosing = false;

  constructor(app: Microdot, options: EngineOptions) {
    this.#app = app;
    this.#options = options;
    this.#scheme = options.tls ? 'https' : 'http';
    const { headersTimeout, requestTimeout, keepAliveTimeout, tls } = options;
    const settings = {
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      connectionsCheckingInterval: 1000,
      handshakeTimeout: headersTimeout,
    };
    // Loaded for those who speak TLS alone: it takes a start more than a millisecond.
    this.#server = tls
      ? process.getBuiltinModule('node:https').createServer({ ...settings, ...tls } as HttpsOptions)
      : http.createServer(settings);
    this.#connectionEvent = tls ? 'secureConnection' : 'connection';
    this.#server.on(this.#connectionEvent, (socket: Socket) => {
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
    for (const upgrade of this.#upgrades) upgrade.end('shutdown');
    for (const socket of this.#unused) socket.destroy();
    // A connection that falls idle from now on is of no use to anyone.
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 50);
    const cut = setTimeout(() => this.#cut(), deadline);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
    for (const upgrade of this.#upgrades) upgrade.destroy();
  }

  #cut(): void {
    this.#server.closeAllConnections();
    for (const upgrade of this.#upgrades) upgrade.destroy();
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

  #dispatch(req: IncomingMessage, res: ServerResponse, body: IncomingBody): void {
    const request = this.#requestOf(req, body, new SocketTransport(req.socket, this.#scheme));
    const response = this.#app.dispatchRequest(request);
    if (isThenable(response)) void response.then((value) => this.#answer(request, res, value));
    else this.#answer(request, res, response);
  }

  #requestOf(req: IncomingMessage, body: IncomingBody, transport: Transport): Request {
    return new Request(this.#app, {
      method: req.method as string,
      url: req.url as string,
      headers: new RequestHeaders(req.rawHeaders),
      transport,
      httpVersion: req.httpVersion,
      body: body.bytes,
      contentLength: body.length,
      stream: body.stream,
    });
  }

  #answer(request: Request, res: ServerResponse, response: Response): void {
    this.#debug(request, response);
    if (response['~isHandled']) {
      void endRequest(request);
      return;
    }
    if (this.#isClosing) res.shouldKeepAlive = false;
    const sent = writeResponse(res, response, this.#streams, (error) => report(request, error));
    if (sent) void sent.then(() => endRequest(request));
    else void endRequest(request);
  }

  #debug(request: Request, response: Response): void {
    if (!this.#options.debug) return;
    try {
      this.#app.logger.info(`${request.method} ${request.path} ${response.statusCode}`);
    } catch {}
  }

  #onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (scanHead(req.rawHeaders, 0) & HAS_BODY && req.headers.upgrade?.toLowerCase() !== 'websocket') {
      socket.unshift(withoutUpgrade(req, head));
      this.#server.emit(this.#connectionEvent, socket);
      return;
    }
    const transport = new UpgradeTransport(req, socket as Socket, head, this.#scheme);
    this.#unused.delete(socket as Socket);
    this.#upgrades.add(transport);
    if (this.#isClosing) transport.end('shutdown');
    socket.once('close', () => this.#upgrades.delete(transport));
    socket.on('error', () => socket.destroy());
    const res = transport.response as ServerResponse;
    // Node only asks of other requests that they have one (RFC 9112 3.2).
    if (req.headers.host === undefined) refuse(res, 400, 'Bad request');
    else if (this.#checkHead(req, res) >= 0)
      this.#dispatchUpgrade(this.#requestOf(req, NO_BODY, transport), transport);
  }

  /** In a scope of its own: what waits for the handler of a WebSocket must not keep Node's part of the request. */
  #dispatchUpgrade(request: Request, transport: UpgradeTransport): void {
    void andThen(this.#app.dispatchRequest(request), (response) => {
      if (transport.response) {
        this.#answer(request, transport.response, response);
        return;
      }
      this.#debug(request, response);
      // The socket speaks another protocol by now: there is no way to say what went wrong.
      if (!response['~isHandled']) transport.end('error');
      void endRequest(request);
    });
  }
}

const NO_BODY: IncomingBody = {};

/** Answers what never becomes a request, and ends the connection: what else is on it cannot be trusted. */
function refuse(res: ServerResponse, statusCode: number, text: string): void {
  res.shouldKeepAlive = false;
  res.writeHead(statusCode, { 'Content-Type': 'text/plain; charset=UTF-8', 'Content-Length': text.length });
  res.end(text);
}
