import type { FileHandle } from 'node:fs/promises';
import { type Disk, openDisk } from './disk.ts';

const BUFFER_SIZE = 64 * 1024;

/**
 * A file for a while, in a directory of its own that nobody else can look into: its name cannot be guessed, nor stand there already as
 * a link to somewhere else.
 */
export class TempFile {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #path: string;
  /** Open while there is something to write or to read, so that a hundred waiting files take no descriptors. */
  #handle: FileHandle | undefined;

  private constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
    this.#path = disk.join(folder, 'upload');
  }

  /** @throws MicrodotError `NO_HOST` */
  static async create(): Promise<TempFile> {
    const disk = await openDisk('A file is larger than maxMemorySize');
    const file = new TempFile(disk, await disk.fs.mkdtemp(disk.join(disk.tmpdir(), 'microdot-upload-')));
    try {
      file.#handle = await disk.fs.open(file.#path, 'wx', 0o600);
      return file;
    } catch (error) {
      await file.remove();
      throw error;
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#handle?.writeFile(chunk);
  }

  /** Everything is written. */
  async finish(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#handle = await this.#disk.fs.open(this.#path);
    try {
      for (;;) {
        const { bytesRead, buffer } = await this.#handle.read(new Uint8Array(BUFFER_SIZE), 0, BUFFER_SIZE);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await this.finish();
    }
  }

  async remove(): Promise<void> {
    try {
      await this.finish();
    } finally {
      await this.#disk.fs.rm(this.#folder, { recursive: true, force: true });
    }
  }
}
