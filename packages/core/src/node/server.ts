import type { Microdot } from '../app.ts';
import { MicrodotError } from '../errors.ts';
import type { Server, ServerOptions } from '../server.ts';
import { HttpEngine } from './httpEngine.ts';

/** What stands behind the door: something that speaks HTTP for an application. */
export interface Engine {
  /** Resolves with the port when it listens. */
  listen(port: number, hostname: string): Promise<number>;
  /** Stops accepting and finishes what is in flight; cuts what is left after `deadline` milliseconds. */
  close(deadline: number): Promise<void>;
}

/** The options with their defaults: short, as clients that dawdle hold memory. */
export type EngineOptions = Required<Omit<ServerOptions, 'host' | 'port' | 'shutdownTimeout' | 'tls'>> &
  Pick<ServerOptions, 'tls'>;

export async function startServer(app: Microdot, options: ServerOptions): Promise<Server> {
  const hostname = options.host ?? '0.0.0.0';
  const engine = engineFor(app, options);
  const port = await engine
    .listen(options.port ?? 5000, hostname)
    .catch((error) => explain(error, hostname, options));
  let closing: Promise<void> | undefined;
  const { promise: closed, resolve } = deferred();
  return {
    url: `${options.tls ? 'https' : 'http'}://${displayName(hostname)}:${port}`,
    port,
    closed,
    close: () => {
      closing ??= engine.close(options.shutdownTimeout ?? 10_000).then(resolve);
      return closing;
    },
  };
}

function engineFor(app: Microdot, options: ServerOptions): Engine {
  try {
    return new HttpEngine(app, {
      debug: options.debug ?? false,
      headersTimeout: options.headersTimeout ?? 5000,
      requestTimeout: options.requestTimeout ?? 10_000,
      keepAliveTimeout: options.keepAliveTimeout ?? 65_000,
      ...(options.tls && { tls: options.tls }),
    });
  } catch (cause) {
    throw new MicrodotError('INVALID_OPTION', `The { cert, key } in { tls } are no PEM: ${cause}`, { cause });
  }
}

function explain(error: NodeJS.ErrnoException, hostname: string, { port = 5000 }: ServerOptions): never {
  const why: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken: stop what listens there, or choose another with { port }`,
    EACCES: `Port ${port} needs more rights than this process has: choose one from 1024 on with { port }`,
    EADDRNOTAVAIL: `${hostname} is not an address of this machine: leave { host } out to listen on all of them`,
  };
  const message =
    why[error.code ?? ''] ?? `Cannot listen at { host: '${hostname}', port: ${port} }: ${error}`;
  throw new MicrodotError('CANNOT_LISTEN', message, { cause: error });
}

/** What to type into a browser: "all interfaces" is no address to go to. */
function displayName(hostname: string): string {
  if (hostname === '0.0.0.0' || hostname === '::') return 'localhost';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
