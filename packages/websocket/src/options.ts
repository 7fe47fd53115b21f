import { MicrodotError, type Request } from '@microdot/core';
import { type AllowedOrigins, originTest } from './origin.ts';
import { checkProtocols } from './protocols.ts';

/** What a WebSocket accepts and how much of it. */
export interface WebSocketOptions {
  /** Pages of other hosts that may connect. By default only those of the host itself may, and what is no browser. */
  allowedOrigins?: AllowedOrigins;
  /** The subprotocols that are spoken here, the preferred one first; none by default. */
  protocols?: readonly string[];
  /** The largest message that is received, in bytes; {@link WebSocket.maxMessageLength} by default. */
  maxMessageLength?: number;
  /** The most frames that a message may come in; 1,024 by default. On Node. */
  maxFragments?: number;
  /** The most that may wait for a peer that does not read, in bytes, when more is sent; 1 MiB by default. On Node. */
  maxSendBuffer?: number;
  /**
   * How often the peer is pinged, in milliseconds; 30,000 by default, and 0 for never. One from which nothing has come
   * by the next ping is dropped. On Node.
   */
  pingInterval?: number;
  /**
   * Accepts compression (RFC 7692). Off by default: it takes some 250 KiB for every connection, time, and it makes secrets guessable
   * that are compressed beside a stranger's text (CRIME). On Node.
   */
  perMessageDeflate?: boolean;
}

/** The options with their defaults. */
export interface Settings {
  readonly isAllowed: (request: Request) => boolean;
  readonly protocols: readonly string[];
  readonly maxMessageLength: number | undefined;
  readonly maxFragments: number;
  readonly maxSendBuffer: number;
  readonly pingInterval: number;
  readonly perMessageDeflate: boolean;
}

/** @throws MicrodotError `INVALID_OPTION` */
export function resolveOptions(options: WebSocketOptions): Settings {
  return {
    isAllowed: originTest(options.allowedOrigins),
    protocols: checkProtocols(options.protocols ?? []),
    maxMessageLength: number('maxMessageLength', options.maxMessageLength, -1),
    maxFragments: number('maxFragments', options.maxFragments, 1) ?? 1024,
    maxSendBuffer: number('maxSendBuffer', options.maxSendBuffer, 0) ?? 1024 * 1024,
    pingInterval: number('pingInterval', options.pingInterval, 0) ?? 30_000,
    perMessageDeflate: options.perMessageDeflate ?? false,
  };
}

/** More than a timer can wait, and than the parser counts to. */
const MAX = 2 ** 31 - 1;

function number(name: string, value: number | undefined, least: number): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= MAX)) return value;
  throw new MicrodotError(
    'INVALID_OPTION',
    `${name} is not a whole number from ${least} to ${MAX}: ${value}`,
  );
}
