import { readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { LoadedSource, Loader } from '../nunjucks.ts';

/**
 * Templates from directories: the first that has a file of the name. Names are relative and have slashes, whatever the system; one
 * that would lead out of the directory names nothing.
 */
export class DirectoryLoader implements Loader {
  readonly #directories: readonly string[];
  readonly #encoding: 'utf8' | 'utf16le' | 'latin1';

  constructor(directories: string | readonly string[], encoding: 'utf8' | 'utf16le' | 'latin1' = 'utf8') {
    this.#directories = typeof directories === 'string' ? [directories] : directories;
    this.#encoding = encoding;
  }

  getSource(name: string): (LoadedSource & { isCurrent(): boolean }) | null {
    const parts = safeParts(name);
    if (!parts) return null;
    for (const directory of this.#directories) {
      const path = join(directory, ...parts);
      const state = stateOf(path);
      if (state === undefined) continue;
      return { src: readFileSync(path, this.#encoding), path, isCurrent: () => stateOf(path) === state };
    }
    return null;
  }
}

/** The parts of a name, unless one of them leads elsewhere: `..`, a drive, a separator of the system's. */
function safeParts(name: string): string[] | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const isUnsafe = (part: string): boolean =>
    part === '..' || part.includes('\0') || part.includes('\\') || (sep === '\\' && part.includes(':'));
  return parts.length === 0 || parts.some(isUnsafe) ? undefined : parts;
}

/** What changes when a file does; nothing where there is none. */
function stateOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats?.isFile() ? `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}` : undefined;
}
