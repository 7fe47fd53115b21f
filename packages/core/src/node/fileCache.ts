import { statSync } from 'node:fs';
import { type FileVersion, isSameVersion } from './fileVersion.ts';
import type { SmallFile } from './smallFile.ts';

interface Entry {
  readonly path: string;
  readonly file: SmallFile;
}

/**
 * The contents of small files, those that were asked for last. Bounded in number and in bytes.
 *
 * Whether a file is still what it was is asked of the file system every time, without leaving the thread: a `stat`
 * takes two microseconds, as what is asked for all the time is in the kernel's memory; reading the file in the background
 * takes fifty, and promises. Device and inode are among what is compared, so a name that leads elsewhere by now, to
 * the outside for instance, is looked for anew.
 */
export class FileCache {
  readonly #entries: Map<string, Entry> = new Map();
  readonly #maxFiles: number;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxFiles: number, maxBytes: number) {
    this.#maxFiles = maxFiles;
    this.#maxBytes = maxBytes;
  }

  /** A file, if it has not changed since. */
  get(key: string): SmallFile | undefined {
    const entry = this.#remove(key);
    if (!entry || !isCurrent(entry.path, entry.file.version)) return undefined;
    // A Map keeps the order of insertion: what was used last comes last.
    this.#add(key, entry);
    return entry.file;
  }

  /** @param path where to see whether the file has changed: by the name that it is asked for, links included. */
  set(key: string, path: string, file: SmallFile): void {
    this.#remove(key);
    this.#add(key, { path, file });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxFiles && this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
    }
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.file.bytes.length;
  }

  #remove(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#bytes -= entry.file.bytes.length;
    }
    return entry;
  }
}

const QUIET = { throwIfNoEntry: false } as const;

function isCurrent(path: string, version: FileVersion): boolean {
  try {
    const stats = statSync(path, QUIET);
    return stats !== undefined && isSameVersion(stats, version);
  } catch {
    // A loop of links, a directory that is closed now: looking for it anew says what of it.
    return false;
  }
}
