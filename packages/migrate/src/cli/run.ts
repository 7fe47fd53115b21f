import { askForCommand } from './ask.ts';
import { guideText } from './guide.ts';
import { HELP } from './help.ts';
import type { Io } from './io.ts';
import { jsonReport } from './jsonReport.ts';
import { readOptions, UsageError } from './options.ts';
import { exitCode } from './result.ts';
import { runPort } from './runPort.ts';
import { runStdin } from './runStdin.ts';
import { runTree } from './runTree.ts';
import { textReport } from './textReport.ts';
import { version } from './version.ts';

/** Runs the command; gives its exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    if (args[0] === 'guide' && args.length <= 2) {
      io.stdout(guideText(args[1]));
      return 0;
    }
    const options = readOptions(args);
    if (options === 'version') io.stdout(`${version()}\n`);
    else if (options === 'help' || (options === 'nothing' && !io.isInteractive)) io.stdout(HELP);
    else if (options === 'nothing') {
      const command = await askForCommand(io);
      if (command) return await run(command, io);
    } else {
      const result = options.stdin
        ? await runStdin(options, io)
        : options.target === 'ts'
          ? runPort(options, io)
          : await runTree(options, io);
      const code = exitCode(result, options.strict);
      const text = options.report === 'json' ? jsonReport(result, code) : textReport(result);
      // A patch, or a source, has standard output for itself.
      const isTaken = options.mode === 'diff' || (options.stdin && options.mode === 'write');
      if (isTaken) io.stderr(text);
      else io.stdout(text);
      return code;
    }
    return 0;
  } catch (error) {
    // Ctrl-C or Ctrl-D at a question: 128 and the number of SIGINT, as shells have it.
    if ((error as NodeJS.ErrnoException).code === 'ABORT_ERR') return 130;
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`microdot-migrate: ${error.message}\n`);
    return 2;
  }
}
