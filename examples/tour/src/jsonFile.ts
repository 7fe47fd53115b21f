import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A value in memory, and as JSON in a file that is always whole. One process may have it open. */
export class JsonFile<T> {
  readonly #path: string;
  readonly #initial: T;
  #value: Promise<T> | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();

  /** @param initial what it is before there is a file. */
  constructor(path: string, initial: T) {
    this.#path = path;
    this.#initial = initial;
  }

  read(): Promise<T> {
    this.#value ??= readJson(this.#path, this.#initial).catch((error) => {
      // Asked again next time. A file that cannot be read is never written over.
      this.#value = undefined;
      throw error;
    });
    return this.#value;
  }

  /**
   * Puts another value in the place of this one. Writers wait for each other: what one adds is not lost to the next.
   *
   * @param change makes of the value the next one, and what is returned; it must not change what it is given.
   */
  change<R>(change: (value: T) => readonly [next: T, result: R]): Promise<R> {
    const writing = this.#lastWrite.then(async () => {
      const value = await this.read();
      const [next, result] = change(value);
      if (next === value) return result;
      await replaceFile(this.#path, JSON.stringify(next, undefined, 2));
      this.#value = Promise.resolve(next);
      return result;
    });
    this.#lastWrite = writing.catch(() => {});
    return writing;
  }
}

async function readJson<T>(path: string, initial: T): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return initial;
    throw error;
  }
}

// #region replace
/** Who reads the file, even after a power cut, finds one text or the other. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  // For this user of the machine alone: there are hashes of passwords among them.
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
}
// #endregion
