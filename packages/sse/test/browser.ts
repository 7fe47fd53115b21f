import { createParser, type EventSourceMessage } from 'eventsource-parser';

export interface Seen {
  readonly events: EventSourceMessage[];
  readonly comments: string[];
  readonly retries: number[];
  /** Lines that are no field of an event stream. */
  readonly errors: unknown[];
}

/** What a browser sees of an event stream, by a parser that others have written to the HTML Standard. */
export function seenBy(text: string): Seen {
  const seen: Seen = { events: [], comments: [], retries: [], errors: [] };
  const parser = createParser({
    onEvent: (event) => seen.events.push(event),
    onComment: (comment) => seen.comments.push(comment),
    onRetry: (retry) => seen.retries.push(retry),
    onError: (error) => seen.errors.push(error),
  });
  parser.feed(text);
  return seen;
}
