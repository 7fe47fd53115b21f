/** An event of a `text/event-stream`, with what its own lines say; what they do not say is `undefined`. */
export interface ServerSentEvent {
  /** The `data` lines, joined by newlines. */
  data: string;
  /** `data` parsed, where it is JSON. */
  dataJson: unknown;
  event: string | undefined;
  eventId: string | undefined;
  /** In seconds, as `sse.send()` takes it; the wire has milliseconds. */
  retry: number | undefined;
}

/**
 * Reads an event stream as it comes (HTML Standard 9.2.6): lines end in LF, CR or CRLF, one space after the
 * colon is dropped, comments and blocks without data are no events, nor is a last block that no empty line
 * ends.
 */
export class EventStreamParser {
  #rest = '';
  #endedInReturn = false;
  #block: Block = newBlock();

  /** The events that `text` completes. */
  push(text: string): ServerSentEvent[] {
    if (text === '') return [];
    // The LF of a CRLF that was cut in two: the CR has ended the line already.
    const whole = this.#rest + (this.#endedInReturn && text.startsWith('\n') ? text.slice(1) : text);
    this.#endedInReturn = text.endsWith('\r');
    const lines = whole.split(/\r\n|\r|\n/);
    this.#rest = lines.pop() as string;
    return lines.flatMap((line) => this.#readLine(line) ?? []);
  }

  #readLine(line: string): ServerSentEvent | undefined {
    if (line !== '') {
      readField(line, this.#block);
      return undefined;
    }
    const { data, ...rest } = this.#block;
    this.#block = newBlock();
    return data.length === 0 ? undefined : complete(data.join('\n'), rest);
  }
}

interface Block extends Omit<ServerSentEvent, 'data' | 'dataJson'> {
  data: string[];
}

function newBlock(): Block {
  return { data: [], event: undefined, eventId: undefined, retry: undefined };
}

function readField(line: string, block: Block): void {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
  if (name === 'data') block.data.push(value);
  else if (name === 'event') block.event = value || undefined;
  else if (name === 'id' && !value.includes('\0')) block.eventId = value;
  else if (name === 'retry' && /^\d+$/.test(value)) block.retry = Number(value) / 1000;
}

function complete(data: string, rest: Omit<ServerSentEvent, 'data' | 'dataJson'>): ServerSentEvent {
  return { data, dataJson: parseJson(data), ...rest };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
