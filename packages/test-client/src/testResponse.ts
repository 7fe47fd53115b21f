import type { RequestHeaders } from '@microdot/core';
import { concat } from './bytes.ts';
import { EventStreamParser, type ServerSentEvent } from './events.ts';
import type { StreamedResponse } from './streamedResponse.ts';

/** A response that has been read. Microdot's `TestResponse`. */
export class TestResponse {
  readonly statusCode: number;
  /** `undefined` unless the application has set one. */
  readonly reason: string | undefined;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
  /** The body as text; `undefined` where it is not UTF-8. */
  readonly text: string | undefined;
  /** The events of a `text/event-stream`; `undefined` where the body is something else. */
  readonly events: readonly ServerSentEvent[] | undefined;

  private constructor(head: StreamedResponse, body: Uint8Array) {
    this.statusCode = head.statusCode;
    this.reason = head.reason;
    this.headers = head.headers;
    this.body = body;
    this.text = decode(body);
    // The decoder of an event stream drops a byte order mark, and lets nothing fail.
    const stream = isType(this, 'text/event-stream') ? new TextDecoder().decode(body) : undefined;
    this.events = stream === undefined ? undefined : new EventStreamParser().push(stream);
  }

  /** @internal */
  static async read(response: StreamedResponse): Promise<TestResponse> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return new TestResponse(response, concat(chunks));
  }

  /**
   * The body as JSON; `undefined` where the `Content-Type` is another than `application/json`, or where there
   * is none.
   *
   * @throws SyntaxError where it is malformed.
   */
  get json(): unknown {
    return isType(this, 'application/json') && this.body.length > 0 ? JSON.parse(this.text ?? '') : undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isType({ headers }: TestResponse, type: string): boolean {
  return headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() === type;
}
