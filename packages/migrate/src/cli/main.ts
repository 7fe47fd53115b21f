#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import type { Io } from './io.ts';
import { Questions } from './questions.ts';
import { run } from './run.ts';
import { writeInterruptibly } from './writeInterruptibly.ts';

const { stdin, stdout, stderr } = process;

const questions = new Questions(stdin, stdout);

const io: Io = {
  cwd: realpathSync(process.cwd()),
  stdin,
  stdout: (data) => void stdout.write(data),
  stderr: (text) => void stderr.write(text),
  isInteractive: stdin.isTTY === true && stdout.isTTY === true,
  showsProgress: stderr.isTTY === true,
  writeFile: writeInterruptibly,
  ask: (question) => questions.ask(question),
};

// `microdot-migrate --help | head`
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), io);
questions.close();
