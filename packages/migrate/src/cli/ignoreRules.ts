import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders that never hold what somebody has written. */
const NEVER =
  /^(?:\.git|\.hg|\.svn|node_modules|bower_components|__pycache__|site-packages|\.tox|\.nox|\.(?:mypy|pytest|ruff)_cache|\.eggs|\.venv)$/;

/** What is left out of a walk: `.gitignore` of every folder on the way, and the globs of `--ignore`. */
export class IgnoreRules {
  readonly #globs: Ignore;
  readonly #base: string;
  readonly #byFolder: Map<string, Ignore | undefined> = new Map();
  readonly #top: string;

  /**
   * @param top the folder that is walked; the `.gitignore` of those around it count up to the one with `.git`.
   * @param base what `globs` are relative to.
   */
  constructor(top: string, base: string, globs: readonly string[]) {
    this.#globs = ignore().add([...globs]);
    this.#base = base;
    this.#top = repositoryOf(top) ?? top;
    // Who names an ignored folder wants it.
    if (this.#top !== top && this.isIgnored(top, true)) this.#top = top;
  }

  isIgnored(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf(sep) + 1);
    if (isFolder && (NEVER.test(name) || existsSync(join(path, 'pyvenv.cfg')))) return true;
    return this.isExcluded(path, isFolder) || this.#isGitIgnored(path, isFolder);
  }

  /** Whether `--ignore` leaves a path out. */
  isExcluded(path: string, isFolder: boolean): boolean {
    const inside = inFolder(this.#base, path, isFolder);
    return inside !== undefined && this.#globs.ignores(inside);
  }

  /** The folder nearest to a path decides, as in git. */
  #isGitIgnored(path: string, isFolder: boolean): boolean {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const rules = this.#rulesOf(folder);
      const inside = rules && inFolder(folder, path, isFolder);
      if (inside !== undefined && rules) {
        const { ignored, unignored } = rules.test(inside);
        if (ignored || unignored) return ignored;
      }
      if (folder === this.#top || folder === dirname(folder)) return false;
    }
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (!this.#byFolder.has(folder)) {
      const files = [join(folder, '.gitignore')];
      if (folder === this.#top) files.push(join(folder, '.git', 'info', 'exclude'));
      const texts = files.map(readIfThere).filter((text) => text !== '');
      this.#byFolder.set(folder, texts.length > 0 ? ignore().add(texts.join('\n')) : undefined);
    }
    return this.#byFolder.get(folder);
  }
}

/** A path as `.gitignore` has it: relative, with `/`, and one at the end of a folder. */
function inFolder(folder: string, path: string, isFolder: boolean): string | undefined {
  const inside = relative(folder, path).split(sep).join('/');
  if (inside === '' || inside.startsWith('../') || !ignore.isPathValid(inside)) return undefined;
  return isFolder ? `${inside}/` : inside;
}

function repositoryOf(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (current === dirname(current)) return undefined;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
