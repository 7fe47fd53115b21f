import { readFileSync } from 'node:fs';
import type { Project } from '../project.ts';
import { type Decoded, decode } from './encoding.ts';
import type { Found, FoundFile } from './findFiles.ts';

/** A file that something went wrong with. */
export interface Failure {
  readonly file: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Files that were read, by their names in the project. */
export interface LoadedProject {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, FoundFile & Decoded>;
  /** Files that are no text, which a port takes along as they are. */
  readonly others: ReadonlyMap<string, Uint8Array>;
  readonly failures: Failure[];
}

/** Reads what was found. What cannot be read, or is no text, is a failure, unless the port only copies it. */
export function loadProject({ files, unreadable }: Found, copiesOthers: boolean): LoadedProject {
  const sources = new Map<string, FoundFile & Decoded>();
  const others = new Map<string, Uint8Array>();
  const failures: Failure[] = unreadable.map(({ shown, reason }) => ({ file: shown, message: reason }));
  for (const file of files) {
    let bytes: Uint8Array | undefined;
    try {
      bytes = readFileSync(file.path);
      sources.set(file.name, { ...file, ...decode(bytes, file.name) });
    } catch (error) {
      if (bytes && copiesOthers && !file.name.endsWith('.py')) others.set(file.name, bytes);
      else failures.push({ file: file.shown, message: (error as Error).message });
    }
  }
  const texts = new Map([...sources].map(([name, { text }]) => [name, text]));
  return { project: { files: texts }, sources, others, failures };
}
