import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** `pnpm` and what it installs are batch files on Windows, and need a shell there. */
export const shell = process.platform === 'win32';

/** @param {string} message */
export function say(message) {
  console.log(`microdot: ${message}`);
}

/**
 * Runs a command in this terminal, and ends this process with its exit code if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function run(command, args, options) {
  const code = await exitCode(command, args, options);
  if (code !== 0) process.exit(code);
}

/**
 * Runs a command in this terminal; resolves to its exit code.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function exitCode(command, args, options) {
  return new Promise((resolve, reject) => {
    spawn(command, args, { cwd: root, shell, stdio: 'inherit', ...options })
      .on('error', reject)
      // Ended by a signal, it is Ctrl-C nearly always: 128 + 2, as a shell has it.
      .on('close', (code) => resolve(code ?? 130));
  });
}
