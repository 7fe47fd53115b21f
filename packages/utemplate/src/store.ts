import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './errors.ts';

/** The text of a template, and what tells whether it is still that. */
export interface Stored {
  readonly text: string;
  /** Undefined of a template in memory. */
  readonly path?: string;
  readonly version?: string;
}

/** Where the texts of templates are: in memory, and in directories. */
export class TemplateStore {
  readonly #directories: readonly string[];
  readonly #templates: ReadonlyMap<string, string>;

  constructor(directories: readonly string[], templates: ReadonlyMap<string, string>) {
    this.#directories = directories;
    this.#templates = templates;
  }

  /** @throws TemplateError `TEMPLATE_NOT_FOUND` */
  read(name: string): Stored {
    const text = this.#templates.get(name);
    if (text !== undefined) return { text };
    for (const directory of this.#directories) {
      const path = join(directory, name);
      const version = versionOf(path);
      if (version !== undefined)
        return { text: readFileSync(path, 'utf8').replace(/^\ufeff/, ''), path, version };
    }
    const where = this.#directories.join(', ');
    throw new TemplateError('TEMPLATE_NOT_FOUND', `there is no template ${JSON.stringify(name)} in ${where}`);
  }

  /** Whether reading it again would give something else. */
  isChanged({ path, version }: Stored): boolean {
    return path !== undefined && versionOf(path) !== version;
  }
}

/** What changes with a file; `undefined` where there is none. */
function versionOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
}
