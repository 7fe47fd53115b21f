#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Io } from './io.ts';
import { run } from './run.ts';
import { writeAtomically } from './writeAtomically.ts';

const { stdin, stdout, stderr } = process;

let lines: Interface | undefined;

const io: Io = {
  cwd: realpathSync(process.cwd()),
  stdin,
  stdout: (data) => void stdout.write(data),
  stderr: (text) => void stderr.write(text),
  isInteractive: stdin.isTTY === true && stdout.isTTY === true,
  showsProgress: stderr.isTTY === true,
  writeFile: writeAtomically,
  ask: (question) => {
    // One for all questions: a second one would not get what the first has read.
    lines ??= createInterface({ input: stdin, output: stdout });
    return lines.question(question);
  },
};

// `microdot-migrate --help | head`
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), io);
lines?.close();
