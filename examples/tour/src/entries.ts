import { once, setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { dataFolder } from './config.ts';
import { JsonFile } from './jsonFile.ts';

/** What somebody wrote into the guestbook. */
export interface Entry extends Draft {
  readonly id: number;
  /** The number of the account that has signed; what others call themselves, nobody has checked. */
  readonly member?: number;
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
export function clean(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The guestbook. */
export class EntryStore {
  readonly #file: JsonFile<readonly Entry[]>;
  readonly #added = new EventTarget();

  constructor(file: string) {
    this.#file = new JsonFile<readonly Entry[]>(file, []);
    // Every reader of `after` waits for it.
    setMaxListeners(0, this.#added);
  }

  /** The newest first. */
  list(): Promise<readonly Entry[]> {
    return this.#file.read();
  }

  /** @param member the number of the account that signs, if one does. */
  async add(draft: Draft, member?: number): Promise<Entry> {
    const entry = await this.#file.change((entries) => {
      const id = (entries[0]?.id ?? 0) + 1;
      const added: Entry = { id, ...draft, ...(member && { member }), writtenAt: new Date().toISOString() };
      return [[added, ...entries].slice(0, LIMITS.entries), added];
    });
    this.#added.dispatchEvent(new Event('add'));
    return entry;
  }

  // #region after
  /** The entries that were written after one, the oldest first, and then every new one, until the signal aborts. */
  async *after(id: number, signal: AbortSignal): AsyncGenerator<Entry, void, undefined> {
    let last = id;
    while (!signal.aborted) {
      const entries = await this.list();
      const newer = entries.filter((entry) => entry.id > last).reverse();
      for (const entry of newer) {
        yield entry;
        last = entry.id;
      }
      // Nothing can be added between the look at the list and this.
      if (newer.length === 0) await once(this.#added, 'add', { signal });
    }
  }
  // #endregion
}

export const entries = new EntryStore(join(dataFolder, 'guestbook.json'));
