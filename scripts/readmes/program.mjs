import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/** Who takes longer to start, or to stop, hangs. In milliseconds. */
const PATIENCE = 20_000;

/**
 * Runs a program in its own folder, on a port of ours. What it reads from the environment are keys: each is 32 random bytes.
 *
 * @param {string} file
 * @param {string} code where it says what it reads
 */
export function startProgram(file, code) {
  const keys = [...code.matchAll(/\bprocess\.env\.(\w+)/g)].map(([, name]) => [
    name,
    randomBytes(32).toString('base64url'),
  ]);
  const child = spawn(process.execPath, ['--import', new URL('anyPort.mjs', import.meta.url).href, file], {
    cwd: dirname(file),
    env: { ...process.env, ...Object.fromEntries(keys) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  /** @type {Promise<number | string | null>} */
  const end = new Promise((resolve) => {
    child
      .on('close', (code, signal) => resolve(code ?? signal))
      .on('error', (error) => resolve(error.message));
  });

  /** @type {Promise<string>} */
  const address = new Promise((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text) => {
        printed += text;
        const port = /Listening on https?:\/\/\S+:(\d+)/.exec(printed)?.[1];
        if (port) resolve(`http://127.0.0.1:${port}`);
      });
    }
    end.then((code) => reject(new Error(`it ends with ${code} and has not listened`)));
  });
  // Not every program is asked where it listens.
  address.catch(() => undefined);

  return {
    printed: () => printed,
    /** Resolves to the URL of the server that it starts. */
    listening: () => inTime(address, 'it does not listen'),
    /** Resolves when it has ended well. */
    async ended() {
      const code = await inTime(end, 'it does not end');
      if (code !== 0) throw new Error(`it ends with ${code}`);
    },
    interrupt: () => child.kill('SIGINT'),
    kill: () => child.kill('SIGKILL'),
  };
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} otherwise
 * @returns {Promise<T>}
 */
async function inTime(promise, otherwise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
