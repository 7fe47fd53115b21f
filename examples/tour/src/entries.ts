import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataFolder } from './config.ts';

/** What somebody wrote into the guestbook. */
export interface Entry extends Draft {
  readonly id: number;
  /** As ISO 8601 has it. */
  readonly writtenAt: string;
}

/** What somebody would like to write. */
export interface Draft {
  readonly name: string;
  readonly message: string;
}

/** What is the matter with it, by field. */
export type Problems = Partial<Record<keyof Draft, string>>;

export interface Checked {
  readonly draft: Draft;
  /** Missing where all is well. */
  readonly problems?: Problems;
}

/** Lengths in UTF-16 units, as `maxlength` counts them in a browser; beyond `entries` the oldest is forgotten. */
export const LIMITS = { name: 40, message: 500, entries: 200 };

/**
 * Cleans up what a form or a program has sent, and says what is the matter
 * with it.
 *
 * @param get what was sent for a field.
 */
export function check(get: (field: keyof Draft) => unknown): Checked {
  const draft = {
    name: clean(get('name')).replace(/\s+/g, ' '),
    message: clean(get('message')),
  };
  const name = problemOf(draft.name, LIMITS.name, 'What may we call you?');
  const message = problemOf(draft.message, LIMITS.message, 'A word or two?');
  if (!name && !message) return { draft };
  return { draft, problems: { ...(name && { name }), ...(message && { message }) } };
}

function problemOf(text: string, max: number, missing: string): string | undefined {
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) return missing;
  const excess = text.length - max;
  if (excess <= 0) return undefined;
  return `That is ${excess} ${excess === 1 ? 'character' : 'characters'} too long.`;
}

/** Without control characters, and without those that turn the direction of the text around them (Trojan Source). */
function clean(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The guestbook: a list in memory, and in a file that is always whole. One process may have it open. */
export class EntryStore {
  readonly #file: string;
  #entries: Promise<readonly Entry[]> | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** The newest first. */
  list(): Promise<readonly Entry[]> {
    this.#entries ??= readEntries(this.#file).catch((error) => {
      // Asked again next time. A file that cannot be read is never written over.
      this.#entries = undefined;
      throw error;
    });
    return this.#entries;
  }

  /** Writers wait for each other: what one adds is not lost to the next. */
  add(draft: Draft): Promise<Entry> {
    const writing = this.#lastWrite.then(async () => {
      const entries = await this.list();
      const id = (entries[0]?.id ?? 0) + 1;
      const entry = { id, ...draft, writtenAt: new Date().toISOString() };
      const changed = [entry, ...entries].slice(0, LIMITS.entries);
      await replaceFile(this.#file, JSON.stringify(changed, undefined, 2));
      this.#entries = Promise.resolve(changed);
      return entry;
    });
    this.#lastWrite = writing.catch(() => {});
    return writing;
  }
}

async function readEntries(file: string): Promise<readonly Entry[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

// #region replace
/** Who reads the file, even after a power cut, finds one text or the other. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
// #endregion

export const entries = new EntryStore(join(dataFolder, 'guestbook.json'));
