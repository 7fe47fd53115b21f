import { MicrodotError } from '@microdot/core';

/** The parts of Node's library that files need. */
export interface Disk {
  readonly fs: typeof import('node:fs/promises');
  readonly join: (...paths: string[]) => string;
  readonly tmpdir: () => string;
  readonly randomUUID: () => string;
}

/**
 * The file system, where there is one: Node, Deno, Bun. Loaded when a file is written for the first time, so that forms can be read
 * on hosts without one.
 *
 * @throws MicrodotError `NO_HOST` where there is none.
 */
export async function openDisk(what: string): Promise<Disk> {
  try {
    // Each awaited by itself within the `try`: so bundlers for other hosts leave it where it cannot be resolved.
    const fs = await import('node:fs/promises');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const { randomUUID } = await import('node:crypto');
    return { fs, join, tmpdir, randomUUID };
  } catch (cause) {
    throw new MicrodotError('NO_HOST', `${what}, and this host has no file system`, { cause });
  }
}
