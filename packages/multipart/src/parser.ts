import { type Failure, make as makeHeaders } from 'multipasta/HeadersParser';
import { make as makeSearch } from 'multipasta/Search';
import { malformed } from './limits.ts';

/** What the parser calls on the way, in this order for every part: `header` as it grows, `part`, `data`, `end`. */
export interface PartSink {
  /** The header of a part has so many bytes by now. */
  header(size: number): void;
  /** The header is whole. A name that came twice has a list. */
  part(headers: PartHeaders): void;
  data(chunk: Uint8Array): void;
  end(): void;
}

/** By name, in lower case. Without a prototype. */
export type PartHeaders = Readonly<Record<string, string | string[]>>;

const PREAMBLE = 0;
const DELIMITER = 1;
const HEADER = 2;
const BODY = 3;
const EPILOGUE = 4;

const CR = 13;
const LF = 10;
const DASH = 45;

/**
 * The grammar of a multipart body (RFC 2046 5.1.1), one chunk after the other, however it is cut. `multipasta` finds the delimiters
 * and reads the headers; what comes in which order is decided here, and strictly: what a lenient reader would skip may be what somebody
 * wants to hide.
 *
 * @throws HTTPException 400 from `write` and `end` where the body is malformed.
 */
export class MultipartParser {
  readonly #sink: PartSink;
  readonly #search: ReturnType<typeof makeSearch>;
  readonly #headers: ReturnType<typeof makeHeaders> = makeHeaders();
  #state = PREAMBLE;
  /** How many delimiters there were. */
  #delimiters = 0;
  /** The last byte behind a delimiter. */
  #byte = 0;
  #headerSize = 0;

  constructor(boundary: string, sink: PartSink) {
    this.#sink = sink;
    this.#search = makeSearch(`\r\n--${boundary}`, (index, chunk) => this.#take(index, chunk));
    // A delimiter begins with a line break, which the first one need not have before it.
    this.#search.write(Uint8Array.of(CR, LF));
  }

  write(chunk: Uint8Array): void {
    this.#search.write(chunk);
  }

  /** The body has ended: so must the form have, or else half a file would pass for a whole one. */
  end(): void {
    this.#search.end();
    if (this.#state !== EPILOGUE) malformed('it ends before its last boundary');
  }

  /** Bytes that hold no delimiter, and how many there were before them. */
  #take(delimiters: number, chunk: Uint8Array): void {
    if (this.#state === EPILOGUE) return;
    if (delimiters !== this.#delimiters) this.#enter(delimiters);
    let rest = chunk;
    if (this.#state === DELIMITER) rest = this.#readDelimiter(rest);
    if (this.#state === HEADER) rest = this.#readHeader(rest);
    if (this.#state === BODY && rest.length > 0) this.#sink.data(rest);
  }

  #enter(delimiters: number): void {
    if (this.#state === BODY) this.#sink.end();
    else if (this.#state !== PREAMBLE) malformed('a boundary within the header of a part');
    if (delimiters !== this.#delimiters + 1) malformed('two boundaries with nothing between them');
    this.#delimiters = delimiters;
    this.#state = DELIMITER;
    this.#byte = 0;
    this.#headerSize = 0;
  }

  /** `--` behind the last delimiter, spaces and a line break behind the others. Gives what comes next. */
  #readDelimiter(chunk: Uint8Array): Uint8Array {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      const previous = this.#byte;
      this.#byte = byte;
      if (previous === DASH && byte === DASH) {
        this.#state = EPILOGUE;
        return EMPTY;
      }
      if (previous === CR && byte === LF) {
        this.#state = HEADER;
        return chunk.subarray(i + 1);
      }
      const isExpected =
        previous !== DASH &&
        previous !== CR &&
        (byte === CR || byte === 32 || byte === 9 || (byte === DASH && previous === 0));
      if (!isExpected) malformed('a boundary that goes on');
    }
    return EMPTY;
  }

  /** Gives what comes behind the header. */
  #readHeader(chunk: Uint8Array): Uint8Array {
    if (chunk.length === 0) return EMPTY;
    const result = this.#headers(chunk, 0);
    const size = this.#headerSize + (result._tag === 'Headers' ? result.endPosition : chunk.length);
    if (result._tag === 'Failure') this.#refuseHeader(result);
    this.#headerSize = size;
    this.#sink.header(size);
    if (result._tag !== 'Headers') return EMPTY;
    this.#state = BODY;
    this.#sink.part(result.headers);
    return chunk.subarray(result.endPosition);
  }

  #refuseHeader({ reason }: Failure): never {
    if (reason === 'HeaderTooLarge') this.#sink.header(Number.POSITIVE_INFINITY);
    return malformed(
      reason === 'TooManyHeaders' ? 'over 100 header lines in a part' : 'the header of a part',
    );
  }
}

const EMPTY: Uint8Array = new Uint8Array(0);
