import { BodyStream, MicrodotError } from '@microdot/core';
import { brand } from '@microdot/core/extension';
import { concat } from './partQueue.ts';
import { type SaveOptions, saveFile } from './saveFile.ts';
import { TempFile } from './tempFile.ts';

export type { SaveOptions } from './saveFile.ts';

/**
 * A file that was sent with a form: as it comes in, or, once it is copied, whole. What has been read of it is gone. Microdot's
 * `FileUpload`.
 */
export class FileUpload implements AsyncIterable<Uint8Array> {
  /** The largest file that `copy()` keeps in memory, in bytes; 64 KiB, as 1 KiB is for microcontrollers. */
  static maxMemorySize: number = 64 * 1024;

  /**
   * What the client calls the file: a name without directories and control characters, or `''`. It is for people to read: two
   * files may have the same one, and one may be called `.htaccess`.
   */
  readonly filename: string;
  /** What the client says that the file is, which nobody has checked. */
  readonly contentType: string | undefined;
  #stream: BodyStream;
  #size: number | undefined;
  #temp: TempFile | undefined;
  #isClosed = false;

  constructor(filename: string, contentType: string | undefined, source: AsyncIterable<Uint8Array>) {
    this.filename = filename;
    this.contentType = contentType;
    this.#stream = new BodyStream(source);
  }

  /** The size in bytes, which is known once the file is copied. */
  get size(): number | undefined {
    return this.#size;
  }

  /** Reads up to `n` bytes, fewer only at the end; without `n` (or with -1) all that is left, into memory. */
  async read(n = -1): Promise<Uint8Array> {
    this.#checkOpen();
    if (n >= 0) return this.#stream.read(n);
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    return concat(chunks);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#checkOpen();
    for await (const chunk of this.#stream) {
      // Somebody may still be reading, such as a response that is sent after the handler has ended.
      this.#checkOpen();
      yield chunk;
    }
  }

  /**
   * Writes the file to `path`, over what is there, or to a new file in a `directory`, under a random name. Nothing is left of a file
   * that does not come in whole.
   *
   * @param to never made of `filename`: the name of a file is the application's to choose.
   * @returns the path of the file.
   * @throws MicrodotError `IS_DIRECTORY` where `path` is one, `NO_HOST` where there is no file system.
   */
  save(to: string | SaveOptions): Promise<string> {
    return saveFile(this, this.filename, to);
  }

  /**
   * Sets the file aside, so that the form can be read on: in memory, or in a temporary file where it is larger than `maxMemorySize`.
   * Nothing is left of a file that does not come in whole. One that was copied before stays as it is.
   *
   * @throws MicrodotError `NO_HOST` where it is larger and there is no file system, `FILE_CLOSED` where it is closed.
   */
  async copy(maxMemorySize: number = FileUpload.maxMemorySize): Promise<this> {
    this.#checkOpen();
    if (this.#size !== undefined) return this;
    try {
      await this.#copy(maxMemorySize);
    } catch (error) {
      await this.#remove();
      throw error;
    }
    return this;
  }

  /** Frees what `copy()` has taken, the temporary file above all. Done for you when the request is over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#remove();
  }

  async #copy(maxMemorySize: number): Promise<void> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this) {
      size += chunk.length;
      if (!this.#temp && size > maxMemorySize) {
        this.#temp = await TempFile.create();
        await this.#temp.write(concat(chunks));
      }
      if (this.#temp) await this.#temp.write(chunk);
      else chunks.push(chunk);
    }
    await this.#temp?.finish();
    // It may have been closed on the way, before there was a file to remove.
    this.#checkOpen();
    this.#stream = new BodyStream(this.#temp?.chunks() ?? chunks);
    this.#size = size;
  }

  async #remove(): Promise<void> {
    const temp = this.#temp;
    this.#temp = undefined;
    await temp?.remove();
  }

  #checkOpen(): void {
    if (this.#isClosed) {
      throw new MicrodotError(
        'FILE_CLOSED',
        'The file is closed: read or save it before the request is over',
      );
    }
  }
}

brand(FileUpload, '@microdot/multipart.FileUpload');
