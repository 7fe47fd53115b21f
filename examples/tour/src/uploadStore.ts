import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from './config.ts';
import { JsonFile } from './jsonFile.ts';

/** A file that somebody has sent. */
export interface Upload {
  /** What the file is called here: nobody has chosen it. */
  readonly id: string;
  /** What it was called there. */
  readonly name: string;
  readonly size: number;
  readonly sentAt: string;
}

const MB = 1024 * 1024;

/** In bytes and milliseconds; `age` is how long a file stays. */
export const UPLOAD_LIMITS = {
  form: 65 * MB,
  file: 64 * MB,
  filesAtOnce: 5,
  formsAtOnce: 4,
  files: 20,
  bytes: 256 * MB,
  age: 60 * 60_000,
};

/** The files in a folder, and a list of what they are called. */
export class UploadStore {
  readonly folder: string;
  readonly #list: JsonFile<readonly Upload[]>;

  constructor(folder: string, list: string) {
    this.folder = folder;
    this.#list = new JsonFile<readonly Upload[]>(list, []);
  }

  /** The newest first. What is too old is not there any more. */
  async list(): Promise<readonly Upload[]> {
    await this.clean();
    return this.#list.read();
  }

  /** Makes the folder, where it is not there yet. */
  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** Adds files that were saved in the folder. */
  async add(saved: readonly Pick<Upload, 'id' | 'name'>[]): Promise<void> {
    const sentAt = new Date().toISOString();
    const added = await Promise.all(
      saved.map(async ({ id, name }) => {
        const { size } = await stat(join(this.folder, id));
        return { id, name: [...name].slice(0, 100).join(''), size, sentAt };
      }),
    );
    await this.#list.change((uploads) => [[...added, ...uploads], undefined]);
    await this.clean();
  }

  async remove(ids: Iterable<string>): Promise<void> {
    await Promise.all([...ids].map((id) => rm(join(this.folder, id), { force: true })));
  }

  // #region clean
  /** Deletes what is too old, and, where there is too much, the oldest. */
  async clean(): Promise<void> {
    const oldest = Date.now() - UPLOAD_LIMITS.age;
    const gone = await this.#list.change<readonly Upload[]>((uploads) => {
      let bytes = 0;
      const kept = uploads.filter(({ size, sentAt }, i) => {
        bytes += size;
        return i < UPLOAD_LIMITS.files && bytes <= UPLOAD_LIMITS.bytes && Date.parse(sentAt) > oldest;
      });
      if (kept.length === uploads.length) return [uploads, []];
      return [kept, uploads.filter((upload) => !kept.includes(upload))];
    });
    await this.remove(gone.map(({ id }) => id));
    await this.#cleanStrays(oldest);
  }

  /** What nobody knows of: the server was ended in the middle of an upload. */
  async #cleanStrays(oldest: number): Promise<void> {
    const known = new Set((await this.#list.read()).map(({ id }) => id));
    for (const id of await readdir(this.folder).catch(() => [])) {
      if (known.has(id)) continue;
      const file = await stat(join(this.folder, id)).catch(() => undefined);
      if (file && file.mtimeMs < oldest) await this.remove([id]);
    }
  }
  // #endregion
}

export const uploadStore = new UploadStore(join(dataFolder, 'uploads'), join(dataFolder, 'uploads.json'));
