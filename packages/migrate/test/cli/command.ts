import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach } from '@jest/globals';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';
import { writeAtomically } from '../../src/cli/writeAtomically.ts';

/** What a run of the command left: its exit code, and what it said. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with files, which the command runs in, and which is gone after the test. */
export class Workspace {
  readonly folder: string;

  constructor(files: Record<string, string | Uint8Array>, folder?: string) {
    this.folder = folder ?? realpathSync(mkdtempSync(join(tmpdir(), 'migrate-')));
    folders.push(this.folder);
    for (const [name, data] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), data);
    }
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  mode(name: string, mode: number): void {
    chmodSync(this.path(name), mode);
  }

  /** Runs `microdot-migrate` as a program without a terminal does, unless `io` says otherwise. */
  async run(args: string[], io: Partial<Io> & { input?: string | Uint8Array } = {}): Promise<Outcome> {
    const { input = '', ...rest } = io;
    const stdout: Uint8Array[] = [];
    const stderr: string[] = [];
    const code = await run(args, {
      cwd: this.folder,
      stdin: Readable.from([Buffer.from(input)]),
      stdout: (data) => void stdout.push(Buffer.from(data)),
      stderr: (text) => void stderr.push(text),
      isInteractive: false,
      showsProgress: false,
      writeFile: writeAtomically,
      ask: () => Promise.reject(new Error('Nobody is there to ask.')),
      ...rest,
    });
    return { code, stdout: Buffer.concat(stdout).toString(), stderr: stderr.join('') };
  }
}
