#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Io } from './io.ts';
import { run } from './run.ts';
import { writeAtomically } from './writeAtomically.ts';

const { stdin, stdout, stderr } = process;

const io: Io = {
  cwd: realpathSync(process.cwd()),
  stdin,
  stdout: (data) => void stdout.write(data),
  stderr: (text) => void stderr.write(text),
  isInteractive: stdin.isTTY === true && stdout.isTTY === true,
  showsProgress: stderr.isTTY === true,
  writeFile: writeAtomically,
  ask: async (question) => {
    const lines = createInterface({ input: stdin, output: stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
};

// `microdot-migrate --help | head`
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), io);
