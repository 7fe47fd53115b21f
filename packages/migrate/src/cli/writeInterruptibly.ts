import { constants } from 'node:os';
import process from 'node:process';
import { writeAtomically } from './writeAtomically.ts';

let listens = false;

/**
 * Writes one file as a whole or not at all, and lets Ctrl-C end the program after it: in the midst of it, that would leave the
 * file that was to take its place.
 */
export async function writeInterruptibly(file: string, data: Uint8Array): Promise<void> {
  if (!listens) {
    listens = true;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave(signal));
  }
  writeAtomically(file, data);
  // Signals are heard when the loop turns.
  await new Promise((resolve) => setImmediate(resolve));
}

function leave(signal: 'SIGINT' | 'SIGTERM'): void {
  process.stderr.write(
    'microdot-migrate: Interrupted. Each file is as it was or as it is to be: run the command again for the rest.\n',
  );
  process.exit(128 + constants.signals[signal]);
}
