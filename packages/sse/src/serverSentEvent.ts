import { brand } from '@microdot/core/extension';
import { SSEError } from './errors.ts';
import { toText } from './eventText.ts';

/** What an event may carry: text, bytes in UTF-8, or anything else as JSON. */
export type EventData = string | Uint8Array | number | boolean | bigint | object | null;

export interface EventOptions {
  /** The name that the client listens for; `message` where there is none. */
  event?: string | undefined;
  /** What the client says it had last when it connects again. An empty one makes it forget. */
  eventId?: string | undefined;
  /** How long the client waits before it connects again, in seconds as in Microdot; the wire has milliseconds. */
  retry?: number | undefined;
  /** Sends the data as a comment, which the client does not see, and ignores all other options. */
  comment?: boolean | undefined;
}

/**
 * An event, written down once, to be sent to many:
 *
 * ```ts
 * const event = new ServerSentEvent({ price: 42 }, { event: 'price' });
 * for (const sse of watching) void sse.send(event);
 * ```
 *
 * It is also what a generator yields that has more to say than data. Lines of data that end in LF, CR or CRLF
 * become a `data` line each, and so arrive with LF between them (HTML Standard 9.2.6).
 *
 * @throws SSEError `INVALID_EVENT`
 */
export class ServerSentEvent {
  readonly eventId: string | undefined;
  /** What goes on the wire. */
  readonly '~frame': string;

  constructor(data: EventData, options: EventOptions = {}) {
    this.eventId = options.comment ? undefined : options.eventId;
    this['~frame'] = frame(toText(data), options);
  }
}

// By a symbol: nothing that JSON can make is one.
brand(ServerSentEvent, '@microdot/sse.ServerSentEvent');

function frame(text: string, { event, eventId, retry, comment }: EventOptions): string {
  if (comment) return `${lines('', text)}\n`;
  let head = retry === undefined ? '' : `retry: ${milliseconds(retry)}\n`;
  // An empty name is the default one.
  if (event !== undefined && event !== '') head += `event: ${oneLine('event', event)}\n`;
  if (eventId !== undefined) head += `id: ${oneLine('eventId', eventId)}\n`;
  return `${head}${lines('data', text)}\n`;
}

/** A field for every line: a line break that was written as it is would let the text begin fields of its own. */
function lines(name: string, text: string): string {
  if (!/[\r\n]/.test(text)) return `${name}: ${text}\n`;
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `${name}: ${line}\n`)
    .join('');
}

/**
 * These cannot be spread over lines: event injection is an attack. A NUL makes browsers ignore an id (HTML Standard
 * 9.2.6), and nobody means to have one in a name.
 */
function oneLine(name: string, value: string): string {
  if (typeof value === 'string' && !/[\r\n\0]/.test(value)) return value;
  throw new SSEError('INVALID_EVENT', `${name} is one line of text without NUL, not ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : typeof value;
}

function milliseconds(seconds: number): string {
  const rounded = Math.round(seconds * 1000);
  // Digits alone are read: no sign, no exponent.
  if (typeof seconds === 'number' && rounded >= 0 && rounded <= Number.MAX_SAFE_INTEGER) return `${rounded}`;
  throw new SSEError('INVALID_EVENT', `retry is a number of seconds from 0 on, not ${String(seconds)}`);
}
