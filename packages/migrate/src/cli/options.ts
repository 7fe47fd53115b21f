import { type ParseArgsConfig, parseArgs } from 'node:util';
import { RULE_NAMES } from '../ruleNames.ts';
import type { RuleSelection, Target } from '../target.ts';

/** What is to be done with what was found out. */
export type Mode = 'write' | 'dry-run' | 'check' | 'diff';

/** What the command line says. */
export interface CliOptions {
  readonly target: Target;
  /** Files and folders; the folder that the command runs in by default. */
  readonly paths: readonly string[];
  readonly mode: Mode;
  readonly stdin: boolean;
  readonly rules: RuleSelection;
  /** Globs as in `.gitignore`. */
  readonly ignore: readonly string[];
  /** Where `ts` writes to. */
  readonly out: string | undefined;
  readonly report: 'text' | 'json';
  readonly strict: boolean;
  readonly force: boolean;
}

/** A command line that cannot be followed. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

const OPTIONS = {
  'dry-run': { type: 'boolean', short: 'n' },
  diff: { type: 'boolean' },
  check: { type: 'boolean' },
  stdin: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  disable: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  out: { type: 'string', short: 'o' },
  report: { type: 'string' },
  strict: { type: 'boolean' },
  force: { type: 'boolean', short: 'f' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

/**
 * Reads a command line. `help` and `version` come before everything else, and so does no command line at all.
 *
 * @throws UsageError
 */
export function readOptions(args: readonly string[]): CliOptions | 'help' | 'version' | 'nothing' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  if (args.length === 0) return 'nothing';
  const [target, ...paths] = positionals;
  if (target === 'help' && paths.length === 0) return 'help';
  if (target !== 'py2' && target !== 'ts' && target !== 'js') {
    throw new UsageError(
      target === undefined
        ? 'Say what to migrate to: py2, ts or js.'
        : `There is no migration called ${target}: py2, ts or js.`,
    );
  }
  const options: CliOptions = {
    target,
    paths: paths.length > 0 ? paths : ['.'],
    mode: modeOf(values),
    stdin: values.stdin ?? false,
    rules: {
      ...(values.rule && { only: names(values.rule, target) }),
      ...(values.disable && { disable: names(values.disable, target) }),
    },
    ignore: values.ignore ?? [],
    out: values.out,
    report: reportOf(values.report),
    strict: values.strict ?? false,
    force: values.force ?? false,
  };
  checkTogether(options, paths);
  return options;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

function parsed(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? 'The command line cannot be read.');
  }
}

function modeOf(values: Values): Mode {
  const modes = (['dry-run', 'check', 'diff'] as const).filter((mode) => values[mode]);
  // A patch is what --check finds, in full; and none of them writes.
  if (modes.includes('diff')) return 'diff';
  return modes.includes('check') ? 'check' : (modes[0] ?? 'write');
}

function reportOf(value: string | undefined): 'text' | 'json' {
  if (value !== undefined && value !== 'text' && value !== 'json') {
    throw new UsageError(`--report is text or json, and not ${value}.`);
  }
  return value ?? 'text';
}

/** `--rule a --rule b` or `--rule a,b`. */
function names(values: readonly string[], target: Target): string[] {
  const given = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  const known = RULE_NAMES[target];
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      known.length === 0
        ? `${target} has no rules to choose from.`
        : `${target} has no rule ${unknown}. Its rules are ${known.join(', ')}.`,
    );
  }
  return given;
}

function checkTogether({ target, out, stdin, mode, rules }: CliOptions, paths: readonly string[]): void {
  if (rules.disable?.includes('imports')) {
    throw new UsageError('What the other rules write needs its imports: choose rules with --rule instead.');
  }
  if (target !== 'ts' && out !== undefined) {
    throw new UsageError(`${target} changes files where they are: --out is for ts.`);
  }
  if (target === 'ts' && out === undefined && mode === 'write' && !stdin) {
    throw new UsageError('ts writes a new folder: say which with --out DIR.');
  }
  if (stdin && paths.length > 1) {
    throw new UsageError('--stdin is one source: give one path at most, which says what it is called.');
  }
}
