import { JinjaError } from '../errors.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';

/**
 * Templates from directories: the first that has a file of the name. Names are relative and have slashes, whatever the system; one
 * that would lead out of the directory names nothing.
 */
export class DirectoryLoader implements Loader {
  readonly #directories: readonly string[];
  readonly #encoding: 'utf8' | 'utf16le' | 'latin1';
  readonly #files: Files;

  /** @throws JinjaError `INVALID_OPTION` where there are no files */
  constructor(directories: string | readonly string[], encoding: 'utf8' | 'utf16le' | 'latin1' = 'utf8') {
    this.#directories = typeof directories === 'string' ? [directories] : directories;
    this.#encoding = encoding;
    this.#files = files();
  }

  getSource(name: string): (LoadedSource & { isCurrent(): boolean }) | null {
    const { fs, path } = this.#files;
    const parts = safeParts(name, path.sep);
    if (!parts) return null;
    for (const directory of this.#directories) {
      const file = path.join(directory, ...parts);
      const state = stateOf(fs, file);
      if (state === undefined) continue;
      const src = fs.readFileSync(file, this.#encoding);
      return { src, path: file, isCurrent: () => stateOf(fs, file) === state };
    }
    return null;
  }
}

interface Files {
  readonly fs: typeof import('node:fs');
  readonly path: typeof import('node:path');
}

/** Node's modules, asked for when they are needed: an import would keep the package from hosts that have none. */
function files(): Files {
  const { getBuiltinModule } = globalThis.process ?? {};
  const [fs, path] = [getBuiltinModule?.('node:fs'), getBuiltinModule?.('node:path')];
  if (fs && path) return { fs, path };
  throw new JinjaError('INVALID_OPTION', 'there are no files here: use the option templates, or precompiled');
}

/** The parts of a name, unless one of them leads elsewhere: `..`, a drive, a separator of the system's. */
function safeParts(name: string, sep: string): string[] | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const isUnsafe = (part: string): boolean =>
    part === '..' || part.includes('\0') || part.includes('\\') || (sep === '\\' && part.includes(':'));
  return parts.length === 0 || parts.some(isUnsafe) ? undefined : parts;
}

/** What changes when a file does; nothing where there is none. */
function stateOf({ statSync }: Files['fs'], path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats?.isFile() ? `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}` : undefined;
}
