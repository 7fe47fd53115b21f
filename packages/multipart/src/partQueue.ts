import { cleanFilename } from './filename.ts';
import { checkCount, checkSize, type Limits, malformed } from './limits.ts';
import { parseParameters } from './parameters.ts';
import type { PartHeaders, PartSink } from './parser.ts';

/** A field, whole. */
export interface Field {
  readonly kind: 'field';
  readonly name: string;
  readonly value: string;
}

/** The beginning of a file. Its data follows, and an `end`. */
export interface FileStart {
  readonly kind: 'file';
  readonly name: string;
  readonly filename: string;
  readonly contentType: string | undefined;
}

export interface FileData {
  readonly kind: 'data';
  readonly chunk: Uint8Array;
}

export interface FileEnd {
  readonly kind: 'end';
}

export type Item = Field | FileStart | FileData | FileEnd;

/** Keeps the parser's findings until somebody asks for them, and everything within the limits. */
export class PartQueue implements PartSink {
  readonly #limits: Limits;
  readonly #items: Item[] = [];
  #parts = 0;
  #fields = 0;
  #files = 0;
  #fieldsSize = 0;
  /** Of the current part. */
  #size = 0;
  /** The field that is being read. */
  #name: string | undefined;
  #chunks: Uint8Array[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  shift(): Item | undefined {
    return this.#items.shift();
  }

  header(size: number): void {
    checkSize(this.#limits, 'maxHeaderSize', size, 'The header of a part');
  }

  part(headers: PartHeaders): void {
    checkCount(this.#limits, 'maxParts', ++this.#parts, 'parts');
    this.#size = 0;
    const { name, filename } = readDisposition(headers);
    if (filename === undefined) {
      checkCount(this.#limits, 'maxFields', ++this.#fields, 'fields');
      this.#name = name;
      this.#countFields(name.length);
    } else {
      checkCount(this.#limits, 'maxFiles', ++this.#files, 'files');
      // The parser leaves the space before it where the network cut the body behind the colon.
      const contentType = [headers['content-type']].flat()[0]?.trim();
      this.#items.push({ kind: 'file', name, filename: cleanFilename(filename), contentType });
    }
  }

  data(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#name === undefined) {
      checkSize(this.#limits, 'maxFileSize', this.#size, 'A file');
      this.#items.push({ kind: 'data', chunk });
    } else {
      checkSize(this.#limits, 'maxFieldSize', this.#size, 'A field');
      this.#countFields(chunk.length);
      this.#chunks.push(chunk);
    }
  }

  end(): void {
    if (this.#name === undefined) {
      this.#items.push(END);
      return;
    }
    this.#items.push({ kind: 'field', name: this.#name, value: decode(concat(this.#chunks)) });
    this.#name = undefined;
    this.#chunks = [];
  }

  #countFields(size: number): void {
    this.#fieldsSize += size;
    checkSize(this.#limits, 'maxFieldsSize', this.#fieldsSize, 'What the fields hold together');
  }
}

const END: FileEnd = { kind: 'end' };

/**
 * A part is a file where it has a `filename`, be it empty. `filename*` is not for forms (RFC 7578 4.2): a part that has nothing else is
 * refused, as it is a file to some readers and a field to others.
 */
function readDisposition(headers: PartHeaders): { name: string; filename: string | undefined } {
  const header = headers['content-disposition'];
  const disposition = typeof header === 'string' ? parseParameters(header) : undefined;
  const name = disposition?.parameters.get('name');
  if (disposition?.value !== 'form-data' || name === undefined) {
    return malformed('a part without Content-Disposition: form-data and a name');
  }
  const filename = disposition.parameters.get('filename');
  if (filename === undefined && disposition.parameters.has('filename*'))
    malformed('filename* and no filename');
  return { name, filename };
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The charset of forms is UTF-8 (RFC 7578 5.1.2). A BOM is part of a value like any other character. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return malformed('a field that is not UTF-8');
  }
}
