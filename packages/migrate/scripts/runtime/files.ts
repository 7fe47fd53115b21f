import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

/** Python's `open()` for text. Close it, or leave that to `finally`. */
export class TextFile {
  readonly #descriptor: number;
  #rest: string | undefined;

  constructor(path: string, mode = 'r') {
    this.#descriptor = openSync(path, mode.replace(/[bt]/g, ''));
  }

  read(): string {
    this.#rest ??= readFileSync(this.#descriptor, 'utf8');
    const text = this.#rest;
    this.#rest = '';
    return text;
  }

  readline(): string {
    this.#rest ??= readFileSync(this.#descriptor, 'utf8');
    const end = this.#rest.indexOf('\n') + 1 || this.#rest.length;
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end);
    return line;
  }

  readlines(): string[] {
    const text = this.read();
    return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
  }

  write(text: string): number {
    writeSync(this.#descriptor, text);
    return text.length;
  }

  /** Nothing waits to be written. */
  flush(): void {}

  close(): void {
    closeSync(this.#descriptor);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.readlines()[Symbol.iterator]();
  }
}

/** Python's `open()` for bytes. */
export class BinaryFile {
  readonly #descriptor: number;

  constructor(path: string, mode = 'rb') {
    this.#descriptor = openSync(path, mode.replace('b', ''));
  }

  read(length = -1): Uint8Array {
    if (length < 0) return readFileSync(this.#descriptor);
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, readSync(this.#descriptor, buffer));
  }

  write(bytes: Uint8Array): number {
    return writeSync(this.#descriptor, bytes);
  }

  /** Nothing waits to be written. */
  flush(): void {}

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Python's `io.StringIO`. */
export class StringIO {
  #text: string;
  #at = 0;

  constructor(text = '') {
    this.#text = text;
  }

  write(text: string): number {
    this.#text = this.#text.slice(0, this.#at) + text + this.#text.slice(this.#at + text.length);
    this.#at += text.length;
    return text.length;
  }

  getvalue(): string {
    return this.#text;
  }

  read(): string {
    const text = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return text;
  }

  readline(): string {
    const end = this.#text.indexOf('\n', this.#at) + 1 || this.#text.length;
    const line = this.#text.slice(this.#at, end);
    this.#at = end;
    return line;
  }

  seek(at: number): void {
    this.#at = at;
  }

  close(): void {
    this.#text = '';
  }

  *[Symbol.iterator](): Generator<string, void> {
    for (let line = this.readline(); line !== ''; line = this.readline()) yield line;
  }
}
