import { MicrodotError } from '@microdot/core';
import { type Ending, onEnd } from '@microdot/core/extension';
import { FileUpload } from './fileUpload.ts';
import {
  type AppLimits,
  checkSize,
  type FormDataOptions,
  type Limits,
  malformed,
  toLimits,
} from './limits.ts';
import { parseParameters } from './parameters.ts';
import { MultipartParser } from './parser.ts';
import { type Item, PartQueue } from './partQueue.ts';

/** What is read of a request. */
export interface FormDataRequest extends Ending {
  readonly app: AppLimits;
  readonly contentType: string | undefined;
  readonly contentLength: number;
  readonly stream: AsyncIterable<Uint8Array>;
}

/**
 * The fields and files of a multipart form, one after the other, as the body comes in. Microdot's `FormDataIter`.
 *
 * ```ts
 * for await (const [name, value] of new FormDataIter(request)) {
 *   if (value instanceof FileUpload) await value.save({ directory: 'uploads' });
 *   else console.log(name, value);
 * }
 * ```
 *
 * A file must be read, saved or copied before the iteration goes on: what is left of it then is skipped. Files are closed when the
 * request is over, whatever came of it. A request that is no multipart form has no entries. Nothing is read from the network before
 * it is asked for.
 *
 * @throws MicrodotError `INVALID_OPTION` where an option is no limit.
 * @throws HTTPException from the iteration: 400 where the form is malformed or ends early, 413 where it exceeds a limit.
 */
export class FormDataIter
  implements AsyncIterableIterator<[name: string, value: string | FileUpload], undefined>
{
  readonly #limits: Limits;
  readonly #queue: PartQueue;
  readonly #parser: MultipartParser | undefined;
  readonly #source: AsyncIterator<Uint8Array> | undefined;
  #size = 0;
  #file: FileData | undefined;
  readonly #uploads: FileUpload[] = [];
  #isClosed = false;

  constructor(request: FormDataRequest, options: FormDataOptions = {}) {
    this.#limits = toLimits(options, request.app);
    this.#queue = new PartQueue(this.#limits);
    const type = isMultipart(request) ? parseParameters(request.contentType as string) : NO_FORM;
    if (type === NO_FORM) return;
    const boundary = type?.parameters.get('boundary') ?? '';
    // RFC 2046 5.1.1
    if (boundary.length < 1 || boundary.length > 70) malformed('its boundary has 1 to 70 characters');
    this.#checkTotal(request.contentLength);
    this.#parser = new MultipartParser(boundary, this.#queue);
    this.#source = request.stream[Symbol.asyncIterator]();
    onEnd(request, () => this['~close']());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<[name: string, value: string | FileUpload], undefined>> {
    await this.#file?.skip();
    this.#file = undefined;
    const item = await this.#take();
    if (item === undefined) return { value: undefined, done: true };
    if (item.kind === 'field') return { value: [item.name, item.value], done: false };
    // Whatever belongs to a file, its own iterator has taken.
    if (item.kind !== 'file') throw new TypeError(`Unexpected ${item.kind}`);
    this.#file = new FileData(() => this.#take());
    const upload = new FileUpload(item.filename, item.contentType, this.#file);
    this.#uploads.push(upload);
    // Somebody reads on, of whom nobody knows when they will be done.
    if (this.#isClosed) await upload.close();
    return { value: [item.name, upload], done: false };
  }

  /** Closes all files, also where one cannot be removed; that one's error is told then. What was not read is let go. */
  async '~close'(): Promise<void> {
    this.#isClosed = true;
    // Not waited for: somebody may be waiting for a client that does not send.
    this.#source?.return?.().catch(() => {});
    const results = await Promise.allSettled(this.#uploads.splice(0).map((upload) => upload.close()));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #take(): Promise<Item | undefined> {
    const item = this.#queue.shift();
    if (item || !this.#parser || !this.#source) return item;
    try {
      return await this.#read(this.#parser, this.#source);
    } catch (error) {
      // Nobody reads on.
      await this.#source.return?.();
      throw error;
    }
  }

  async #read(parser: MultipartParser, source: AsyncIterator<Uint8Array>): Promise<Item | undefined> {
    for (;;) {
      const { value, done } = await source.next();
      if (done) {
        parser.end();
        return this.#queue.shift();
      }
      this.#size += value.length;
      this.#checkTotal(this.#size);
      parser.write(value);
      const item = this.#queue.shift();
      if (item) return item;
    }
  }

  #checkTotal(size: number): void {
    checkSize(this.#limits, 'maxTotalSize', size, 'The form');
  }
}

const NO_FORM = { value: '', parameters: new Map<string, string>() };

export function isMultipart({ contentType = '' }: Pick<FormDataRequest, 'contentType'>): boolean {
  return /^[ \t]*multipart\/form-data[ \t]*(?:;|$)/i.test(contentType);
}

/** The data of the file that the iteration has come to. */
class FileData implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #take: () => Promise<Item | undefined>;
  #isDone = false;
  #isSkipped = false;

  constructor(take: () => Promise<Item | undefined>) {
    this.#take = take;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#isSkipped) {
      throw new MicrodotError('FILE_SKIPPED', 'Read, save or copy() a file before the form is read on');
    }
    return this.#next();
  }

  /** Reads what nobody has read: the next part stands behind it. */
  async skip(): Promise<void> {
    if (this.#isDone) return;
    this.#isSkipped = true;
    while (!this.#isDone) await this.#next();
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const item = this.#isDone ? undefined : await this.#take();
    if (item?.kind === 'data') return { value: item.chunk, done: false };
    this.#isDone = true;
    return { value: undefined, done: true };
  }
}
