/** How an application is served. */
export interface ServerOptions {
  /** The interface to listen on; `'0.0.0.0'`, all of them, by default. */
  host?: string;
  /** 5000 by default; 0 takes a free one. */
  port?: number;
  /** Logs a line per request. */
  debug?: boolean;
  /** Serves HTTPS: what `node:tls` takes, `key` and `cert` among it. */
  tls?: TlsOptions;
  /** How long a client may take to send the head of a request, in milliseconds; 5,000 by default. */
  headersTimeout?: number;
  /** How long it may take to send all of it, in milliseconds; 10,000 by default. Uploads need more. */
  requestTimeout?: number;
  /** How long an idle connection is kept, in milliseconds; 65,000 by default, more than most proxies'. */
  keepAliveTimeout?: number;
  /** How long `shutdown()` waits for what is in flight, in milliseconds; 10,000 by default. */
  shutdownTimeout?: number;
}

/** Certificates as PEM text or bytes, and whatever else `tls.createSecureContext` of Node takes. */
export interface TlsOptions {
  key: string | Uint8Array;
  cert: string | Uint8Array;
  [option: string]: unknown;
}

/** A server that listens. */
export interface Server {
  /** Such as `http://localhost:5000`. */
  readonly url: string;
  readonly port: number;
  /** Resolves when the server has shut down, for whatever reason. */
  readonly closed: Promise<void>;
  /** Stops accepting, lets what is in flight finish, and cuts what is still there after `shutdownTimeout`. */
  close(): Promise<void>;
}
