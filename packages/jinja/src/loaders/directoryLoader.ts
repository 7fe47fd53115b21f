import { checkDirectory } from '../checkOptions.ts';
import { JinjaError } from '../errors.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';
import { type Encoding, isEncoding, readText } from './readText.ts';

/** For how long after a file was written it may be written again without another time: file systems count in up to 2 s. */
const GRAIN = 2000;

/**
 * Templates from directories: the first that has a file of the name. Names are relative and have slashes, whatever the system; one
 * that would lead out of the directory names nothing.
 */
export class DirectoryLoader implements Loader {
  readonly #directories: readonly string[];
  readonly #encoding: Encoding;
  readonly #files: Files;

  /** @throws JinjaError `INVALID_OPTION` for what is no directory or encoding, and where there are no files */
  constructor(directories: string | readonly string[], encoding: Encoding = 'utf8') {
    checkDirectory(directories);
    if (!isEncoding(encoding)) {
      throw new JinjaError(
        'INVALID_OPTION',
        `encoding is one of utf8, utf16le and latin1, not ${String(encoding)}`,
      );
    }
    this.#directories = typeof directories === 'string' ? [directories] : [...directories];
    this.#encoding = encoding;
    this.#files = files();
  }

  /** Whether there is a template of the name: then it comes before one of another loader. */
  '~has'(name: string): boolean {
    return this.#places(name).some((file) => stateOf(this.#files.fs, file) !== undefined);
  }

  /** Where a template may be. */
  #places(name: string): string[] {
    const { path } = this.#files;
    const parts = safeParts(name, path.sep);
    return parts ? this.#directories.map((directory) => path.join(directory, ...parts)) : [];
  }

  /** @throws JinjaError `INVALID_OPTION` for a file of another encoding */
  getSource(name: string): (LoadedSource & { isCurrent(): boolean }) | null {
    const { fs } = this.#files;
    const places = this.#places(name);
    for (const [i, file] of places.entries()) {
      const state = stateOf(fs, file);
      if (state === undefined) continue;
      const src = readText(fs.readFileSync, file, name, this.#encoding);
      if (src === undefined) continue;
      const before = places.slice(0, i);
      const isHidden = (): boolean => before.some((other) => stateOf(fs, other) !== undefined);
      let isSettled = state.age > GRAIN;
      const isSame = (): boolean => {
        const now = stateOf(fs, file);
        if (now?.key !== state.key) return false;
        if (isSettled) return true;
        isSettled = now.age > GRAIN;
        return readText(fs.readFileSync, file, name, this.#encoding) === src;
      };
      return { src, path: file, isCurrent: () => isSame() && !isHidden() };
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

/** What a system says of a name that no file can have, beside that there is none. */
const NO_FILE = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EINVAL'];

/** What changes when a file does, and how long ago that was, in milliseconds; nothing where there is none. */
function stateOf({ statSync }: Files['fs'], path: string): { key: string; age: number } | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
    if (!stats?.isFile()) return undefined;
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    const changed = Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs));
    return { key: `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`, age: Date.now() - changed };
  } catch (error) {
    if (NO_FILE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
